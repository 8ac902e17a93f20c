// The frame around every page: navigation, header, content. On a narrow screen the navigation is a drawer.

import { Link, Outlet, useRouterState } from "@tanstack/react-router";
import { Button, Drawer, Grid, Tooltip } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { NoticeBell } from "@/features/notices/NoticeBell";
import { BrandLogo } from "@/shared/Brand";
import { useBranding } from "@/shared/branding";
import { FoldIcon, MenuIcon, SearchIcon, UnfoldIcon } from "@/shared/icons";
import { useNavigation } from "../navigation";
import { HelpDialog } from "./HelpDialog";
import { Palette } from "./Palette";
import { LanguageButton, ThemeButton, UserMenu } from "./UserMenu";
import { useGlobalKeys } from "./useGlobalKeys";
import "./shell.css";

const KEPT = "whosaw.sider";

function Navigation({ folded, onChoose }: { folded: boolean; onChoose?: () => void }) {
  const groups = useNavigation();
  const { t } = useTranslation(["common", "requests"]);
  const path = useRouterState({ select: (state) => state.location.pathname });
  // The entry that names most of the address: a page below another's has its own.
  const here = groups
    .flatMap((group) => group.items.map((item) => item.to))
    .filter((to) => (to === "/" ? path === "/" : path === to || path.startsWith(`${to}/`)))
    .sort((a, b) => b.length - a.length)[0];
  return (
    <nav aria-label={t("nav.menu")} className={folded ? "nav nav-folded" : "nav"}>
      {groups.map((group) => (
        <ul key={group.key} {...(group.label ? { "aria-label": group.label } : {})}>
          {group.label && !folded && (
            <li className="nav-group" aria-hidden="true">
              {group.label}
            </li>
          )}
          {group.items.map((item) => {
            const current = item.to === here;
            const link = (
              <Link
                to={item.to}
                className={current ? "nav-item nav-current" : "nav-item"}
                {...(current ? { "aria-current": "page" as const } : {})}
                onClick={() => onChoose?.()}
              >
                {item.icon}
                <span className={folded ? "visually-hidden" : ""}>{item.label}</span>
                {item.count !== undefined && item.count > 0 && (
                  <span className="nav-count" title={item.counted}>
                    {item.count}
                  </span>
                )}
              </Link>
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
      ))}
    </nav>
  );
}

export function Shell() {
  const { t } = useTranslation();
  const wide = Grid.useBreakpoint().md ?? true;
  const [folded, setFolded] = useState(() => localStorage.getItem(KEPT) === "folded");
  const [drawer, setDrawer] = useState(false);
  const [palette, setPalette] = useState(false);
  const branding = useBranding();
  const [help, setHelp] = useState(false);
  useGlobalKeys({ openPalette: () => setPalette(true), openHelp: () => setHelp(true) });
  useEffect(() => {
    localStorage.setItem(KEPT, folded ? "folded" : "open");
  }, [folded]);

  return (
    <div className="shell">
      <a className="skip" href="#content">
        {t("skip")}
      </a>
      <header className="shell-head no-print">
        {!wide && <Button type="text" icon={<MenuIcon />} aria-label={t("nav.open")} onClick={() => setDrawer(true)} />}
        <Link to="/" className="brand">
          <BrandLogo size={26} />
          <span className="brand-name" title={t("product")}>
            {branding?.company ?? t("product")}
          </span>
        </Link>
        <Button className="palette-button" icon={<SearchIcon />} onClick={() => setPalette(true)}>
          <span className={wide ? "muted" : "visually-hidden"}>{t("keys.palette")}</span>
          {wide && <kbd>Ctrl K</kbd>}
        </Button>
        <div className="grow" />
        <NoticeBell />
        <LanguageButton />
        <ThemeButton />
        <UserMenu onHelp={() => setHelp(true)} />
      </header>
      <div className="shell-body">
        {wide && (
          <aside className="sider no-print" data-folded={folded}>
            <Navigation folded={folded} />
            <Button
              type="text"
              block
              icon={folded ? <UnfoldIcon /> : <FoldIcon />}
              aria-label={folded ? t("nav.expand") : t("nav.collapse")}
              onClick={() => setFolded(!folded)}
            />
          </aside>
        )}
        <main id="content" className="content" tabIndex={-1}>
          <Outlet />
        </main>
      </div>
      <Drawer open={drawer && !wide} onClose={() => setDrawer(false)} placement="left" size={260} title={t("nav.menu")}>
        <Navigation folded={false} onChoose={() => setDrawer(false)} />
      </Drawer>
      <Palette open={palette} onClose={() => setPalette(false)} />
      <HelpDialog open={help} onClose={() => setHelp(false)} />
    </div>
  );
}
