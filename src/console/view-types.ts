/**
 * What the server tells the console, and nothing else: the one place that both sides are typed by. Times are
 * milliseconds since the epoch; members that are absent are not known or do not apply.
 */
export * from "./views/activities.ts";
export * from "./views/approvals.ts";
export * from "./views/audit.ts";
export * from "./views/cluster.ts";
export * from "./views/designer.ts";
export * from "./views/designer-try.ts";
export * from "./views/designer-convert.ts";
export * from "./views/execution.ts";
export * from "./views/executions.ts";
export * from "./views/function-logs.ts";
export * from "./views/functions.ts";
export * from "./views/home.ts";
export * from "./views/jobs.ts";
export * from "./views/map-runs.ts";
export * from "./views/metrics.ts";
export * from "./views/people.ts";
export * from "./views/permissions.ts";
export * from "./views/server.ts";
export * from "./views/stacks.ts";
export * from "./views/stand-ins.ts";
export * from "./views/stream.ts";
export * from "./views/telemetry.ts";
export * from "./views/triggers.ts";
export * from "./views/workflows.ts";
