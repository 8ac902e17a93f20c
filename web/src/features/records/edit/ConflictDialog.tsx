import { Modal, Radio } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { asProblem, type ProblemError } from "@/api/problem";
import type { FieldValue, ObjectForm, RecordView } from "@/api/types";
import { useLabel } from "@/i18n";
import { FieldText } from "@/shared/fields/FieldText";
import { ProblemAlert } from "@/shared/ProblemView";
import { changed, type Values } from "@/shared/RecordForm";

type Props = {
  object: ObjectForm;
  before: Values;
  theirs: RecordView;
  mine: Values;
  onResolve: (chosen: Values) => Promise<void>;
  onCancel: () => void;
};

export function ConflictDialog({ object, before, theirs, mine, onResolve, onCancel }: Props) {
  const { t } = useTranslation("records");
  const label = useLabel();
  const [theirsFor, setTheirsFor] = useState<ReadonlySet<string>>(new Set());
  const [problem, setProblem] = useState<ProblemError>();
  const [busy, setBusy] = useState(false);
  const both = new Set(Object.keys(changed(before, theirs.fields as Values)));
  const fields = object.fields.filter((f) => f.name in mine);

  const resolve = async () => {
    setBusy(true);
    setProblem(undefined);
    try {
      await onResolve(Object.fromEntries(Object.entries(mine).filter(([name]) => !theirsFor.has(name))));
    } catch (error) {
      setProblem(asProblem(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      open
      title={t("conflict.title")}
      onCancel={onCancel}
      onOk={() => void resolve()}
      okText={t("conflict.apply")}
      confirmLoading={busy}
      width={680}
    >
      <p>{t("conflict.text")}</p>
      {problem && <ProblemAlert problem={problem} style={{ marginBottom: 16 }} />}
      <table className="conflict">
        <thead>
          <tr>
            <th scope="col">{t("conflict.field")}</th>
            <th scope="col">{t("conflict.theirs")}</th>
            <th scope="col">{t("conflict.mine")}</th>
          </tr>
        </thead>
        <tbody>
          {fields.map((field) => {
            const group = `conflict-${field.name}`;
            const keepTheirs = theirsFor.has(field.name);
            const choose = (theirs: boolean) => {
              const next = new Set(theirsFor);
              if (theirs) next.add(field.name);
              else next.delete(field.name);
              setTheirsFor(next);
            };
            return (
              <tr key={field.name} data-both={both.has(field.name)}>
                <th scope="row">{label(field.label)}</th>
                <td>
                  <Radio
                    name={group}
                    checked={keepTheirs}
                    onChange={() => choose(true)}
                    aria-label={`${label(field.label)} ${t("conflict.keepTheirs")}`}
                  >
                    <FieldText
                      field={field}
                      value={theirs.fields[field.name] as FieldValue}
                      masked={theirs.masked.includes(field.name)}
                    />
                  </Radio>
                </td>
                <td>
                  <Radio
                    name={group}
                    checked={!keepTheirs}
                    onChange={() => choose(false)}
                    aria-label={`${label(field.label)} ${t("conflict.keepMine")}`}
                  >
                    <FieldText field={field} value={mine[field.name]} masked={false} />
                  </Radio>
                </td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </Modal>
  );
}
