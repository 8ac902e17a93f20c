/** Where a question to somebody stands. */
export const QUESTION_STATES = ["waiting", "answered", "withdrawn"] as const;
/** Why somebody opened what they opened, in their own words. */
export const WHYS = ["covering", "customer", "asked", "preparing", "mistake", "other"] as const;
export type Why = (typeof WHYS)[number];
