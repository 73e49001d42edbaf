export const alerts = {
  title: "Alerts",
  hint: "Conditions that are looked at each minute, and who is told when they change.",
  alerts: "Alerts of the configuration",
  alarms: "CloudWatch alarms",
  since: (when: string) => `since ${when}`,
  read: (value: string) => `read: ${value}`,
  executions: "Executions",
  all: "all workflows",
  firing: "Firing",
  quiet: "Quiet",
  alarmStates: { OK: "OK", ALARM: "In alarm", INSUFFICIENT_DATA: "Too little data" },
  when: {
    failureRate: (workflow: string, above: string, minutes: string) =>
      `More than ${above} % of ${workflow} failed in ${minutes} min`,
    stuck: (workflow: string, above: string, minutes: string) =>
      `More than ${above} executions of ${workflow} run for over ${minutes} min`,
    backlog: (workflow: string, above: string, _minutes: string) =>
      `More than ${above} executions of ${workflow} run`,
    noSuccess: (workflow: string, _above: string, minutes: string) =>
      `No execution of ${workflow} succeeded in ${minutes} min`,
  },
  none: "There is nothing to be told of yet",
  noneHint:
    "Write rules under “alerts” of the configuration file, or put alarms with the CloudWatch API of this server.",
};
