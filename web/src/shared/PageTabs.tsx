// Tabs of a page, as one row that scrolls; where not all fit, a menu beside it names them. Only the open one's content is there: a
// tab asks for its data when it is opened.

import { Button, Dropdown } from "antd";
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { MoreIcon } from "./icons";
import "./tabs.css";

export type PageTab = { key: string; label: string; children: ReactNode };

type Props = { label: string; tabs: PageTab[]; active: string; onChange: (key: string) => void };

export function PageTabs({ label, tabs, active, onChange }: Props) {
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const at = Math.max(
    0,
    tabs.findIndex((tab) => tab.key === active),
  );
  const open = tabs[at];
  const { t } = useTranslation();
  const [hidden, setHidden] = useState(false);
  const names = tabs.map((tab) => tab.label).join();
  // biome-ignore lint/correctness/useExhaustiveDependencies: other names need another width
  useEffect(() => {
    const row = list.current;
    if (!row || typeof ResizeObserver === "undefined") return;
    const watch = new ResizeObserver(() => setHidden(row.scrollWidth > row.clientWidth + 1));
    watch.observe(row);
    return () => watch.disconnect();
  }, [names]);
  useEffect(() => {
    const tab = list.current?.querySelectorAll<HTMLElement>('[role="tab"]')[at];
    tab?.scrollIntoView?.({ block: "nearest", inline: "nearest" });
  }, [at]);
  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Record<string, number> = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 };
    const to = steps[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = (to + tabs.length) % tabs.length;
    list.current?.querySelectorAll<HTMLElement>('[role="tab"]')[next]?.focus();
    const tab = tabs[next];
    if (tab) onChange(tab.key);
  };
  if (open === undefined) return null;
  return (
    <div className="tabs">
      <div className="tabs-row no-print">
        <div className="tabs-list" role="tablist" aria-label={label} ref={list} onKeyDown={onKeyDown}>
          {tabs.map((tab, n) => (
            <button
              key={tab.key}
              type="button"
              role="tab"
              id={`${id}-${tab.key}`}
              aria-selected={n === at}
              aria-controls={`${id}-panel`}
              tabIndex={n === at ? 0 : -1}
              onClick={() => onChange(tab.key)}
            >
              {tab.label}
            </button>
          ))}
        </div>
        {hidden && (
          <Dropdown
            trigger={["click"]}
            menu={{
              selectable: true,
              selectedKeys: [active],
              items: tabs.map(({ key, label }) => ({ key, label })),
              onClick: ({ key }) => onChange(key),
            }}
          >
            <Button type="text" icon={<MoreIcon />} aria-label={t("more")} />
          </Dropdown>
        )}
      </div>
      <div
        role="tabpanel"
        id={`${id}-panel`}
        aria-labelledby={`${id}-${open.key}`}
        className="tabs-panel"
        key={open.key}
      >
        {open.children}
      </div>
    </div>
  );
}
