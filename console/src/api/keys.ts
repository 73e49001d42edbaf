/** Names of what is read, so that a change finds it. */
export const keys = {
  session: ["session"] as const,
  home: ["home"] as const,
  homeOf: (window?: { readonly from: number; readonly to: number }) =>
    ["home", window?.from, window?.to] as const,
  workflows: ["workflows"] as const,
  approvals: ["approvals"] as const,
  audit: (filter: object) => ["approvals", "audit", filter] as const,
  executions: (filter: string) => ["executions", filter] as const,
  stateStatistics: (arn: string) => ["workflows", arn, "states"] as const,
  jobs: ["jobs"] as const,
  job: (id: string) => ["jobs", id] as const,
  execution: (arn: string) => ["execution", arn, "view"] as const,
  visits: (arn: string) => ["execution", arn, "visits"] as const,
  events: (arn: string) => ["execution", arn, "events"] as const,
  mapRuns: ["mapRuns"] as const,
  mapRun: (arn: string) => ["mapRuns", arn, "view"] as const,
  mapRunChildren: (arn: string, filter: object) => ["mapRuns", arn, "children", filter] as const,
  mapRunMask: (arn: string, filter: object) => ["mapRuns", arn, "mask", filter] as const,
  mapRunTimes: (arn: string) => ["mapRuns", arn, "times"] as const,
  inlineItems: (arn: string, visit: number) => ["execution", arn, "items", visit] as const,
  metrics: (minutes: number, window?: { readonly from: number; readonly to: number }) =>
    ["metrics", minutes, window?.from, window?.to] as const,
  health: ["health"] as const,
  about: ["settings", "about"] as const,
  callTargets: ["settings", "call-targets"] as const,
  storage: ["settings", "storage"] as const,
};
