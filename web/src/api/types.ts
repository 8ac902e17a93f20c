// The API's shapes by short names.

import type { Address } from "@/shared/address/address";
import type { components } from "./schema";

type Schemas = components["schemas"];

export type Me = Schemas["MeAnswer"];
export type Workspace = Schemas["WorkspaceAnswer"];
export type ObjectForm = Schemas["ObjectFormView"];
export type LayoutForm = Schemas["LayoutForm"];
export type FieldForm = Schemas["FieldFormView"];
export type RequiredIfForm = Schemas["RequiredIfForm"];
export type CheckForm = Schemas["CheckForm"];
export type RecordView = Schemas["Record"];
export type ShareView = Schemas["ShareView"];
export type Colleague = Schemas["ColleagueView"];
export type Look = Schemas["LookView"];
export type RequestItem = Schemas["RequestItem"];
export type CommentItem = Schemas["CommentItem"];
export type ApprovalItem = Schemas["ApprovalItem"];
export type ChangeItem = Schemas["ChangeItem"];
export type TimelineItem = Schemas["TimelineItem"];
export type TrialView = Schemas["TrialView"];
export type ResponseItem = Schemas["ResponseItem"];
export type AutoRule = Schemas["AutoRuleForm"];
export type ResponseRulesAnswer = Schemas["ResponseRulesAnswer"];
export type CanaryItem = Schemas["CanaryItem"];
export type FeedItem = Schemas["FeedItem"];
export type FeedSource = Schemas["FeedForm"];
export type FeedFile = Schemas["FeedFile"];
export type FeedRejected = Schemas["FeedRejected"];
export type FeedTrialAnswer = Schemas["FeedTrialAnswer"];
export type MailServerAnswer = Schemas["MailServerAnswer"];
export type MailItem = Schemas["MailItem"];
export type ChannelsAnswer = Schemas["ChannelsAnswer"];
export type ChannelItem = Schemas["ChannelItem"];
export type ChannelForm = Schemas["ChannelForm"];
export type ChannelMessageItem = Schemas["ChannelMessageItem"];
export type OwnMail = Schemas["OwnMailAnswer"];
export type BrandingAnswer = Schemas["BrandingAnswer"];
export type BulkRequest = Schemas["BulkRequest"];
export type BeginImportRequest = Schemas["BeginImportRequest"];
export type ImportedAnswer = Schemas["ImportedAnswer"];
export type AlertItem = Schemas["Alert"];
export type AlertPageItems = Schemas["AlertPage"];
export type AlertDetail = Schemas["AlertView"];
export type AlertPart = Schemas["AlertPart"];
export type AlertCount = Schemas["AlertCount"];
export type NoticeItem = Schemas["NoticeItem"];
export type GrantItem = Schemas["GrantItem"];
export type RuleGrantItem = Schemas["RuleGrantItem"];
export type FlowForm = Schemas["FlowForm"];
export type DetectionRule = Schemas["DetectionRule"];
export type DetectionVersion = Schemas["DetectionVersion"];
export type TextProblem = Schemas["TextProblem"];
export type RuleCheckAnswer = Schemas["RuleCheckAnswer"];
export type ExplainRuleAnswer = Schemas["ExplainRuleAnswer"];
export type TrialAnswer = Schemas["TrialAnswer"];
export type TrialFigures = Schemas["TrialFigures"];
export type AutomationForm = Schemas["AutomationForm"];
export type RunItem = Schemas["RunItem"];
export type HookItem = Schemas["HookItem"];
export type HookForm = Schemas["HookForm"];
export type SeatItem = Schemas["SeatItem"];
export type OwnPool = Schemas["OwnPoolView"];
export type Pool = Schemas["PoolForm"];
export type ExportView = Schemas["ExportView"];
export type TracedView = Schemas["TracedView"];
export type ExportRules = Schemas["ExportRulesForm"];
export type Attachment = Schemas["Attachment"];
export type AttachmentList = Schemas["Attachments"];
export type FileRules = Schemas["FileRulesForm"];
export type ForecastLine = Schemas["ForecastView"];
/** A list's question and layout, as a view keeps it. */
export type ListLook = Required<Omit<Schemas["LookForm"], "scope" | "density">> & {
  scope: "all" | "mine" | "department" | "pool";
  density: "compact" | "normal" | "roomy";
};
export type ListView = Omit<Schemas["ViewForm"], "look"> & { look: ListLook };
export type ViewsAnswer = Omit<Schemas["ViewsAnswer"], "views"> & { views: ListView[] };
export type PastImport = Schemas["PastImportForm"];
export type ImportMapping = Schemas["MappingForm"];
export type KeptMapping = Schemas["KeptMappingForm"];
export type CompareAnswer = Schemas["CompareAnswer"];
export type CompareUndoAnswer = Schemas["CompareUndoAnswer"];
export type JobForm = Schemas["JobForm"];
export type GroupForm = Schemas["GroupForm"];
export type ImportAnswer = Schemas["ImportAnswer"];

/** A field's value as the API gives it. */
export type FieldValue = string | number | boolean | string[] | Address | null;

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
  | "has_any"
  | "has_all"
  | "has_none"
  | "is_empty"
  | "is_not_empty";

export type Test = { field: string; op: Comparison; value?: unknown };

/** A list's filter (docs/api.md). */
export type Condition = { all: Condition[] } | { any: Condition[] } | { not: Condition } | { test: Test };

export type AuditPolicy = Schemas["AuditPolicy"];
export type AuditPolicyAnswer = Schemas["AuditPolicyAnswer"];
export type AuditProposal = Schemas["AuditProposal"];
export type KeysAnswer = Schemas["KeysAnswer"];
export type BackupsAnswer = Schemas["BackupsAnswer"];
export type AuditEffect = Schemas["AuditEffectAnswer"];

export type Impact = Schemas["ImpactAnswer"];
export type CouldPerson = Schemas["CouldPersonView"];
export type ReplayAnswer = Schemas["ReplayAnswer"];
export type ReplayLine = Schemas["ReplayLine"];
export type ImpactLine = Schemas["ImpactView"];
export type Account = Schemas["UserView"];
export type AuditEvent = Schemas["Event"];
export type AuditTouch = Schemas["EventTouch"];
export type Label = Schemas["Label"];

/** An object type as administrators and auditors see it. */
export type ObjectDefinition = {
  name: string;
  label: Label;
  customer_field?: string | null;
  process?: { pool?: unknown; approval?: unknown; done?: unknown };
  fields: { name: string; label: Label; class: string; type: FieldForm["type"] }[];
};

/** What is left of an event, or of a record in it. */
export type EventState = "whole" | "erased" | "dropped" | "altered";

/** `GET /audit/events/{id}` (docs/audit.md). */
export type EventDetail = AuditEvent & {
  meta: { disclosures?: unknown[]; rules?: string[] } | null;
  actor: {
    user_agent?: string | null;
    session?: string | null;
    token?: string | null;
    mfa?: boolean;
    purpose?: string | null;
    request?: string | null;
    detail?: unknown;
  } | null;
  touched: {
    n: number;
    customer: string;
    record: string | null;
    shown: string[];
    masked: string[];
    rules: string[];
    reason: string | null;
    owner: string | null;
    owner_name: string | null;
    department: string | null;
    state: EventState;
  }[];
  /** Base64. */
  leaf: string | null;
  proof: { size: number; tlog_proof: string } | null;
  own_words: Schemas["OwnWords"][];
  /** `body`, `{"touch": 3}`. */
  alterations: (string | Record<string, number>)[];
};

export type Scope =
  | { kind: "own" | "reports" | "participant" | "department" | "subtree" | "pool" | "all" }
  | { kind: "chosen"; departments: string[]; with_children: boolean }
  | { kind: "condition"; condition: Condition };

export type When =
  | "office_hours"
  | "mfa"
  | "purpose"
  | "trained"
  | { network: string[] }
  | { channel: string[] }
  | { rate: { counter: string; below: number; beyond?: "refuse" | "step_up" | "approval" } };

/** A row of the role matrix (docs/access-control.md). */
export type MatrixRow = {
  id: string;
  effect: "permit" | "forbid";
  who: "everyone" | { role: string } | { department: string } | { user: string };
  objects: "any" | { only: string[] };
  what: { operations: string[] } | { fields: { fields: { classes: string[] } | { named: string[] }; level: string } };
  scope: Scope;
  when: When[];
  valid_from: number | null;
  valid_until: number | null;
  title: Label;
};

export type PolicyDiff = { added: MatrixRow[]; removed: MatrixRow[]; changed: { from: MatrixRow; to: MatrixRow }[] };
export type PolicyVersion = {
  version: number;
  at: number;
  author: string;
  reason: string;
  hash: string;
  policy: { rows: MatrixRow[] };
};
