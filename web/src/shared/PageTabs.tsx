// Tabs of a page, as one row that scrolls. Only the open one's content is there: a tab asks for its data when it is opened.

import { type KeyboardEvent, type ReactNode, useId, useRef } from "react";
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
      <div className="tabs-list no-print" role="tablist" aria-label={label} ref={list} onKeyDown={onKeyDown}>
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
