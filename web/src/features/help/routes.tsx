import { createRoute, notFound } from "@tanstack/react-router";
import { lazyPage } from "@/app/lazyPage";
import { rootRoute } from "@/app/root";
import { PAGES } from "./pages";

const component = lazyPage("HelpPage", () => import("./HelpPage").then((m) => m.HelpPage));

const helpRoute = createRoute({ getParentRoute: () => rootRoute, path: "/help", component });
const helpPageRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/help/$page",
  beforeLoad: ({ params }) => {
    if (!PAGES.some((page) => page === params.page)) throw notFound();
  },
  component,
});

export const helpRoutes = [helpRoute, helpPageRoute] as const;
