import type { ConsoleApi } from "./console-api.ts";

/** ARNs of what starts a workflow by itself. */
export interface SampleTriggers {
  readonly schedule: string;
  readonly rule: string;
  readonly pipe: string;
}

/** What of the texts of a trigger is somebody's own. */
export interface SampleTexts {
  readonly name?: string;
  readonly description?: string;
  readonly input?: string;
  /** An event's source. */
  readonly source?: string;
}

/** A schedule, a rule whose second target is not there, a pipe without messages, an archive; all of one workflow. */
export async function makeSampleTriggers(
  api: Pick<ConsoleApi, "send">,
  workflow: string,
  {
    name = "nightly",
    description = "Closes the day",
    input = '{"night":true}',
    source = "shop",
  }: SampleTexts = {},
): Promise<SampleTriggers> {
  const [, , , region, accountId] = workflow.split(":");
  const call = <T = object>(operation: string, members: object): Promise<T> =>
    api.send<T>(`services/${operation}`, members);
  const RoleArn = "arn:aws:iam::000000000000:role/trigger";
  const target = { Arn: workflow, RoleArn };
  const { ScheduleArn: schedule } = await call<{ readonly ScheduleArn: string }>(
    "scheduler:CreateSchedule",
    {
      Name: name,
      Description: description,
      ScheduleExpression: "cron(30 2 * * ? *)",
      ScheduleExpressionTimezone: "Europe/Berlin",
      FlexibleTimeWindow: { Mode: "FLEXIBLE", MaximumWindowInMinutes: 15 },
      Target: { ...target, Input: input },
    },
  );
  const { RuleArn: rule } = await call<{ readonly RuleArn: string }>("events:PutRule", {
    Name: name,
    Description: description,
    EventPattern: JSON.stringify({ source: [source] }),
  });
  await call("events:PutTargets", {
    Rule: name,
    Targets: [
      { Id: "1", ...target, Input: "{}" },
      { Id: "2", ...target, Arn: `${workflow}-that-is-gone` },
    ],
  });
  const bus = `arn:aws:events:${region}:${accountId}:event-bus/default`;
  await call("events:CreateArchive", { ArchiveName: name.slice(0, 40), EventSourceArn: bus });
  await call("events:PutEvents", {
    Entries: [{ Source: source, DetailType: description, Detail: input }],
  });
  const { Arn: pipe } = await call<{ readonly Arn: string }>("pipes:CreatePipe", {
    Name: name,
    Description: description,
    DesiredState: "STOPPED",
    Source: `arn:aws:sqs:${region}:${accountId}:incoming`,
    Target: workflow,
    RoleArn,
  });
  return { schedule, rule, pipe };
}
