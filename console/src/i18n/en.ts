import { live } from "./en/live.ts";
import { graph } from "./en/graph.ts";
import { imports } from "./en/import.ts";
import { runHead } from "./en/runHead.ts";
import { compare } from "./en/compare.ts";
import { home } from "./en/home.ts";
import { signIn } from "./en/signIn.ts";
import { access } from "./en/access.ts";
import { workflows } from "./en/workflows.ts";
import { executions } from "./en/executions.ts";
import { execution } from "./en/execution.ts";
import { approvals } from "./en/approvals.ts";
import { mapRuns } from "./en/mapRuns.ts";
import { activities } from "./en/activities.ts";
import { audit } from "./en/audit.ts";
import { metrics } from "./en/metrics.ts";
import { standIns } from "./en/standIns.ts";
import { settings } from "./en/settings.ts";
import { run } from "./en/run.ts";
import { json } from "./en/json.ts";
import { inspector } from "./en/inspector.ts";
import { keyLost } from "./en/keyLost.ts";
import { start } from "./en/start.ts";
import { editing } from "./en/editing.ts";
import { rollout } from "./en/rollout.ts";
import { monitoring } from "./en/monitoring.ts";
import { workflowList } from "./en/workflowList.ts";
import { startMany } from "./en/startMany.ts";

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
    triggers: "Triggers",
    functions: "Functions",
    stacks: "Stacks",
    standIns: "Stand-ins",
    access: "Access",
    audit: "Audit",
    metrics: "Metrics",
    alerts: "Alerts",
    cost: "Cost",
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
  signIn,
  access,
  home,
  workflows,
  executions,
  execution,
  compare,
  runHead,
  approvals,
  mapRuns,
  activities,
  audit,
  metrics,
  standIns,
  settings,
  run,
  json,
  inspector,
  keyLost,
  start,
  editing,
  rollout,
  monitoring,
  workflowList,
  startMany,
} as const;
