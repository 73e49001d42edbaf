export const cost = {
  title: "Cost",
  hint: "What workflows used in a month, and what AWS would have charged for it. Nothing is charged here.",
  by: "Grouped by",
  groupings: { machine: "Workflow", version: "Version", alias: "Alias" },
  tag: (key: string) => `Tag ${key}`,
  month: "Month",
  of: (month: string) => `Usage of ${month}`,
  key: "Name",
  noKey: "(none)",
  columns: {
    executions: "Executions",
    transitions: "Transitions",
    requests: "Express requests",
    gbSeconds: "GB-seconds",
    mapRuns: "Map Runs",
  },
  charge: "At AWS",
  total: "Total",
  prices: (region: string, date: string, free: string) =>
    `List prices of ${region} of ${date}. Not in it: what is free of the month’s transitions (${free}), called services, logs and data.`,
  byState:
    "Months are not counted by state: it would be one count more for each state of each workflow, for good. What each state cost in the last 24 hours is in the overlay Cost of a Standard workflow’s graph; what it cost in one execution is beside the state.",
  none: (month: string) => `Nothing was used in ${month}`,
  noneHint: "Start an execution, and what it used is here at once.",
  off: "Nothing is counted",
  offHint: "This server was started without counting usage.",
};
