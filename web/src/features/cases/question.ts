/** Where a question to somebody stands. */
export const QUESTION_STATES = ["waiting", "answered", "withdrawn"] as const;
