// The frame around every page: navigation, header, content. On a narrow screen the navigation is a drawer.

import { Link, Outlet } from "@tanstack/react-router";
import { Button, Drawer, Grid } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { NoticeBell } from "@/features/notices/NoticeBell";
import { BrandLogo } from "@/shared/Brand";
import { useBranding } from "@/shared/branding";
import { FoldIcon, MenuIcon, SearchIcon, UnfoldIcon } from "@/shared/icons";
import { LanguageButton } from "@/shared/LanguageButton";
import { HelpDialog } from "./HelpDialog";
import { Navigation } from "./Navigation";
import { Palette } from "./Palette";
import { ThemeButton, UserMenu } from "./UserMenu";
import { useGlobalKeys } from "./useGlobalKeys";
import "./shell.css";

const KEPT = "whosaw.sider";

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
        <Link to="/" className="brand" aria-label={branding?.company ?? t("product")}>
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
