import { Modal } from "antd";
import { useTranslation } from "react-i18next";
import { useNavigation } from "../navigation";

export function HelpDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  const items = useNavigation().flatMap((group) => group.items);
  const keys: Array<[string, string]> = [
    ["Ctrl K", t("keys.palette")],
    ["/", t("keys.search")],
    ["?", t("keys.help")],
    ...items
      .filter((i) => i.letter)
      .map((i): [string, string] => [`g ${i.letter}`, t("keys.goObject", { object: i.label })]),
    ["j", t("keys.next")],
    ["k", t("keys.previous")],
    ["Enter", t("keys.open")],
    ["x", t("keys.select")],
    ["e", t("keys.edit")],
    ["← →", t("keys.cell")],
    ["c", t("keys.create")],
  ];
  return (
    <Modal open={open} onCancel={onClose} footer={null} title={t("keys.title")}>
      <dl className="keys-list">
        {keys.map(([key, text]) => (
          <div key={key} style={{ display: "contents" }}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
