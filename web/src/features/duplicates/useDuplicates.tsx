// Whether there may be such a record already, asked when a field that tells records apart is left. Each question is recorded and
// counted, so the same values are asked for once.

import { Alert, Button } from "antd";
import { type ReactNode, useCallback, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import type { ProblemError } from "@/api/problem";
import type { ObjectForm } from "@/api/types";
import { useLabel } from "@/i18n";
import type { Values } from "@/shared/RecordForm";
import { asked, compared } from "./compared";
import { type Found, FoundList } from "./FoundList";

const WAIT_MS = 400;

/** `of`: a record that is there and changed; it is no duplicate of itself. */
export function useDuplicates(object: ObjectForm, of?: string) {
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
        data(
          api.POST("/api/v1/records/{object}/duplicates", { params, body: { fields: now, record: of ?? null } }),
        ).then(
          (answer) => last.current === text && setFound(answer.items),
          () => setFound([]),
        );
      }, WAIT_MS);
    },
    [object, of],
  );

  const hint: ReactNode = found.length > 0 && (
    <Alert
      type="warning"
      showIcon
      role="status"
      style={{ marginBottom: 16 }}
      title={t("title", { object: label(object.label) })}
      description={
        <>
          <FoundList object={object} found={found} />
          <div className="muted">{t(of ? "editText" : "text")}</div>
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
        {t(of ? "saveAnyway" : "anyway")}
      </Button>
    );
  /** What goes with the new record: nothing where no field tells records apart. */
  const decision = () => (fields.length > 0 ? { allow_duplicate: allowed.current } : {});
  return { look, hint, anyway, decision };
}
