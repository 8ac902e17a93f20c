import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "@/app/lazyPage";
import { rootRoute } from "@/app/root";
import { known } from "@/shared/address";
import { needs } from "@/shared/needs";
import { readCasesSearch } from "./search";

const casesRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/cases",
  beforeLoad: needs("case.read"),
  validateSearch: known(readCasesSearch),
  component: lazyPage("CasesPage", () => import("./CasesPage").then((m) => m.CasesPage)),
});
const caseRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/cases/$id",
  beforeLoad: needs("case.read"),
  component: lazyPage("CasePage", () => import("./CasePage").then((m) => m.CasePage)),
});
// One's own: everybody may be asked.
const questionsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/questions",
  component: lazyPage("QuestionsPage", () => import("./QuestionsPage").then((m) => m.QuestionsPage)),
});
const questionRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/questions/$id",
  component: lazyPage("QuestionPage", () => import("./QuestionPage").then((m) => m.QuestionPage)),
});

export const caseRoutes = [casesRoute, caseRoute, questionsRoute, questionRoute] as const;
