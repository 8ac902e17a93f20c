// The company's face: logo and accent, in the console and before sign-in.

import { useQueryClient } from "@tanstack/react-query";
import { App, Button, Checkbox, ColorPicker, Form, Space, Upload } from "antd";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { api } from "@/api/client";
import { BRANDING, type Branding, logoAddress, useBranding } from "@/shared/branding";
import { ProblemAlert } from "@/shared/ProblemView";
import { useUnsaved } from "@/shared/useUnsaved";
import { contrast, DARK_GROUND, inTheDark, LEAST_CONTRAST, LIGHT_GROUND, lightened } from "./contrast";
import { useSave } from "./useSave";

const MOST_BYTES = 256 * 1024;
const OWN = { light: "#1f5499", dark: "#5b96e5" };

export function BrandingForm() {
  const branding = useBranding();
  return branding ? <Face key={JSON.stringify(branding)} branding={branding} /> : null;
}

async function base64(file: File): Promise<string> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return btoa(text);
}

function Face({ branding }: { branding: Branding }) {
  const { t } = useTranslation(["settings", "common"]);
  const { message } = App.useApp();
  const queries = useQueryClient();
  const unsaved = useUnsaved();
  const { save, busy, problem } = useSave(BRANDING);
  const [own, setOwn] = useState(branding.accent !== null);
  const [accent, setAccent] = useState(branding.accent ?? OWN);
  const change = (next: typeof accent) => {
    setAccent(next);
    unsaved.setDirty(true);
  };
  const send = async (logo?: string | null) => {
    const body = { accent: own ? accent : null, ...(logo === undefined ? {} : { logo }) };
    const done = await save(() => api.PUT("/api/v1/admin/branding", { body }));
    if (done) {
      unsaved.setDirty(false);
      await queries.invalidateQueries({ queryKey: BRANDING });
    }
  };
  const grounds = [
    { key: "light", ground: LIGHT_GROUND, text: "#ffffff" },
    { key: "dark", ground: DARK_GROUND, text: "#0c1118" },
  ] as const;
  const seen = (key: "light" | "dark") => (key === "dark" ? inTheDark(accent.dark) : accent.light);
  const low = grounds.filter(({ key, ground }) => contrast(seen(key), ground) < LEAST_CONTRAST);
  const logo = logoAddress(branding);
  return (
    <div className="panel start-panel">
      {problem && <ProblemAlert problem={problem} style={{ marginBottom: 16 }} />}
      <Form layout="vertical" component="div" disabled={busy}>
        <Form.Item label={t("brand.logo")} extra={t("brand.logoHelp")}>
          <Space wrap align="center">
            {logo && <img className="brand-logo-preview" src={logo} alt={branding.company} />}
            <Upload
              accept="image/png,image/jpeg,image/webp"
              showUploadList={false}
              maxCount={1}
              beforeUpload={(file) => {
                if (file.size > MOST_BYTES) void message.error(t("brand.tooLarge"), 6);
                else void base64(file).then(send);
                return false;
              }}
            >
              <Button>{t("brand.choose")}</Button>
            </Upload>
            {logo && <Button onClick={() => void send(null)}>{t("brand.removeLogo")}</Button>}
          </Space>
        </Form.Item>
        <Form.Item extra={t("brand.accentHelp")}>
          <Checkbox
            checked={own}
            onChange={(e) => {
              setOwn(e.target.checked);
              unsaved.setDirty(true);
            }}
          >
            {t("brand.accent")}
          </Checkbox>
        </Form.Item>
        {own && (
          <div className="form-grid">
            {grounds.map(({ key, ground, text }) => {
              const ratio = contrast(seen(key), ground);
              return (
                <Form.Item
                  key={key}
                  label={t(`brand.${key}`)}
                  {...(ratio < LEAST_CONTRAST ? { validateStatus: "error" as const } : {})}
                  extra={
                    <span role={ratio < LEAST_CONTRAST ? "alert" : undefined}>
                      {t(ratio < LEAST_CONTRAST ? "brand.low" : "brand.enough", { ratio: ratio.toFixed(1) })}
                    </span>
                  }
                >
                  <Space>
                    <ColorPicker
                      value={accent[key]}
                      disabledAlpha
                      format="hex"
                      showText
                      onChangeComplete={(colour) => {
                        const hex = colour.toHexString().slice(0, 7);
                        change(key === "light" ? { light: hex, dark: lightened(hex) } : { ...accent, dark: hex });
                      }}
                    />
                    <span className="brand-sample" style={{ background: ground }}>
                      <span style={{ color: accent[key] }}>{t("brand.sample")}</span>
                      <span className="brand-button" style={{ background: accent[key], color: text }}>
                        {t("brand.sample")}
                      </span>
                    </span>
                  </Space>
                </Form.Item>
              );
            })}
          </div>
        )}
        <Button type="primary" loading={busy} disabled={own && low.length > 0} onClick={() => void send()}>
          {t("common:save")}
        </Button>
      </Form>
    </div>
  );
}
