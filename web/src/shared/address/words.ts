import type { Shape } from "@/i18n/shape";

export const zh = {
  region: "省 / 市 / 区县",
  country: "国家或地区",
  province: "省 / 州",
  city: "城市",
  district: "区县",
  street: "街道、门牌号",
  postcode: "邮编",
  abroad: "国外地址",
} as const;

export const en: Shape<typeof zh> = {
  region: "Province / city / district",
  country: "Country or region",
  province: "Province or state",
  city: "City",
  district: "District",
  street: "Street and number",
  postcode: "Postcode",
  abroad: "An address abroad",
};
