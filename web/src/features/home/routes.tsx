import { createRoute, redirect } from "@tanstack/react-router";
import { rootRoute } from "@/app/root";
import { HomePage } from "./HomePage";

export const homeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/",
  // The home of whoever comes from outside is what they were named for.
  beforeLoad: ({ context }) => {
    if (context.workspace.duties.includes("assessment.assess")) throw redirect({ to: "/assessments" });
  },
  component: HomePage,
});
