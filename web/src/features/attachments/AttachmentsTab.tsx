// The files of a record: what there is, adding, taking, taking away.

import { Empty, Skeleton, Upload } from "antd";
import { useTranslation } from "react-i18next";
import { asProblem } from "@/api/problem";
import { UploadIcon } from "@/shared/icons";
import { ProblemPage } from "@/shared/ProblemView";
import { sizeOf } from "./check";
import { Files } from "./Files";
import { UploadList } from "./UploadList";
import { useAttachments } from "./useAttachments";
import { useUploads } from "./useUploads";
import "./attachments.css";

export function AttachmentsTab({ object, id }: { object: string; id: string }) {
  const { t } = useTranslation("attachments");
  const { query, path, queryKey } = useAttachments(object, id);
  const { uploads, add, cancel, retry } = useUploads(path, queryKey, query.data);
  if (query.isPending) return <Skeleton active paragraph={{ rows: 4 }} />;
  if (query.isError) return <ProblemPage problem={asProblem(query.error)} onRetry={() => void query.refetch()} />;
  const list = query.data;
  return (
    <div className="files">
      <p className="muted">{t("note")}</p>
      {list.may_add && (
        <div className="no-print">
          <Upload.Dragger
            multiple
            showUploadList={false}
            beforeUpload={(file, all) => {
              // Called once for each of those dropped together: all are taken with the first.
              if (file === all[0]) add(all);
              return false;
            }}
          >
            <p>
              <UploadIcon /> {t("drop")}
            </p>
            <p className="muted">{t("limits", { size: sizeOf(list.most_bytes), count: list.most_files })}</p>
          </Upload.Dragger>
        </div>
      )}
      <UploadList uploads={uploads} onCancel={cancel} onRetry={retry} />
      {list.items.length === 0 ? (
        <Empty
          image={Empty.PRESENTED_IMAGE_SIMPLE}
          description={
            list.may_add ? (
              <>
                {t("none")}
                <br />
                {t("noneHelp")}
              </>
            ) : (
              t("noneReadOnly")
            )
          }
        />
      ) : (
        <Files items={list.items} path={path} object={object} record={id} queryKey={queryKey} />
      )}
    </div>
  );
}
