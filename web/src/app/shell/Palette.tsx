// Ctrl-K: any page or action by a few letters of its name.

import { useNavigate } from "@tanstack/react-router";
import { Empty, Input, Modal } from "antd";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { useLabel } from "@/i18n";
import { useNavigation } from "../navigation";
import { useMe } from "../session";

type Entry = { key: string; label: string; hint: string; run: () => void };

export function Palette({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Modal open={open} onCancel={onClose} footer={null} closable={false} destroyOnHidden title={t("keys.palette")}>
      <Commands onDone={onClose} />
    </Modal>
  );
}

function Commands({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation();
  const label = useLabel();
  const navigate = useNavigate();
  const groups = useNavigation();
  const { workspace } = useMe();
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const list = useId();

  const entries: Entry[] = [
    ...groups.flatMap((g) =>
      g.items.map((item) => ({
        key: item.key,
        label: item.label,
        hint: item.letter ? `g ${item.letter}` : t("palette.pages"),
        run: () => void navigate({ to: item.to }),
      })),
    ),
    ...workspace.objects
      .filter((o) => o.actions.includes("create"))
      .map((o) => ({
        key: `create-${o.name}`,
        label: `${t("create")} ${label(o.label)}`,
        hint: t("palette.actions"),
        run: () => void navigate({ to: "/records/$object", params: { object: o.name }, search: { create: true } }),
      })),
    {
      key: "account",
      label: t("user.account"),
      hint: t("palette.pages"),
      run: () => void navigate({ to: "/account" }),
    },
  ];
  const wanted = text.trim().toLowerCase();
  const found = entries.filter((e) => e.label.toLowerCase().includes(wanted));
  const current = Math.min(at, found.length - 1);
  const run = (entry: Entry | undefined) => {
    if (!entry) return;
    onDone();
    entry.run();
  };

  return (
    <>
      <Input
        autoFocus
        role="combobox"
        aria-expanded="true"
        aria-controls={list}
        aria-activedescendant={found[current] ? `${list}-${found[current].key}` : undefined}
        aria-label={t("palette.placeholder")}
        placeholder={t("palette.placeholder")}
        value={text}
        onChange={(e) => {
          setText(e.target.value);
          setAt(0);
        }}
        onKeyDown={(e) => {
          if (e.key === "ArrowDown" || e.key === "ArrowUp") {
            e.preventDefault();
            const step = e.key === "ArrowDown" ? 1 : -1;
            setAt((current + step + found.length) % Math.max(found.length, 1));
          } else if (e.key === "Enter") {
            e.preventDefault();
            run(found[current]);
          }
        }}
      />
      {found.length === 0 ? (
        <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={t("palette.empty")} />
      ) : (
        <div className="palette-list" role="listbox" id={list} aria-label={t("keys.palette")}>
          {found.map((entry, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the input's, as in every combobox
            <div
              key={entry.key}
              id={`${list}-${entry.key}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === current}
              onClick={() => run(entry)}
              onMouseMove={() => setAt(index)}
            >
              <span>{entry.label}</span>
              <span className="muted">{entry.hint}</span>
            </div>
          ))}
        </div>
      )}
    </>
  );
}
