// Files chosen for a field of a record that is not there yet: they are sent once it is.

import { Alert, Button, Upload } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { FieldForm } from "@/api/types";
import { DeleteIcon, UploadIcon } from "@/shared/icons";
import { acceptOf, sizeOf } from "./check";
import "./attachments.css";

type Props = {
  field: Pick<FieldForm, "name" | "type">;
  label: string;
  files: readonly File[];
  onChange: (files: File[]) => void;
};

export function FilePick({ field, label, files, onChange }: Props) {
  const { t } = useTranslation("attachments");
  const [left, setLeft] = useState(0);
  const most = field.type.max ?? 1;
  return (
    <div className="files">
      <ul className="file-list file-compact" aria-label={label}>
        {files.map((file, at) => (
          <li key={`${file.name}/${file.size}/${file.lastModified}`}>
            <span className="file-about">
              {file.name} <span className="muted">{sizeOf(file.size)}</span>
            </span>
            <Button
              size="small"
              type="text"
              icon={<DeleteIcon />}
              aria-label={`${t("remove")} ${file.name}`}
              onClick={() => onChange(files.filter((_, n) => n !== at))}
            />
          </li>
        ))}
      </ul>
      {left > 0 && <Alert type="warning" showIcon title={t("field.most", { count: most })} />}
      {files.length < most && (
        <Upload
          multiple={most > 1}
          showUploadList={false}
          {...acceptOf(field.type.types ?? [])}
          beforeUpload={(file, all) => {
            if (file !== all[0]) return false;
            const together = [...files, ...all];
            setLeft(Math.max(0, together.length - most));
            onChange(together.slice(0, most));
            return false;
          }}
        >
          <Button size="small" icon={<UploadIcon />}>
            {t("field.choose")}
          </Button>
        </Upload>
      )}
      <span className="muted">{t("field.later")}</span>
    </div>
  );
}
