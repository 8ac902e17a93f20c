// The files of one field of a record: shown with name and size, added and taken away where the field may be changed.

import { Button, Skeleton, Upload } from "antd";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";
import { asProblem } from "@/api/problem";
import type { FieldForm } from "@/api/types";
import { UploadIcon } from "@/shared/icons";
import { ProblemAlert } from "@/shared/ProblemView";
import { carried } from "./carried";
import { acceptOf } from "./check";
import { Files } from "./Files";
import { UploadList } from "./UploadList";
import { useAttachments } from "./useAttachments";
import { useUploads } from "./useUploads";
import "./attachments.css";

type Props = { object: string; id: string; field: Pick<FieldForm, "name" | "type"> };

export function FieldFiles({ object, id, field }: Props) {
  const { t } = useTranslation("attachments");
  const { query, path, queryKey } = useAttachments(object, id);
  const own = query.data?.fields.find((f) => f.name === field.name);
  const items = query.data?.items.filter((f) => f.field === field.name) ?? [];
  const limits = { most: field.type.max ?? 1, types: field.type.types ?? [], have: items.length };
  const { uploads, add, cancel, retry } = useUploads(`${path}?field=${field.name}`, queryKey, query.data, limits);
  // What was chosen in the form that made this record is sent now that it is there.
  const begun = useRef(false);
  useEffect(() => {
    if (query.data === undefined || begun.current) return;
    begun.current = true;
    const files = carried(object, id, field.name);
    if (files.length > 0) add(files);
  });
  if (query.isPending) return <Skeleton active paragraph={{ rows: 1 }} title={false} />;
  if (query.isError) return <ProblemAlert problem={asProblem(query.error)} />;
  return (
    <div className="files">
      {items.length === 0 && uploads.length === 0 && <span className="muted">—</span>}
      <Files items={items} path={path} object={object} record={id} queryKey={queryKey} compact />
      <UploadList uploads={uploads} onCancel={cancel} onRetry={retry} />
      {own?.addable && items.length < limits.most && (
        <Upload
          multiple={limits.most > 1}
          showUploadList={false}
          {...acceptOf(limits.types)}
          beforeUpload={(file, all) => {
            if (file === all[0]) add(all);
            return false;
          }}
        >
          <Button size="small" className="no-print" icon={<UploadIcon />}>
            {t("field.add")}
          </Button>
        </Upload>
      )}
    </div>
  );
}
