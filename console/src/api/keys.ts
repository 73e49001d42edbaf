/** Names of what is read, so that a change finds it. */
export const keys = {
  session: ["session"] as const,
  home: ["home"] as const,
  workflows: ["workflows"] as const,
  approvals: ["approvals"] as const,
  executions: (filter: string) => ["executions", filter] as const,
  stateStatistics: (arn: string) => ["workflows", arn, "states"] as const,
  jobs: ["jobs"] as const,
  job: (id: string) => ["jobs", id] as const,
  execution: (arn: string) => ["execution", arn, "view"] as const,
  visits: (arn: string) => ["execution", arn, "visits"] as const,
  events: (arn: string) => ["execution", arn, "events"] as const,
  mapRuns: ["mapRuns"] as const,
  mapRun: (arn: string) => ["mapRuns", arn, "view"] as const,
  mapRunChildren: (arn: string, status: string | undefined, error: string | undefined) =>
    ["mapRuns", arn, "children", status, error] as const,
  metrics: (minutes: number) => ["metrics", minutes] as const,
  about: ["settings", "about"] as const,
  callTargets: ["settings", "call-targets"] as const,
};
