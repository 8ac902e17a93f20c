// All words, by namespace: for types and tests. A feature adds one line here; what is loaded is found by its path (words.zh.ts).

import * as access from "@/features/access/words";
import * as account from "@/features/account/words";
import * as alerts from "@/features/alerts/words";
import * as assessments from "@/features/assessments/pageWords";
import * as attachments from "@/features/attachments/words";
import * as audit from "@/features/audit/words";
import * as auditPolicy from "@/features/auditPolicy/words";
import * as automations from "@/features/automations/words";
import * as cases from "@/features/cases/words";
import * as channels from "@/features/channels/words";
import * as comments from "@/features/comments/words";
import * as custody from "@/features/custody/words";
import * as dashboards from "@/features/dashboards/words";
import * as detection from "@/features/detection/words";
import * as duplicates from "@/features/duplicates/words";
import * as exports from "@/features/exports/words";
import * as feeds from "@/features/feeds/words";
import * as findings from "@/features/findings/words";
import * as handover from "@/features/handover/words";
import * as help from "@/features/help/words";
import * as home from "@/features/home/words";
import * as imports from "@/features/imports/words";
import * as jobs from "@/features/jobs/words";
import * as leavers from "@/features/leavers/pageWords";
import * as notices from "@/features/notices/words";
import * as objects from "@/features/objects/words";
import * as people from "@/features/people/words";
import * as posture from "@/features/posture/words";
import * as process from "@/features/process/words";
import * as programme from "@/features/programme/words";
import * as views from "@/features/records/views/words";
import * as records from "@/features/records/words";
import * as replay from "@/features/replay/words";
import * as reports from "@/features/reports/words";
import * as requests from "@/features/requests/words";
import * as responses from "@/features/responses/words";
import * as reviews from "@/features/reviews/words";
import * as session from "@/features/session/words";
import * as settings from "@/features/settings/words";
import * as setup from "@/features/setup/words";
import * as sizing from "@/features/sizing/pageWords";
import * as training from "@/features/training/words";
import * as address from "@/shared/address/words";
import * as common from "./common";
import * as terms from "./terms";

export const catalogue = {
  zh: {
    common: common.zh,
    terms: terms.zh,
    session: session.zh,
    address: address.zh,
    account: account.zh,
    home: home.zh,
    records: records.zh,
    alerts: alerts.zh,
    attachments: attachments.zh,
    audit: audit.zh,
    auditPolicy: auditPolicy.zh,
    custody: custody.zh,
    feeds: feeds.zh,
    findings: findings.zh,
    replay: replay.zh,
    responses: responses.zh,
    automations: automations.zh,
    detection: detection.zh,
    channels: channels.zh,
    access: access.zh,
    people: people.zh,
    objects: objects.zh,
    settings: settings.zh,
    posture: posture.zh,
    programme: programme.zh,
    training: training.zh,
    reviews: reviews.zh,
    setup: setup.zh,
    exports: exports.zh,
    duplicates: duplicates.zh,
    jobs: jobs.zh,
    help: help.zh,
    handover: handover.zh,
    process: process.zh,
    reports: reports.zh,
    requests: requests.zh,
    notices: notices.zh,
    cases: cases.zh,
    comments: comments.zh,
    dashboards: dashboards.zh,
    views: views.zh,
    imports: imports.zh,
  },
  en: {
    common: common.en,
    terms: terms.en,
    session: session.en,
    address: address.en,
    account: account.en,
    home: home.en,
    records: records.en,
    alerts: alerts.en,
    attachments: attachments.en,
    audit: audit.en,
    auditPolicy: auditPolicy.en,
    custody: custody.en,
    feeds: feeds.en,
    findings: findings.en,
    replay: replay.en,
    responses: responses.en,
    automations: automations.en,
    detection: detection.en,
    channels: channels.en,
    access: access.en,
    people: people.en,
    objects: objects.en,
    settings: settings.en,
    posture: posture.en,
    programme: programme.en,
    training: training.en,
    reviews: reviews.en,
    setup: setup.en,
    exports: exports.en,
    duplicates: duplicates.en,
    jobs: jobs.en,
    help: help.en,
    handover: handover.en,
    process: process.en,
    reports: reports.en,
    requests: requests.en,
    notices: notices.en,
    cases: cases.en,
    comments: comments.en,
    dashboards: dashboards.en,
    views: views.en,
    imports: imports.en,
  },
} as const;

/** Words that come with their page (`pageWords.ts`, `addWords`). */
export const later = {
  zh: { assessments: assessments.zh, leavers: leavers.zh, sizing: sizing.zh },
  en: { assessments: assessments.en, leavers: leavers.en, sizing: sizing.en },
} as const;
