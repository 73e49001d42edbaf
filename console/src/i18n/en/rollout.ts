/** How versions did, and how starts are divided among them. */
export const rollout = {
  outcome: "Last 24 hours",
  outcomeOf: (version: string) => `Outcome of version ${version} in the last 24 hours`,
  byAlias: (alias: string) => `Started by ${alias} in the last 24 hours`,
  executions: "Executions",
  failureRate: "Failure rate",
  p95: "p95",
  p95Hint: "95% of the executions took no longer",
  none: "not started",
  unpublished: "Current definition, without a version",
  unpublishedHint: "Executions that were started by the workflow's own ARN",
  saysAll: (alias: string, version: string) =>
    `Every start by ${alias} will run version ${version}.`,
  saysSplit: (alias: string, first: string, a: string, second: string, b: string) =>
    `Of 100 starts by ${alias}, about ${a} will run version ${first} and ${b} version ${second}.`,
  saysRunning: "Executions that run already stay with their version.",
  saysChange: (version: string, before: string, after: string) =>
    `Version ${version}: from ${before} to ${after}`,
  thisAlias: "this alias",
} as const;
