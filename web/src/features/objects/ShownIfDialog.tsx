import { useTranslation } from "react-i18next";
import type { Condition } from "@/api/types";
import { useLabel } from "@/i18n";
import { ConditionDialog } from "./ConditionDialog";
import type { Definition, Field } from "./definition";

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
  return (
    <ConditionDialog
      title={t("layout.whenTitle", { name: label(field.label) })}
      text={t("layout.whenText")}
      fields={object.fields.filter((f) => f.name !== field.name)}
      value={value}
      without={t("layout.always")}
      onChange={onChange}
      onClose={onClose}
    />
  );
}
