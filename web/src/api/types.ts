// The API's shapes by short names.

import type { components } from "./schema";

type Schemas = components["schemas"];

export type Me = Schemas["MeAnswer"];
export type Workspace = Schemas["WorkspaceAnswer"];
export type ObjectForm = Schemas["ObjectFormView"];
export type FieldForm = Schemas["FieldFormView"];
export type RecordView = Schemas["Record"];
export type ShareView = Schemas["ShareView"];
export type Colleague = Schemas["ColleagueView"];
export type Look = Schemas["LookView"];

/** A field's value as the API gives it. */
export type FieldValue = string | number | boolean | string[] | null;

export type Comparison =
  | "eq"
  | "ne"
  | "lt"
  | "le"
  | "gt"
  | "ge"
  | "in"
  | "starts_with"
  | "contains"
  | "is_empty"
  | "is_not_empty";

export type Test = { field: string; op: Comparison; value?: unknown };

/** A list's filter (docs/api.md). */
export type Condition = { all: Condition[] } | { any: Condition[] } | { not: Condition } | { test: Test };
