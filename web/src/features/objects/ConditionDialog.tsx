import { Alert, Button, Modal } from "antd";
import { useTranslation } from "react-i18next";
import type { Condition } from "@/api/types";
import { FilterBuilder, type FilterField } from "@/shared/filter/FilterBuilder";
import { type Field, isTestable } from "./definition";

type Props = {
  title: string;
  /** What the condition is for, and what it does not do. */
  text: string;
  /** Those that can be asked are clear and have one value. */
  fields: readonly Field[];
  value: Condition | undefined;
  /** What it is called to have no condition. */
  without: string;
  onChange: (when: Condition | undefined) => void;
  onClose: () => void;
};

/** A condition over the fields of one object type. */
export function ConditionDialog({ title, text, fields, value, without, onChange, onClose }: Props) {
  const { t } = useTranslation("objects");
  const clear = fields.filter(isTestable);
  return (
    <Modal
      open
      width={720}
      title={title}
      onCancel={onClose}
      footer={
        <>
          {value && <Button onClick={() => onChange(undefined)}>{without}</Button>}
          <Button onClick={onClose}>{t("layout.cancel")}</Button>
        </>
      }
    >
      <Alert type="info" showIcon title={text} style={{ marginBottom: 12 }} />
      <FilterBuilder fields={clear as FilterField[]} value={value} onApply={onChange} />
    </Modal>
  );
}
