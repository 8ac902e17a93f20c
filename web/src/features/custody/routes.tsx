import { createRoute, notFound } from "@tanstack/react-router";
import { lazyPage } from "@/app/lazyPage";
import { rootRoute } from "@/app/root";

export const custodyRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/keys",
  beforeLoad: ({ context }) => {
    const { duties } = context.workspace;
    if (!duties.includes("key.manage") && !duties.includes("backup")) throw notFound();
  },
  component: lazyPage("CustodyPage", () => import("./CustodyPage").then((m) => m.CustodyPage)),
});
