import { pageOf } from "./arns.ts";
import type { SampleData } from "./sample-data.ts";
import type { SampleTriggers } from "./sample-triggers.ts";

/** A page by a name for it: what follows the console's address, or a whole one. */
export type Pages = Readonly<Record<string, string>>;

const tabsOf = (name: string, page: string, parameter: string, tabs: readonly string[]): Pages =>
  Object.fromEntries(tabs.map((tab) => [`${name}-${tab}`, `${page}?${parameter}=${tab}`]));

/** Those that are there whatever there is to show. */
export const placesOfConsole: Pages = {
  home: "/",
  workflows: "/workflows",
  executions: "/executions",
  "executions-grouped": "/executions?group=error",
  approvals: "/approvals",
  "approvals-mine": "/approvals?tab=mine",
  "approvals-done": "/approvals?tab=done",
  "approvals-audit": "/approvals?tab=audit",
  "map-runs": "/map-runs",
  activities: "/activities",
  ...tabsOf("triggers", "/triggers", "tab", [
    "schedules",
    "rules",
    "pipes",
    "routes",
    "deliveries",
    "archives",
  ]),
  functions: "/functions",
  stacks: "/stacks",
  metrics: "/metrics",
  alerts: "/alerts",
  cost: "/cost",
  access: "/access",
  settings: "/settings",
  "not-found": "/nowhere",
};

/** Triggers that are opened. */
export const triggerPages = ({ schedule, rule, pipe }: SampleTriggers): Pages => ({
  schedule: `/triggers?open=${encodeURIComponent(schedule)}`,
  rule: `/triggers?tab=rules&open=${encodeURIComponent(rule)}`,
  pipe: `/triggers?tab=pipes&open=${encodeURIComponent(pipe)}`,
});

export const workflowPages = (arn: string): Pages => {
  const page = pageOf("workflows", arn);
  const tabs = [
    "executions",
    "versions",
    "triggers",
    "monitoring",
    "configuration",
    "definition",
    "code",
  ];
  return {
    workflow: page,
    ...tabsOf("workflow", page, "tab", tabs),
    "workflow-difference": `${page}?tab=versions&diff=graph`,
    "workflow-edit": `${page}?tab=definition&edit=definition`,
    "workflows-peek": `/workflows?peek=${encodeURIComponent(arn)}`,
  };
};

/** What a new workflow begins with. */
export const startersOfDesigner: Pages = {
  starters: "/design",
  "designer-empty": "/design?starter=blank",
};

/** The designer with a workflow open: its modes, a state's fields, and what tries it. */
export const designerPages = (arn: string, key: string): Pages => {
  const page = `${pageOf("workflows", arn)}/design`;
  const state = `state=${encodeURIComponent(key)}`;
  return {
    ...tabsOf("designer", page, "mode", ["code", "split", "config"]),
    "designer-state": `${page}?${state}`,
    "designer-test": `${page}?tool=test&${state}`,
    ...tabsOf("designer", page, "tool", ["cases", "simulate"]),
  };
};

export const executionPages = (arn: string, name = "execution"): Pages => {
  const page = pageOf("executions", arn);
  return { [name]: page, ...tabsOf(name, page, "page", ["events", "definition"]) };
};

export const comparisonOf = (a: string, b: string): string =>
  `/executions/compare?a=${encodeURIComponent(a)}&b=${encodeURIComponent(b)}`;

/** Every page, and every tab of one. */
export const allPages = (data: SampleData): Pages => ({
  ...placesOfConsole,
  ...workflowPages(data.workflow),
  ...startersOfDesigner,
  ...designerPages(data.workflow, "/Charge payment"),
  ...executionPages(data.succeeded),
  "execution-failed": pageOf("executions", data.failed),
  "execution-waiting": pageOf("executions", data.waiting),
  "execution-family": `${pageOf("executions", data.parent)}?family=true`,
  compare: comparisonOf(data.succeeded, data.failed),
  "compare-definition": `${comparisonOf(data.parent, data.failed)}&tab=definition`,
  "compare-choose": "/executions/compare",
  "execution-map": pageOf("executions", data.inlineMap),
  "map-run": pageOf("map-runs", data.mapRun),
  "map-run-item": `${pageOf("map-runs", data.mapRun)}?item=5&look=true`,
  "map-run-table": `${pageOf("map-runs", data.mapRun)}?view=table`,
  ...triggerPages(data.triggers),
  link: data.link,
  "link-decided": data.decidedLink,
});

/** Does something with each page, two at a time: while one is being read the other is being looked at. */
export async function withEach(
  pages: Pages,
  begin: () => Promise<(name: string, path: string) => Promise<void>>,
): Promise<void> {
  const left = Object.entries(pages);
  const visit = async (): Promise<void> => {
    const look = await begin();
    for (let next = left.shift(); next !== undefined; next = left.shift()) await look(...next);
  };
  await Promise.all([visit(), visit()]);
}
