import "i18next";
import type { catalogue, later } from "./catalogue";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "common";
    resources: (typeof catalogue)["zh"] & (typeof later)["zh"];
    returnNull: false;
  }
}
