/** What is said of the state that is selected, beside its documents. */
export const inspector = {
  logs: "Logs",
  logsOf: (name: string) => `Output of ${name}`,
  logsAttempt: "Attempt",
  logsSearch: "Find in the output",
  logsFound: (shown: string, all: string) => `${shown} of ${all} lines`,
  logsLines: (all: string) => `${all} lines`,
  logsCopy: "Copy the output",
  logsNone: "It printed nothing.",
  logsNoneYet: "It has printed nothing yet.",
  logsNoMatch: "No line has these words.",
  logsGone: "What it printed is no longer kept: the server keeps the newest output in memory.",
  logsMaybeGone:
    "Earlier lines may be missing: the server keeps the newest output in memory, since it was started.",
  logsCut: "It printed more than is kept of one call: the first lines are gone.",
  logsTimes:
    "Times are when the server read a line, right after it was printed; the two streams are read apart, so that stderr may come a little later.",
  logsError: "stderr",
  logsFailed: "The output could not be read",
  logsLive: "Runs: new lines appear as they are printed",
  logPlaces: {
    file: "A history does not have what functions printed.",
    url: (name: string) =>
      `The function ${name} answers at a URL of your configuration: its output is where that runs.`,
    cloudWatch: "Its output is in CloudWatch Logs, in this log group:",
    cloudWatchHint: (name: string) =>
      `There is no function ${name} on this server, so its calls go to AWS, or to what stands in for it.`,
    activity: "A worker does this task: its output is where the worker runs.",
    http: "The endpoint that is called has logs of its own.",
    execution: "A child execution does this: open it to see its states and their output.",
    service: (service: string) => `${service} does this task, and keeps its own logs.`,
    groups: "They are usually in the log group",
  },
  copyGroup: "Copy the name of the log group",
  variables: "Variables",
  variablesNone: "No variable is in scope here.",
  variablesHint: "As they were when the state was entered, and what it assigned itself.",
  variableHere: "assigned here",
  variableWas: "before",
  assignedBy: "Assigned by",
  assignedAt: (time: string) => `after ${time}`,
  history: (count: string) => `History (${count})`,
  olderMore: "Older values",
  variablesMissing: (count: string) =>
    `${count} states have not been read yet: what they assigned is missing.`,
  variablesRead: "Read more states",
  valueGone: "The value is not kept.",
  difference: "Difference",
  differenceHint: "Marks what differs from the input",
  differenceAttempt: (attempt: string) => `Marks what differs from attempt ${attempt}`,
  expressKept:
    "Express executions are kept in memory, the newest ones, and are gone when the server stops.",
  expressGone: (name: string) => `${name} is not kept`,
  expressGoneWhy:
    "Of Express executions the newest 1,000 are kept in memory, some of each second where many end at once. This one made room for others, or ran before the server was started.",
  expressOthers: (workflow: string) => `Executions of ${workflow}`,
  expressCut:
    "It had more events than are kept of one Express execution: states in the middle are missing.",
} as const;
