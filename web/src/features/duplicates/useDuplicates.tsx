// Whether there may be such a record already, asked when a field that tells records apart is left. Each question is recorded and
// counted, so the same values are asked for once.

import { Alert, Button } from "antd";
import { type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import type { ProblemError } from "@/api/problem";
import type { components } from "@/api/schema";
import type { ObjectForm } from "@/api/types";
import { useLabel } from "@/i18n";
import { RecordLink } from "@/shared/fields/FieldText";
import type { Values } from "@/shared/RecordForm";
import { asked, compared } from "./compared";

type Found = components["schemas"]["DuplicateView"];
const WAIT_MS = 400;

export function useDuplicates(object: ObjectForm) {
  const { t } = useTranslation("duplicates");
  const label = useLabel();
  const fields = compared(object);
  const [found, setFound] = useState<Found[]>([]);
  const last = useRef("{}");
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const allowed = useRef(false);
  useEffect(() => () => clearTimeout(timer.current), []);

  const look = useCallback(
    (values: Values) => {
      const now = asked(object, values);
      const text = JSON.stringify(now);
      if (text === last.current) return;
      last.current = text;
      allowed.current = false;
      clearTimeout(timer.current);
      if (text === "{}") {
        setFound([]);
        return;
      }
      timer.current = setTimeout(() => {
        const params = { path: { object: object.name } };
        // A hint: where it cannot be given, the record can still be made, and the server looks once more then.
        data(api.POST("/api/v1/records/{object}/duplicates", { params, body: { fields: now } })).then(
          (answer) => last.current === text && setFound(answer.items),
          () => setFound([]),
        );
      }, WAIT_MS);
    },
    [object],
  );

  const name = (field: string) => {
    const def = object.fields.find((f) => f.name === field);
    return def ? label(def.label) : field;
  };
  const hint: ReactNode = found.length > 0 && (
    <Alert
      type="warning"
      showIcon
      role="status"
      style={{ marginBottom: 16 }}
      title={t("title", { object: label(object.label) })}
      description={
        <>
          <ul style={{ margin: 0, paddingInlineStart: 20 }}>
            {found.map((d) => (
              <li key={`${d.field} ${d.id ?? d.whose}`}>
                {t("same", { field: name(d.field) })}{" "}
                {d.id ? <RecordLink object={object.name} id={d.id} /> : t(d.whose as "pool" | "other" | "exists")}
              </li>
            ))}
          </ul>
          <div className="muted">{t("text")}</div>
        </>
      }
    />
  );
  const anyway = (problem: ProblemError, again: () => void): ReactNode =>
    (problem.code === "possible_duplicate" || problem.code === "rate_limited") && (
      <Button
        size="small"
        onClick={() => {
          allowed.current = true;
          again();
        }}
      >
        {t("anyway")}
      </Button>
    );
  /** What goes with the new record: nothing where no field tells records apart. */
  const decision = () => (fields.length > 0 ? { allow_duplicate: allowed.current } : {});
  return { look, hint, anyway, decision };
}
