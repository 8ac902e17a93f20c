// What stands in the navigation, by what the person may do. A feature adds its entries here.

import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { ObjectForm, Workspace } from "@/api/types";
import { useAlertCount } from "@/features/alerts/useAlerts";
import { useRunningCount } from "@/features/jobs/useJobs";
import { useInboxCount } from "@/features/requests/requests";
import { useOwnReviewCount } from "@/features/reviews/reviews";
import { useLabel } from "@/i18n";
import {
  AlertIcon,
  AuditIcon,
  AuditPolicyIcon,
  AutomationIcon,
  BugIcon,
  CaseIcon,
  CheckIcon,
  ContactIcon,
  ContractIcon,
  CountsIcon,
  CustomerIcon,
  DashboardIcon,
  DetectionIcon,
  DownloadIcon,
  EyeIcon,
  FilterIcon,
  FlowIcon,
  FollowUpIcon,
  GrantIcon,
  GuideIcon,
  HelpIcon,
  HomeIcon,
  JobIcon,
  LeadIcon,
  LedgerIcon,
  LockIcon,
  ObjectIcon,
  OpportunityIcon,
  PasswordIcon,
  PaymentIcon,
  PeopleIcon,
  PlanIcon,
  PoolIcon,
  PostureIcon,
  ProductIcon,
  ProgrammeIcon,
  RequestIcon,
  ReviewIcon,
  SafetyIcon,
  SettingsIcon,
  SystemIcon,
  TableIcon,
  TargetIcon,
  TaskIcon,
  TracksIcon,
  TrainingIcon,
  UploadIcon,
} from "@/shared/icons";
import { useMe } from "./session";

export type NavItem = {
  key: string;
  label: string;
  icon: ReactNode;
  /** The address it opens; it is current wherever the address begins so. */
  to: string;
  /** What waits there. */
  count?: number;
  /** What the count says. */
  counted?: string;
  /** The letter after `g` that opens it. */
  letter?: string;
};
export type NavGroup = { key: string; label?: string; items: NavItem[] };

const ICONS: Record<string, ReactNode> = {
  customer: <CustomerIcon />,
  contact: <ContactIcon />,
  opportunity: <OpportunityIcon />,
  follow_up: <FollowUpIcon />,
  lead: <LeadIcon />,
  task: <TaskIcon />,
  product: <ProductIcon />,
  contract: <ContractIcon />,
  payment_plan: <PlanIcon />,
  payment: <PaymentIcon />,
  target: <TargetIcon />,
};

type Room = "customers" | "sales" | "mine" | "records";

/** Where an object type stands, by what it is and never by its name: what one ticks off, what money is made with, what is about customers. */
function roomOf({ process, fields, has_pool, customer_field }: ObjectForm): Room | undefined {
  if (process.dashboard !== undefined) return undefined;
  if (process.done !== undefined && !process.done.amount) return "mine";
  if (has_pool) return "customers";
  const money = fields.some((f) => f.type.kind === "money");
  if (money || process.pipeline || process.target || process.done || process.approval) return "sales";
  return customer_field === null ? "records" : "customers";
}

const rank = ({ process }: ObjectForm): number => (process.pipeline ? 0 : process.target ? 2 : 1);

/** The first letter of an object's name that no other has. */
function letters(workspace: Workspace): Map<string, string> {
  const taken = new Set(["h"]);
  const given = new Map<string, string>();
  for (const { name } of workspace.objects) {
    const letter = [...name.replaceAll("_", ""), ..."abcdefghijklmnopqrstuvwxyz"].find(
      (c) => /[a-z]/.test(c) && !taken.has(c),
    );
    if (letter !== undefined) {
      taken.add(letter);
      given.set(name, letter);
    }
  }
  return given;
}

export function useNavigation(): NavGroup[] {
  const { t } = useTranslation([
    "common",
    "alerts",
    "audit",
    "auditPolicy",
    "custody",
    "access",
    "people",
    "process",
    "requests",
    "objects",
    "settings",
    "help",
    "exports",
    "dashboards",
    "imports",
    "jobs",
    "automations",
    "cases",
    "reports",
    "findings",
    "detection",
    "responses",
    "feeds",
    "training",
    "posture",
    "programme",
    "reviews",
  ]);
  const label = useLabel();
  const { workspace } = useMe();
  const waiting = useInboxCount();
  const running = useRunningCount();
  const alerts = useAlertCount();
  const letter = letters(workspace);
  const may = (duty: string) => workspace.duties.includes(duty);
  // Whoever comes from outside has one room, and is asked nothing else.
  const outside = may("assessment.assess");
  const reviews = useOwnReviewCount(!outside);
  const some = (has: (object: ObjectForm) => boolean) => workspace.objects.some(has);
  const lists = (room: Room): NavItem[] =>
    workspace.objects
      .filter((object) => roomOf(object) === room)
      // What is moved forward every day comes first, what is set once a quarter last.
      .sort((a, b) => rank(a) - rank(b))
      .map((object) => ({
        key: object.name,
        label: label(object.label),
        icon: ICONS[object.name] ?? <ObjectIcon />,
        to: `/records/${object.name}`,
        ...(letter.has(object.name) ? { letter: letter.get(object.name) as string } : {}),
      }));
  if (outside)
    return [
      {
        key: "home",
        items: [
          { key: "assessments", label: t("nav.assessments"), icon: <PlanIcon />, to: "/assessments", letter: "h" },
        ],
      },
    ];
  const groups: NavGroup[] = [
    {
      key: "home",
      items: [
        { key: "home", label: t("nav.home"), icon: <HomeIcon />, to: "/", letter: "h" },
        ...(some((o) => o.process.dashboard !== undefined)
          ? [{ key: "dashboards", label: t("dashboards:title"), icon: <DashboardIcon />, to: "/dashboards" }]
          : []),
      ],
    },
    {
      key: "customers",
      label: t("nav.customers"),
      items: [
        ...lists("customers"),
        ...(some((o) => o.process.pool !== undefined)
          ? [{ key: "pools", label: t("process:nav.pools"), icon: <PoolIcon />, to: "/pools" }]
          : []),
      ],
    },
    { key: "sales", label: t("nav.sales"), items: lists("sales") },
    { key: "records", label: t("nav.records"), items: lists("records") },
    {
      key: "mine",
      label: t("nav.mine"),
      items: [
        {
          key: "requests",
          label: t("requests:nav.requests"),
          icon: <RequestIcon />,
          to: "/requests",
          count: waiting,
          counted: t("requests:count", { count: waiting }),
        },
        ...lists("mine"),
        ...(some((o) => o.actions.includes("import"))
          ? [{ key: "imports", label: t("imports:nav"), icon: <UploadIcon />, to: "/imports" }]
          : []),
        ...(some((o) => o.actions.includes("export")) || may("audit.read")
          ? [{ key: "exports", label: t("exports:nav"), icon: <DownloadIcon />, to: "/exports" }]
          : []),
        ...(some((o) => o.actions.includes("create"))
          ? [
              {
                key: "jobs",
                label: t("jobs:title"),
                icon: <JobIcon />,
                to: "/jobs",
                count: running,
                counted: t("jobs:running"),
              },
            ]
          : []),
        ...(may("assessment.answer")
          ? [{ key: "own-assessments", label: t("nav.assessmentsMine"), icon: <TaskIcon />, to: "/assessments/mine" }]
          : []),
        { key: "training", label: t("training:nav"), icon: <TrainingIcon />, to: "/training" },
        ...(reviews > 0
          ? [
              {
                key: "own-reviews",
                label: t("reviews:navMine"),
                icon: <ReviewIcon />,
                to: "/reviews/mine",
                count: reviews,
                counted: t("reviews:count", { count: reviews }),
              },
            ]
          : []),
      ],
    },
  ];
  groups.push({
    key: "audit",
    label: t("audit:nav.group"),
    items: [
      ...(may("alert.read")
        ? [
            {
              key: "alerts",
              label: t("alerts:nav"),
              icon: <AlertIcon />,
              to: "/alerts",
              count: alerts,
              counted: t("alerts:count", { count: alerts }),
            },
          ]
        : []),
      ...(may("case.read") ? [{ key: "cases", label: t("cases:title"), icon: <CaseIcon />, to: "/cases" }] : []),
      ...(may("report.read")
        ? [{ key: "reports", label: t("reports:title"), icon: <ContractIcon />, to: "/reports" }]
        : []),
      ...(may("finding.read")
        ? [{ key: "findings", label: t("findings:title"), icon: <BugIcon />, to: "/findings" }]
        : []),
      ...(may("programme.read")
        ? [
            { key: "oversight", label: t("programme:oversight"), icon: <DashboardIcon />, to: "/oversight" },
            { key: "programme", label: t("programme:title"), icon: <ProgrammeIcon />, to: "/programme" },
          ]
        : []),
      ...(may("posture.read")
        ? [{ key: "posture", label: t("posture:title"), icon: <PostureIcon />, to: "/posture" }]
        : []),
      ...(may("review.read")
        ? [{ key: "reviews", label: t("reviews:nav"), icon: <ReviewIcon />, to: "/reviews" }]
        : []),
      ...(may("leaver.read")
        ? [{ key: "leavers", label: t("nav.leavers"), icon: <TracksIcon />, to: "/leavers" }]
        : []),
      ...(may("assessment.read")
        ? [{ key: "assessments", label: t("nav.assessments"), icon: <PlanIcon />, to: "/assessments" }]
        : []),
      ...(may("rights.read")
        ? [{ key: "rightsizing", label: t("nav.sizing"), icon: <FilterIcon />, to: "/access/rightsizing" }]
        : []),
      ...(may("audit.read")
        ? [
            { key: "log", label: t("audit:nav.log"), icon: <AuditIcon />, to: "/audit/log" },
            { key: "seen", label: t("audit:nav.seen"), icon: <EyeIcon />, to: "/audit/seen" },
            { key: "did", label: t("audit:nav.did"), icon: <TracksIcon />, to: "/audit/users" },
            { key: "counts", label: t("audit:nav.counts"), icon: <CountsIcon />, to: "/audit/counts" },
            { key: "ledger", label: t("audit:nav.ledger"), icon: <LedgerIcon />, to: "/audit/ledger" },
          ]
        : []),
      ...(may("alert.read")
        ? [{ key: "detection", label: t("detection:nav"), icon: <DetectionIcon />, to: "/detection/rules" }]
        : []),
      ...(may("feed.manage") ? [{ key: "feeds", label: t("feeds:nav"), icon: <SystemIcon />, to: "/feeds" }] : []),
      ...(may("access.explain")
        ? [{ key: "reasons", label: t("access:reasons.title"), icon: <CheckIcon />, to: "/audit/reasons" }]
        : []),
      ...(may("directory.read")
        ? [{ key: "audit-policy", label: t("auditPolicy:nav"), icon: <AuditPolicyIcon />, to: "/audit/policy" }]
        : []),
    ],
  });
  groups.push({
    key: "people",
    label: t("people:nav.group"),
    items: [
      ...(may("access.explain")
        ? [
            { key: "why", label: t("access:nav"), icon: <HelpIcon />, to: "/access/why" },
            { key: "grants", label: t("requests:nav.grants"), icon: <GrantIcon />, to: "/access/grants" },
          ]
        : []),
      ...(may("response.take") || may("canary.manage") || may("detection.manage")
        ? [{ key: "responses", label: t("responses:nav"), icon: <LockIcon />, to: "/responses" }]
        : []),
      ...(may("directory.read")
        ? [
            { key: "people", label: t("people:nav.people"), icon: <PeopleIcon />, to: "/people" },
            ...(may("setting.manage")
              ? [{ key: "pool-rules", label: t("process:nav.poolRules"), icon: <PoolIcon />, to: "/pools/rules" }]
              : []),
            { key: "roles", label: t("people:nav.roles"), icon: <SafetyIcon />, to: "/roles" },
            { key: "objects", label: t("objects:title"), icon: <TableIcon />, to: "/objects" },
          ]
        : []),
      ...(may("key.manage") || may("backup")
        ? [{ key: "custody", label: t("custody:nav"), icon: <PasswordIcon />, to: "/keys" }]
        : []),
      ...(may("object.manage")
        ? [{ key: "automations", label: t("automations:nav"), icon: <AutomationIcon />, to: "/settings/automations" }]
        : []),
      ...(may("setting.manage")
        ? [
            { key: "flows", label: t("requests:nav.flows"), icon: <FlowIcon />, to: "/requests/flows" },
            { key: "settings", label: t("settings:title"), icon: <SettingsIcon />, to: "/settings" },
          ]
        : []),
    ],
  });
  groups.push({ key: "help", items: [{ key: "help", label: t("help:title"), icon: <GuideIcon />, to: "/help" }] });
  return groups.filter((group) => group.items.length > 0);
}
