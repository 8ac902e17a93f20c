// The navigation: groups that open and close, as the person left them on this device. The page one is on always stands there, in a
// closed group too; what waits in a closed group is counted at its head.

import { Link, useRouterState } from "@tanstack/react-router";
import { Tooltip } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { NextIcon } from "@/shared/icons";
import { type NavGroup, type NavItem, useNavigation } from "../navigation";

const KEPT = "whosaw.nav.closed";

/** The groups that were closed; whatever else may stand there is none. */
export function readClosed(kept: string | null): string[] {
  return (kept ?? "").split(",").filter((key) => /^[a-z]{1,20}$/.test(key));
}

function useClosed(): [ReadonlySet<string>, (key: string) => void] {
  const [closed, setClosed] = useState<ReadonlySet<string>>(() => new Set(readClosed(localStorage.getItem(KEPT))));
  const turn = (key: string) => {
    const next = new Set(closed);
    if (!next.delete(key)) next.add(key);
    localStorage.setItem(KEPT, [...next].join(","));
    setClosed(next);
  };
  return [closed, turn];
}

/** `folded`: icons alone, and no heads to press. */
export function Navigation({ folded, onChoose }: { folded: boolean; onChoose?: () => void }) {
  const groups = useNavigation();
  const { t } = useTranslation();
  const [closed, turn] = useClosed();
  const path = useRouterState({ select: (state) => state.location.pathname });
  // The entry that names most of the address: a page below another's has its own.
  const here = groups
    .flatMap((group) => group.items.map((item) => item.to))
    .filter((to) => (to === "/" ? path === "/" : path === to || path.startsWith(`${to}/`)))
    .sort((a, b) => b.length - a.length)[0];
  return (
    <nav aria-label={t("nav.menu")} className={folded ? "nav nav-folded" : "nav"}>
      {groups.map((group) => (
        <Group
          key={group.key}
          group={group}
          here={here}
          folded={folded}
          open={folded || group.label === undefined || !closed.has(group.key)}
          onTurn={() => turn(group.key)}
          {...(onChoose ? { onChoose } : {})}
        />
      ))}
    </nav>
  );
}

type GroupProps = {
  group: NavGroup;
  here: string | undefined;
  folded: boolean;
  open: boolean;
  onTurn: () => void;
  onChoose?: () => void;
};

function Group({ group, here, folded, open, onTurn, onChoose }: GroupProps) {
  const items = group.items.filter((item) => open || item.to === here);
  const hidden = group.items.filter((item) => !items.includes(item));
  const waits = hidden.reduce((sum, item) => sum + (item.count ?? 0), 0);
  const list = `nav-${group.key}`;
  return (
    <div className="nav-room">
      {group.label && !folded && (
        <button type="button" className="nav-group" aria-expanded={open} aria-controls={list} onClick={onTurn}>
          <span className="nav-turn">
            <NextIcon />
          </span>
          {group.label}
          {waits > 0 && <Count count={waits} counted={hidden.map((item) => item.counted).find((text) => text)} />}
        </button>
      )}
      <ul id={list} {...(group.label ? { "aria-label": group.label } : {})}>
        {items.map((item) => {
          const link = (
            <Item item={item} current={item.to === here} folded={folded} {...(onChoose ? { onChoose } : {})} />
          );
          return (
            <li key={item.key}>
              {folded ? (
                <Tooltip title={item.label} placement="right">
                  {link}
                </Tooltip>
              ) : (
                link
              )}
            </li>
          );
        })}
      </ul>
    </div>
  );
}

type ItemProps = { item: NavItem; current: boolean; folded: boolean; onChoose?: () => void };

function Item({ item, current, folded, onChoose, ...rest }: ItemProps) {
  return (
    <Link
      {...rest}
      to={item.to}
      className={current ? "nav-item nav-current" : "nav-item"}
      {...(current ? { "aria-current": "page" as const } : {})}
      onClick={() => onChoose?.()}
    >
      {item.icon}
      <span className={folded ? "visually-hidden" : ""}>{item.label}</span>
      {item.count !== undefined && item.count > 0 && <Count count={item.count} counted={item.counted} />}
    </Link>
  );
}

const Count = ({ count, counted }: { count: number; counted: string | undefined }) => (
  <span className="nav-count" title={counted}>
    {count}
  </span>
);
