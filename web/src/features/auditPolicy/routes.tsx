import { createRoute } from "@tanstack/react-router";
import { lazyPage } from "@/app/lazyPage";
import { rootRoute } from "@/app/root";
import { needs } from "@/shared/needs";

export const auditPolicyRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/audit/policy",
  beforeLoad: needs("directory.read"),
  component: lazyPage("AuditPolicyPage", () => import("./AuditPolicyPage").then((m) => m.AuditPolicyPage)),
});
