// What a record holds that is to be approved, as far as whoever decides may see it: a view of the record, recorded as one.

import { useQuery } from "@tanstack/react-query";
import { Button, Skeleton } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api, data } from "@/api/client";
import { asProblem } from "@/api/problem";
import type { FieldValue, RecordView } from "@/api/types";
import { useMe } from "@/app/session";
import { useLabel } from "@/i18n";
import { FieldText } from "@/shared/fields/FieldText";
import { ProblemAlert } from "@/shared/ProblemView";
import { guards } from "./approval";

/** `open`: shown at once, where it is decided; else when it is asked for. */
export function AskedRecord({ object: name, id, open = false }: { object: string; id: string; open?: boolean }) {
  const { t } = useTranslation("requests");
  const label = useLabel();
  const { workspace } = useMe();
  const [shown, setShown] = useState(open);
  const object = workspace.objects.find((o) => o.name === name);
  const query = useQuery({
    queryKey: ["record", name, id],
    enabled: shown && object !== undefined,
    queryFn: () => data(api.GET("/api/v1/records/{object}/{id}", { params: { path: { object: name, id } } })),
  });
  if (object === undefined) return null;
  if (!shown) {
    return (
      <Button size="small" onClick={() => setShown(true)}>
        {t("approval.look")}
      </Button>
    );
  }
  if (query.isPending) return <Skeleton active title={false} paragraph={{ rows: 2 }} />;
  if (query.isError) return <ProblemAlert problem={asProblem(query.error)} onRetry={() => void query.refetch()} />;
  const record = query.data as RecordView;
  const fields = object.fields.filter((f) => guards(object, f.name) && f.name in record.fields);
  return (
    <dl className="asked-record">
      {fields.map((field) => (
        <div key={field.name}>
          <dt>{label(field.label)}</dt>
          <dd>
            <FieldText
              field={field}
              value={record.fields[field.name] as FieldValue}
              masked={record.masked.includes(field.name)}
            />
          </dd>
        </div>
      ))}
    </dl>
  );
}
