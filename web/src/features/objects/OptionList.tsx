import { Button, Input } from "antd";
import { useTranslation } from "react-i18next";
import { DeleteIcon, DownIcon, PlusIcon, UpIcon } from "@/shared/icons";
import { moved, type Option } from "./definition";

type Props = { options: Option[]; kept: Option[]; onChange: (options: Option[]) => void };

/** Options of a choice, in order. The value of one that is kept never changes: records hold it. */
export function OptionList({ options, kept, onChange }: Props) {
  const { t } = useTranslation(["objects", "common"]);
  const set = (n: number, part: Partial<Option>) => onChange(options.map((o, i) => (i === n ? { ...o, ...part } : o)));
  return (
    <div className="options">
      <ol>
        {options.map((option, n) => {
          const name = option.label.zh || option.value || String(n + 1);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: an option being typed has no other identity
            <li key={n}>
              <Input
                aria-label={t("option.value", { n: n + 1 })}
                placeholder={t("option.valueShort")}
                className="mono"
                maxLength={60}
                disabled={kept.some((o) => o.value === option.value)}
                value={option.value}
                onChange={(e) => set(n, { value: e.target.value })}
              />
              <Input
                aria-label={t("option.zh", { n: n + 1 })}
                placeholder={t("labelZh")}
                maxLength={60}
                value={option.label.zh}
                onChange={(e) => set(n, { label: { ...option.label, zh: e.target.value } })}
              />
              <Input
                aria-label={t("option.en", { n: n + 1 })}
                placeholder={t("labelEn")}
                maxLength={60}
                value={option.label.en}
                onChange={(e) => set(n, { label: { ...option.label, en: e.target.value } })}
              />
              <span className="field-acts">
                <Button
                  size="small"
                  icon={<UpIcon />}
                  disabled={n === 0}
                  aria-label={t("up", { name })}
                  onClick={() => onChange(moved(options, n, n - 1))}
                />
                <Button
                  size="small"
                  icon={<DownIcon />}
                  disabled={n === options.length - 1}
                  aria-label={t("down", { name })}
                  onClick={() => onChange(moved(options, n, n + 1))}
                />
                <Button
                  size="small"
                  icon={<DeleteIcon />}
                  aria-label={t("option.remove", { name })}
                  onClick={() => onChange(options.filter((_, i) => i !== n))}
                />
              </span>
            </li>
          );
        })}
      </ol>
      <Button icon={<PlusIcon />} onClick={() => onChange([...options, { value: "", label: { zh: "", en: "" } }])}>
        {t("option.add")}
      </Button>
    </div>
  );
}
