import { Alert, Button, Modal } from "antd";
import { useTranslation } from "react-i18next";
import type { Condition } from "@/api/types";
import { useLabel } from "@/i18n";
import { FilterBuilder, type FilterField } from "@/shared/filter/FilterBuilder";
import { type Definition, type Field, hasColumn, isSealed } from "./definition";

type Props = {
  object: Definition;
  field: Field;
  value: Condition | undefined;
  onChange: (when: Condition | undefined) => void;
  onClose: () => void;
};

/** While what holds of the other fields, a field is shown. */
export function ShownIfDialog({ object, field, value, onChange, onClose }: Props) {
  const { t } = useTranslation("objects");
  const label = useLabel();
  const fields = object.fields.filter((f) => f.name !== field.name && !isSealed(f.class) && hasColumn(f.type.kind));
  return (
    <Modal
      open
      width={720}
      title={t("layout.whenTitle", { name: label(field.label) })}
      onCancel={onClose}
      footer={
        <>
          {value && <Button onClick={() => onChange(undefined)}>{t("layout.always")}</Button>}
          <Button onClick={onClose}>{t("layout.cancel")}</Button>
        </>
      }
    >
      <Alert type="info" showIcon title={t("layout.whenText")} style={{ marginBottom: 12 }} />
      <FilterBuilder fields={fields as FilterField[]} value={value} onApply={onChange} />
    </Modal>
  );
}
