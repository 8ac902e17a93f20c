import { Button, Checkbox, Radio, Typography } from "antd";
import { useTranslation } from "react-i18next";
import type { ObjectForm } from "@/api/types";
import { hasFiles } from "@/shared/fields/related";
import { DownIcon, PinIcon, UpIcon } from "@/shared/icons";
import type { Density } from "@/shared/table/DataTable";
import { BUILT_IN, useColumnNames } from "./columns";
import { MOST_PINNED, standing } from "./kept";

type Props = {
  object: ObjectForm;
  columns: string[];
  onColumns: (columns: string[] | undefined) => void;
  pinned: string[];
  onPinned: (pinned: string[]) => void;
  density: Density;
  onDensity: (density: Density) => void;
};

export function ColumnChooser({ object, columns, onColumns, pinned, onPinned, density, onDensity }: Props) {
  const { t } = useTranslation("records");
  const name = useColumnNames(object);
  const listed = object.fields.filter((f) => !hasFiles(f));
  const others = [...listed.map((f) => f.name), ...BUILT_IN].filter((key) => !columns.includes(key));
  const shown = standing(columns, pinned);
  const stays = shown.filter((key) => pinned.includes(key));
  const move = (at: number, by: number) => {
    const next = [...shown];
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
        {shown.map((key, at) => (
          <li key={key}>
            <Checkbox
              checked
              disabled={columns.length === 1}
              onChange={() => onColumns(columns.filter((c) => c !== key))}
            >
              {name(key)}
            </Checkbox>
            <span className="chooser-acts">
              <Button
                size="small"
                type="text"
                icon={<PinIcon filled={pinned.includes(key)} />}
                disabled={!pinned.includes(key) && stays.length >= MOST_PINNED}
                aria-pressed={pinned.includes(key)}
                aria-label={`${t("list.pin")} ${name(key)}`}
                title={t("list.pinHelp")}
                onClick={() => onPinned(pinned.includes(key) ? stays.filter((p) => p !== key) : [...stays, key])}
              />
              <Button
                size="small"
                type="text"
                icon={<UpIcon />}
                disabled={at === 0 || at === stays.length}
                aria-label={`${t("list.columnUp")} ${name(key)}`}
                onClick={() => move(at, -1)}
              />
              <Button
                size="small"
                type="text"
                icon={<DownIcon />}
                disabled={at === shown.length - 1 || at === stays.length - 1}
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
      <Button
        size="small"
        onClick={() => {
          onColumns(undefined);
          onPinned([]);
        }}
      >
        {t("list.resetColumns")}
      </Button>
    </div>
  );
}
