// All pages. A feature adds its routes here, and its navigation in navigation.tsx.

import { createRouter } from "@tanstack/react-router";
import { accessRoute, reasonsRoute } from "@/features/access/routes";
import { accountRoute } from "@/features/account/routes";
import { alertRoutes } from "@/features/alerts/routes";
import { assessmentRoutes } from "@/features/assessments/routes";
import { auditRoutes } from "@/features/audit/routes";
import { auditPolicyRoute } from "@/features/auditPolicy/routes";
import { automationsRoute } from "@/features/automations/routes";
import { caseRoutes } from "@/features/cases/routes";
import { custodyRoute } from "@/features/custody/routes";
import { dashboardRoutes } from "@/features/dashboards/routes";
import { detectionNewRoute, detectionRoute, detectionRuleRoute } from "@/features/detection/routes";
import { duplicateRoutes } from "@/features/duplicates/routes";
import { exportRoutes } from "@/features/exports/routes";
import { feedsRoute } from "@/features/feeds/routes";
import { findingRoutes } from "@/features/findings/routes";
import { handoverRoutes } from "@/features/handover/routes";
import { helpRoutes } from "@/features/help/routes";
import { homeRoute } from "@/features/home/routes";
import { importRoutes } from "@/features/imports/routes";
import { jobRoutes } from "@/features/jobs/routes";
import { leaverRoutes } from "@/features/leavers/routes";
import { noticesRoute } from "@/features/notices/routes";
import { objectRoutes } from "@/features/objects/routes";
import { peopleRoutes } from "@/features/people/routes";
import { postureRoute } from "@/features/posture/routes";
import { processRoutes } from "@/features/process/routes";
import { programmeRoutes } from "@/features/programme/routes";
import { recordRoutes } from "@/features/records/routes";
import { replayRoute } from "@/features/replay/routes";
import { reportRoutes } from "@/features/reports/routes";
import { requestRoutes } from "@/features/requests/routes";
import { responsesRoute } from "@/features/responses/routes";
import { reviewRoutes } from "@/features/reviews/routes";
import { settingsRoute } from "@/features/settings/routes";
import { sizingRoute } from "@/features/sizing/routes";
import { trainingRoutes } from "@/features/training/routes";
import { rootRoute } from "./root";
import { NoSuchPage, PageFailed } from "./shell/PageFailed";

const routeTree = rootRoute.addChildren([
  homeRoute,
  ...recordRoutes,
  ...duplicateRoutes,
  ...auditRoutes,
  ...alertRoutes,
  auditPolicyRoute,
  custodyRoute,
  responsesRoute,
  feedsRoute,
  accessRoute,
  reasonsRoute,
  ...peopleRoutes,
  replayRoute,
  ...handoverRoutes,
  ...objectRoutes,
  settingsRoute,
  automationsRoute,
  detectionRoute,
  detectionNewRoute,
  detectionRuleRoute,
  ...exportRoutes,
  ...jobRoutes,
  ...helpRoutes,
  ...processRoutes,
  ...requestRoutes,
  noticesRoute,
  ...caseRoutes,
  ...trainingRoutes,
  postureRoute,
  ...programmeRoutes,
  ...reviewRoutes,
  ...leaverRoutes,
  ...assessmentRoutes,
  sizingRoute,
  ...reportRoutes,
  ...findingRoutes,
  ...dashboardRoutes,
  ...importRoutes,
  accountRoute,
]);

export const router = createRouter({
  routeTree,
  context: { workspace: { duties: [], objects: [], roles: [], departments: [] } },
  defaultNotFoundComponent: NoSuchPage,
  defaultErrorComponent: PageFailed,
  scrollRestoration: true,
  // A page is asked for when it is opened: looking ahead would be recorded as looking.
  defaultPreload: false,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
