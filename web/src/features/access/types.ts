import type { Label } from "@/api/types";

export type RuleReason = {
  rule: string;
  title: Label;
  effect: "permit" | "forbid";
  unmet: { code: string; text: Label }[];
};
export type Obligation = { kind: string; counter?: string } | null;
export type WhyAnswer = {
  user: string;
  user_name: string;
  allowed: boolean;
  decided: RuleReason[];
  nearest: RuleReason[];
  obligation: Obligation;
  policy_version: number;
};
export type WhoCanAnswer = {
  users: { user: string; user_name: string; rules: string[] }[];
  count: number;
  policy_version: number;
};
export type WhatCanAnswer = {
  user: string;
  user_name: string;
  of: number;
  reach: { action: string; records: number; rules: string[]; obligation: Obligation }[];
  policy_version: number;
};
