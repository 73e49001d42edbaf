import { en as live } from "./features/live.ts";
import { en as graph } from "./features/graph.ts";
import { en as imports } from "./features/import.ts";
import { en as runHead } from "./features/runHead.ts";
import { en as compare } from "./features/compare.ts";
import { en as home } from "./features/home.ts";
import { en as workflows } from "./features/workflows.ts";
import { en as executions } from "./features/executions.ts";
import { en as execution } from "./features/execution.ts";
import { en as approvals } from "./features/approvals.ts";
import { en as mapRuns } from "./features/mapRuns.ts";
import { en as activities } from "./features/activities.ts";
import { en as metrics } from "./features/metrics.ts";
import { en as settings } from "./features/settings.ts";
import { en as run } from "./features/run.ts";
import { en as json } from "./features/json.ts";
import { en as inspector } from "./features/inspector.ts";
import { en as start } from "./features/start.ts";
import { en as editing } from "./features/editing.ts";
import { en as rollout } from "./features/rollout.ts";
import { en as monitoring } from "./features/monitoring.ts";
import { en as workflowList } from "./features/workflowList.ts";
import { en as startMany } from "./features/startMany.ts";

/** Every text of the console. Other languages have the same members: see `catalogue.ts`. */
export const en = {
  app: {
    name: "Stepwell",
    skipToContent: "Skip to content",
    search: "Search or paste an ARN",
    loading: "Loading",
    retry: "Try again",
    close: "Close",
    cancel: "Cancel",
    copy: "Copy",
    copied: "Copied",
    more: "More",
    open: "Open",
    back: "Back",
    none: "none",
    of: (a: string, b: string) => `${a} of ${b}`,
    notFound: "There is no such page",
    notFoundHint: "The address leads nowhere in this console.",
    failed: "This could not be read",
    menu: "Menu",
    theme: "Theme",
    language: "Language",
    help: "Keys",
    actions: "Actions",
    collapse: "Collapse the navigation",
    expand: "Expand the navigation",
  },
  theme: { system: "System", light: "Light", dark: "Dark", contrast: "High contrast" },
  nav: {
    home: "Home",
    workflows: "Workflows",
    executions: "Executions",
    approvals: "Approvals",
    mapRuns: "Map Runs",
    activities: "Activities",
    metrics: "Metrics",
    settings: "Settings",
  },
  live,
  status: {
    RUNNING: "Running",
    SUCCEEDED: "Succeeded",
    FAILED: "Failed",
    TIMED_OUT: "Timed out",
    ABORTED: "Aborted",
    PENDING_REDRIVE: "Pending redrive",
    running: "Running",
    waiting: "Waiting",
    retrying: "Retrying",
    succeeded: "Succeeded",
    caught: "Caught",
    failed: "Failed",
    aborted: "Aborted",
    scheduled: "Scheduled",
    pending: "Pending",
    notEntered: "Not entered",
  },
  time: {
    now: "now",
    started: "Started",
    ended: "Ended",
    duration: "Duration",
    ago: (text: string) => `${text} ago`,
  },
  graph,
  imports,
  home,
  workflows,
  executions,
  execution,
  compare,
  runHead,
  approvals,
  mapRuns,
  activities,
  metrics,
  settings,
  run,
  json,
  inspector,
  start,
  editing,
  rollout,
  monitoring,
  workflowList,
  startMany,
} as const;
