import { Button, Checkbox, Radio, Typography } from "antd";
import { useTranslation } from "react-i18next";
import type { ObjectForm } from "@/api/types";
import { DownIcon, UpIcon } from "@/shared/icons";
import type { Density } from "@/shared/table/DataTable";
import { BUILT_IN, useColumnNames } from "./columns";

type Props = {
  object: ObjectForm;
  columns: string[];
  onColumns: (columns: string[] | undefined) => void;
  density: Density;
  onDensity: (density: Density) => void;
};

export function ColumnChooser({ object, columns, onColumns, density, onDensity }: Props) {
  const { t } = useTranslation("records");
  const name = useColumnNames(object);
  const others = [...object.fields.map((f) => f.name), ...BUILT_IN].filter((key) => !columns.includes(key));
  const move = (at: number, by: number) => {
    const next = [...columns];
    const [key] = next.splice(at, 1);
    if (key === undefined) return;
    next.splice(at + by, 0, key);
    onColumns(next);
  };
  return (
    <div className="chooser">
      <Typography.Text strong>{t("list.density")}</Typography.Text>
      <Radio.Group
        size="small"
        optionType="button"
        value={density}
        onChange={(e) => onDensity(e.target.value as Density)}
        options={(["compact", "normal", "roomy"] as const).map((value) => ({
          value,
          label: t(`list.densityNames.${value}`),
        }))}
      />
      <Typography.Text strong>{t("list.columns")}</Typography.Text>
      <ul>
        {columns.map((key, at) => (
          <li key={key}>
            <Checkbox
              checked
              disabled={columns.length === 1}
              onChange={() => onColumns(columns.filter((c) => c !== key))}
            >
              {name(key)}
            </Checkbox>
            <span>
              <Button
                size="small"
                type="text"
                icon={<UpIcon />}
                disabled={at === 0}
                aria-label={`${t("list.columnUp")} ${name(key)}`}
                onClick={() => move(at, -1)}
              />
              <Button
                size="small"
                type="text"
                icon={<DownIcon />}
                disabled={at === columns.length - 1}
                aria-label={`${t("list.columnDown")} ${name(key)}`}
                onClick={() => move(at, 1)}
              />
            </span>
          </li>
        ))}
        {others.map((key) => (
          <li key={key}>
            <Checkbox checked={false} onChange={() => onColumns([...columns, key])}>
              {name(key)}
            </Checkbox>
          </li>
        ))}
      </ul>
      <Button size="small" onClick={() => onColumns(undefined)}>
        {t("list.resetColumns")}
      </Button>
    </div>
  );
}
