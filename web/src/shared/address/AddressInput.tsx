// The input for an address: province, city and district chosen, the street written. What cannot be chosen, and what lies in
// another country, is written in parts.

import { Cascader, Checkbox, Input } from "antd";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { FieldValue } from "@/api/types";
import { type Address, addressValue, type Part, partsOf } from "./address";
import { chosen, loadRegions, pathOf, type Region } from "./regions";
import "./address.css";

type Props = {
  value?: FieldValue | undefined;
  onChange?: ((value: FieldValue) => void) | undefined;
  id?: string;
  /** What the address is of: its parts are told apart by it. */
  title?: string | undefined;
  disabled?: boolean;
  "aria-label"?: string;
};

const FREE: Part[] = ["country", "province", "city", "district"];

export default function AddressInput({ value, onChange, id, title, disabled = false, "aria-label": label }: Props) {
  const named = (what: string) => [label ?? title, what].filter(Boolean).join(" ");
  const { t } = useTranslation("address");
  const parts = partsOf(value);
  const [abroad, setAbroad] = useState(() => parts.country !== undefined && parts.country !== "");
  const [regions, setRegions] = useState<Region[] | "failed">();
  useEffect(() => {
    if (abroad || regions !== undefined) return;
    let gone = false;
    loadRegions().then(
      (all) => !gone && setRegions(all),
      () => !gone && setRegions("failed"),
    );
    return () => {
      gone = true;
    };
  }, [abroad, regions]);
  const give = (next: Address) => onChange?.(addressValue(next));
  const part = (name: Part, most: number, own?: string) => (
    <Input
      {...(own ? { id: own } : {})}
      className={`address-${name}`}
      value={parts[name] ?? ""}
      maxLength={most}
      disabled={disabled}
      placeholder={t(name)}
      aria-label={own === undefined || label !== undefined ? named(t(name)) : undefined}
      onChange={(e) => give({ ...parts, [name]: e.target.value })}
    />
  );
  // Where the list cannot be had, an address can be written all the same.
  const written = abroad || regions === "failed";
  const { province: _province, city: _city, district: _district, ...rest } = parts;
  return (
    <div className="address">
      {written ? (
        <div className="address-parts">
          {FREE.map((name) => (name === "country" && !abroad ? null : <span key={name}>{part(name, 60)}</span>))}
        </div>
      ) : (
        <Cascader
          className="address-region"
          aria-label={named(t("region"))}
          options={regions ?? []}
          loading={regions === undefined}
          disabled={disabled}
          changeOnSelect
          allowClear
          showSearch
          placeholder={t("region")}
          value={
            regions
              ? pathOf(regions, parts)
              : [parts.province, parts.city, parts.district].filter((p) => p !== undefined)
          }
          displayRender={(labels) => [...new Set(labels)].filter((l) => l !== "市辖区").join(" / ")}
          onChange={(path) => give({ ...rest, ...chosen((path ?? []) as string[]) })}
        />
      )}
      <div className="address-rest">
        {part("street", 400, id)}
        {part("postcode", 20)}
      </div>
      <Checkbox
        checked={abroad}
        disabled={disabled}
        onChange={(e) => {
          setAbroad(e.target.checked);
          // What was chosen stays as it is; without a country it is at home.
          if (!e.target.checked) give({ ...parts, country: "" });
        }}
      >
        {t("abroad")}
      </Checkbox>
    </div>
  );
}
