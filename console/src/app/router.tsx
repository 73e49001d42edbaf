import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  redirect,
} from "@tanstack/react-router";
import { basePath } from "../api/client.ts";
import { accessSearch } from "../pages/access/access-search.ts";
import { auditSearch } from "../pages/audit/audit-search.ts";
import { compareSearch } from "../pages/compare/compare-search.ts";
import { approvalSearch } from "../pages/approvals/approval-search.ts";
import { executionSearch } from "../pages/execution/execution-search.ts";
import { designerSearch } from "../pages/designer/designer-search.ts";
import { homeSearch } from "../pages/home/home-search.ts";
import { workflowSearch, workflowsSearch } from "../pages/workflows/workflows-search.ts";
import { part } from "./missing-part.ts";
import { NotFound } from "./not-found.tsx";
import { PageFailure } from "./page-failure.tsx";
import { mapRunSearch } from "../pages/map-runs/map-run-search.ts";
import { stacksSearch } from "../pages/stacks/stacks-search.ts";
import { standInsSearch } from "../pages/stand-ins/stand-ins-search.ts";
import { triggersSearch } from "../pages/triggers/triggers-search.ts";
import { costSearch } from "../pages/cost/cost-search.ts";
import { metricsSearch } from "../pages/metrics/metrics-search.ts";
import { Root } from "./shell.tsx";

const root = createRootRoute({ component: Root, notFoundComponent: NotFound });

const home = createRoute({
  getParentRoute: () => root,
  path: "/",
  validateSearch: homeSearch,
  component: lazyRouteComponent(
    part(() => import("../pages/home/home-page.tsx")),
    "HomePage",
  ),
});

const workflows = createRoute({
  getParentRoute: () => root,
  path: "/workflows",
  validateSearch: workflowsSearch,
  component: lazyRouteComponent(
    part(() => import("../pages/workflows/workflows-page.tsx")),
    "WorkflowsPage",
  ),
});

const workflow = createRoute({
  getParentRoute: () => root,
  path: "/workflows/$arn",
  validateSearch: workflowSearch,
  component: lazyRouteComponent(
    part(() => import("../pages/workflows/workflow-page.tsx")),
    "WorkflowPage",
  ),
});

const design = createRoute({
  getParentRoute: () => root,
  path: "/workflows/$arn/design",
  validateSearch: designerSearch,
  component: lazyRouteComponent(
    part(() => import("../pages/designer/designer-page.tsx")),
    "DesignerPage",
  ),
});

const designNew = createRoute({
  getParentRoute: () => root,
  path: "/design",
  validateSearch: designerSearch,
  component: lazyRouteComponent(
    part(() => import("../pages/designer/designer-page.tsx")),
    "NewWorkflowPage",
  ),
});

const executions = createRoute({
  getParentRoute: () => root,
  path: "/executions",
  validateSearch: (
    search,
  ): { readonly q?: string; readonly group?: string; readonly job?: string } => ({
    ...optional(search, "q"),
    ...optional(search, "group"),
    ...optional(search, "job"),
  }),
  component: lazyRouteComponent(
    part(() => import("../pages/executions/executions-page.tsx")),
    "ExecutionsPage",
  ),
});

const execution = createRoute({
  getParentRoute: () => root,
  path: "/executions/$arn",
  validateSearch: executionSearch,
  component: lazyRouteComponent(
    part(() => import("../pages/execution/execution-page.tsx")),
    "ExecutionPage",
  ),
});

const compareExecutions = createRoute({
  getParentRoute: () => root,
  path: "/executions/compare",
  validateSearch: compareSearch,
  component: lazyRouteComponent(
    part(() => import("../pages/compare/compare-page.tsx")),
    "ComparePage",
  ),
});

const approvals = createRoute({
  getParentRoute: () => root,
  path: "/approvals",
  validateSearch: approvalSearch,
  component: lazyRouteComponent(
    part(() => import("../pages/approvals/approvals-page.tsx")),
    "ApprovalsPage",
  ),
});

const mapRuns = createRoute({
  getParentRoute: () => root,
  path: "/map-runs",
  validateSearch: (search): { readonly q?: string; readonly status?: string } => ({
    ...optional(search, "q"),
    ...optional(search, "status"),
  }),
  component: lazyRouteComponent(
    part(() => import("../pages/map-runs/map-runs-page.tsx")),
    "MapRunsPage",
  ),
});

const mapRun = createRoute({
  getParentRoute: () => root,
  path: "/map-runs/$arn",
  validateSearch: mapRunSearch,
  component: lazyRouteComponent(
    part(() => import("../pages/map-runs/map-run-page.tsx")),
    "MapRunPage",
  ),
});

const activities = createRoute({
  getParentRoute: () => root,
  path: "/activities",
  validateSearch: (
    search,
  ): {
    readonly q?: string | undefined;
    readonly take?: string | undefined;
    readonly create?: true | undefined;
  } => ({
    ...optional(search, "q"),
    ...optional(search, "take"),
    ...(search["create"] === true && { create: true }),
  }),
  component: lazyRouteComponent(
    part(() => import("../pages/activities/activities-page.tsx")),
    "ActivitiesPage",
  ),
});

const metrics = createRoute({
  getParentRoute: () => root,
  path: "/metrics",
  validateSearch: metricsSearch,
  component: lazyRouteComponent(
    part(() => import("../pages/metrics/metrics-page.tsx")),
    "MetricsPage",
  ),
});

const alerts = createRoute({
  getParentRoute: () => root,
  path: "/alerts",
  component: lazyRouteComponent(
    part(() => import("../pages/alerts/alerts-page.tsx")),
    "AlertsPage",
  ),
});

const cost = createRoute({
  getParentRoute: () => root,
  path: "/cost",
  validateSearch: costSearch,
  component: lazyRouteComponent(
    part(() => import("../pages/cost/cost-page.tsx")),
    "CostPage",
  ),
});

const audit = createRoute({
  getParentRoute: () => root,
  path: "/audit",
  validateSearch: auditSearch,
  component: lazyRouteComponent(
    part(() => import("../pages/audit/audit-page.tsx")),
    "AuditPage",
  ),
});

const stacks = createRoute({
  getParentRoute: () => root,
  path: "/stacks",
  validateSearch: stacksSearch,
  component: lazyRouteComponent(
    part(() => import("../pages/stacks/stacks-page.tsx")),
    "StacksPage",
  ),
});

const triggers = createRoute({
  getParentRoute: () => root,
  path: "/triggers",
  validateSearch: triggersSearch,
  component: lazyRouteComponent(
    part(() => import("../pages/triggers/triggers-page.tsx")),
    "TriggersPage",
  ),
});

const functions = createRoute({
  getParentRoute: () => root,
  path: "/functions",
  validateSearch: (search): { readonly open?: string } => optional(search, "open"),
  component: lazyRouteComponent(
    part(() => import("../pages/functions/functions-page.tsx")),
    "FunctionsPage",
  ),
});

const standIns = createRoute({
  getParentRoute: () => root,
  path: "/stand-ins",
  validateSearch: standInsSearch,
  component: lazyRouteComponent(
    part(() => import("../pages/stand-ins/stand-ins-page.tsx")),
    "StandInsPage",
  ),
});

const settings = createRoute({
  getParentRoute: () => root,
  path: "/settings",
  component: lazyRouteComponent(
    part(() => import("../pages/settings/settings-page.tsx")),
    "SettingsPage",
  ),
});

const access = createRoute({
  getParentRoute: () => root,
  path: "/access",
  validateSearch: accessSearch,
  component: lazyRouteComponent(
    part(() => import("../pages/access/access-page.tsx")),
    "AccessPage",
  ),
});

const signIn = createRoute({
  getParentRoute: () => root,
  path: "/sign-in",
  component: lazyRouteComponent(
    part(() => import("../pages/sign-in/sign-in-page.tsx")),
    "SignInPage",
  ),
});

const signedIn = createRoute({
  getParentRoute: () => root,
  path: "/signed-in",
  component: lazyRouteComponent(
    part(() => import("../pages/sign-in/sign-in-page.tsx")),
    "SignedInPage",
  ),
});

const importHistory = createRoute({
  getParentRoute: () => root,
  path: "/import",
  validateSearch: executionSearch,
  component: lazyRouteComponent(
    part(() => import("../pages/import/import-page.tsx")),
    "ImportPage",
  ),
});

/** Any ARN leads to what it names. */
const go = createRoute({
  getParentRoute: () => root,
  path: "/go/$arn",
  beforeLoad({ params: { arn } }) {
    const type = arn.split(":")[5];
    if (type === "execution" || type === "express")
      throw redirect({ to: "/executions/$arn", params: { arn } });
    if (type === "mapRun") throw redirect({ to: "/map-runs/$arn", params: { arn } });
    if (type === "activity") throw redirect({ to: "/activities" });
    if (type === "stateMachine") {
      // A version's or an alias's page is that of its workflow.
      const plain = arn.split(":").slice(0, 7).join(":");
      throw redirect({ to: "/workflows/$arn", params: { arn: plain } });
    }
  },
  component: NotFound,
});

export const router = createRouter({
  routeTree: root.addChildren([
    home,
    workflows,
    workflow,
    design,
    designNew,
    executions,
    execution,
    compareExecutions,
    approvals,
    mapRuns,
    mapRun,
    activities,
    metrics,
    alerts,
    cost,
    audit,
    triggers,
    functions,
    stacks,
    standIns,
    settings,
    importHistory,
    access,
    signIn,
    signedIn,
    go,
  ]),
  basepath: basePath,
  defaultPreload: "intent",
  defaultErrorComponent: PageFailure,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}

function optional<N extends string>(
  search: Readonly<Record<string, unknown>>,
  name: N,
): { readonly [K in N]?: string } {
  const value = search[name];
  return (value === undefined ? {} : { [name]: String(value) }) as { readonly [K in N]?: string };
}
