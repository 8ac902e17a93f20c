// Assessments by third parties: all of them, one, and the questions that are one's own to answer.

import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "@/app/lazyPage";
import { rootRoute } from "@/app/root";
import { needs } from "@/shared/needs";

const listRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/assessments",
  beforeLoad: needs("assessment.read"),
  component: lazyPage("assessments", () => import("./AssessmentsPage").then((m) => m.AssessmentsPage)),
});

const ownRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/assessments/mine",
  beforeLoad: needs("assessment.answer"),
  component: lazyPage("own-assessments", () => import("./OwnPage").then((m) => m.OwnPage)),
});

const oneRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/assessments/$id",
  beforeLoad: needs("assessment.read"),
  component: lazyPage("assessment", () => import("./AssessmentPage").then((m) => m.AssessmentPage)),
});

export const assessmentRoutes = [listRoute, ownRoute, oneRoute] as const;
