// What a check has mended by one press: settings that only become stricter, to just what the check wants. Whatever else mends a check can
// shut somebody out or needs somebody's judgement, and has the page where it is done.

import { api, data } from "@/api/client";
import type { ExportRules } from "@/api/types";
import type { Settings } from "@/features/settings/SettingsPage";
import { type Check, stateOf } from "./posture";

/** The settings that a check's figures are of, in their order. */
const OF_EXPORTS: Record<string, (keyof ExportRules)[]> = {
  "exports.approval": ["approve_above"],
  "exports.sensitive": ["approve_sensitive"],
  "exports.per_day": ["rows_per_day"],
  "exports.files": ["lasts_hours", "downloads"],
};
const OF_SESSIONS: Record<string, (keyof Settings["session"])[]> = {
  "sign_in.idle": ["idle_minutes"],
  "sign_in.length": ["absolute_hours"],
};

type Values = Record<string, number | boolean>;

/** What becomes of the settings, or nothing where no press mends it. */
export function pressOf(check: Check): Values | undefined {
  const fields = OF_EXPORTS[check.id] ?? OF_SESSIONS[check.id];
  if (fields === undefined || stateOf(check) !== "bad" || check.figures.length !== fields.length) return undefined;
  const to: Values = {};
  check.figures.forEach((figure, n) => {
    const field = fields[n];
    if (field === undefined || figure.met) return;
    if (figure.is === "yes_no") to[field] = figure.at_least !== null;
    else if (figure.at_most !== null) to[field] = figure.at_most;
  });
  return Object.keys(to).length > 0 ? to : undefined;
}

/** What holds and is stricter stays: a look can be a day old, and somebody may have set it since. */
export function stricter<Now extends object>(now: Now, to: Values): Now {
  const values = { ...now } as Record<string, unknown>;
  for (const [field, wanted] of Object.entries(to)) {
    const held = values[field];
    values[field] = typeof held === "number" && typeof wanted === "number" ? Math.min(held, wanted) : wanted;
  }
  return values as Now;
}

/** Sets it, and nothing beside it. */
export async function press(check: Check, to: Values): Promise<void> {
  if (check.id in OF_EXPORTS) {
    const rules = await data(api.GET("/api/v1/admin/export-rules"));
    await api.PUT("/api/v1/admin/export-rules", { body: stricter(rules, to) });
    return;
  }
  const { session } = (await data(api.GET("/api/v1/admin/settings"))) as unknown as Settings;
  await api.PATCH("/api/v1/admin/settings", { body: { session: stricter(session, to) } as never });
}
