import { isJsonObject, type JsonObject, type JsonValue } from "../../../expression/json.ts";
import { asNumber, given, picked } from "../members.ts";
import { described } from "../described.ts";
import { tagMap, tagsOf } from "../resource-tags.ts";

const scheduleMembers = [
  "Description",
  "EndDate",
  "GroupName",
  "KmsKeyArn",
  "ScheduleExpression",
  "ScheduleExpressionTimezone",
  "StartDate",
  "State",
];

/** *Documented*: `AWS::Scheduler::Schedule`. */
export const schedule = described({
  service: "scheduler",
  replacing: ["Name", "GroupName"],
  name: { property: "Name", maxLength: 64 },
  create: (properties, { name }) => ({
    operation: "CreateSchedule",
    members: scheduleOf(properties, name),
  }),
  update: (properties, { name }) => [
    { operation: "UpdateSchedule", members: scheduleOf(properties, name) },
  ],
  delete: ({ physicalId, properties }) => [
    { operation: "DeleteSchedule", members: { ...groupOf(properties), Name: physicalId } },
  ],
  read: ({ physicalId, properties }) => ({
    operation: "GetSchedule",
    members: { ...groupOf(properties), Name: physicalId },
  }),
  actual: (members, properties) =>
    picked(
      members,
      ["ScheduleExpression", "ScheduleExpressionTimezone", "State", "Description"].filter(
        (name) => name in properties,
      ),
    ),
  made: ({ ScheduleArn = null }) => ({ attributes: { Arn: ScheduleArn } }),
});

function scheduleOf(properties: JsonObject, Name: string): JsonObject {
  return given({
    ...picked(properties, scheduleMembers),
    Name,
    FlexibleTimeWindow: withNumbers(properties["FlexibleTimeWindow"]),
    Target: withNumbers(properties["Target"]),
  });
}

/** *Documented*: numbers of templates may be texts. */
function withNumbers(value: JsonValue | undefined): JsonValue | undefined {
  if (!isJsonObject(value)) return value;
  const names = ["MaximumWindowInMinutes", "MaximumEventAgeInSeconds", "MaximumRetryAttempts"];
  return Object.fromEntries(
    Object.entries(value).map(([name, member]): readonly [string, JsonValue] => [
      name,
      (names.includes(name)
        ? asNumber(member)
        : name === "RetryPolicy"
          ? withNumbers(member)
          : member) ?? null,
    ]),
  );
}

function groupOf({ GroupName }: JsonObject): JsonObject {
  return given({ GroupName });
}

/** *Documented*: `AWS::Scheduler::ScheduleGroup`. */
export const scheduleGroup = described({
  service: "scheduler",
  replacing: ["Name"],
  name: { property: "Name", maxLength: 64 },
  create: (properties, { name, context }) => ({
    operation: "CreateScheduleGroup",
    members: {
      Name: name,
      Tags: tagsOf(properties["Tags"], context.stack).map((tag) => ({ ...tag })),
    },
  }),
  update: () => [],
  delete: ({ physicalId }) => [{ operation: "DeleteScheduleGroup", members: { Name: physicalId } }],
  read: ({ physicalId }) => ({ operation: "GetScheduleGroup", members: { Name: physicalId } }),
  made: ({ ScheduleGroupArn = null }) => ({ attributes: { Arn: ScheduleGroupArn } }),
});

const pipeMembers = [
  "Description",
  "DesiredState",
  "Enrichment",
  "EnrichmentParameters",
  "KmsKeyIdentifier",
  "LogConfiguration",
  "RoleArn",
  "Target",
  "TargetParameters",
];

/** *Documented*: `AWS::Pipes::Pipe`. */
export const pipe = described({
  service: "pipes",
  replacing: ["Name", "Source"],
  name: { property: "Name", maxLength: 64 },
  create: (properties, { name, context }) => ({
    operation: "CreatePipe",
    members: {
      ...picked(properties, [...pipeMembers, "Source", "SourceParameters"]),
      Name: name,
      Tags: tagMap(tagsOf(properties["Tags"], context.stack)),
    },
  }),
  update: (properties, { name }) => [
    {
      operation: "UpdatePipe",
      members: {
        ...picked(properties, [...pipeMembers, "SourceParameters"]),
        Name: name,
      },
    },
  ],
  delete: ({ physicalId }) => [{ operation: "DeletePipe", members: { Name: physicalId } }],
  read: ({ physicalId }) => ({ operation: "DescribePipe", members: { Name: physicalId } }),
  actual: (members, properties) =>
    picked(
      members,
      ["RoleArn", "Target", "DesiredState", "Description"].filter((name) => name in properties),
    ),
});

/** *Documented*: `AWS::CloudWatch::Alarm` and `AWS::CloudWatch::CompositeAlarm`, each put by its own operation. */
const alarmPutBy = (operation: "PutMetricAlarm" | "PutCompositeAlarm") =>
  described({
    service: "monitoring",
    replacing: ["AlarmName"],
    name: { property: "AlarmName", maxLength: 255 },
    create: (properties, { name }) => ({ operation, members: alarmOf(properties, name) }),
    update: (properties, { name }) => [{ operation, members: alarmOf(properties, name) }],
    delete: ({ physicalId }) => [
      { operation: "DeleteAlarms", members: { AlarmNames: [physicalId] } },
    ],
    made: (_, { name, context: { stack } }) => ({
      attributes: {
        Arn: `arn:${stack.partition}:cloudwatch:${stack.region}:${stack.accountId}:alarm:${name}`,
      },
    }),
  });

export const alarm = alarmPutBy("PutMetricAlarm");
export const compositeAlarm = alarmPutBy("PutCompositeAlarm");

function alarmOf({ Tags: _tags, ...properties }: JsonObject, AlarmName: string): JsonObject {
  const numbers = [
    "EvaluationPeriods",
    "DatapointsToAlarm",
    "Period",
    "Threshold",
    "ActionsSuppressorWaitPeriod",
    "ActionsSuppressorExtensionPeriod",
  ];
  return given({
    ...properties,
    ...Object.fromEntries(numbers.map((name) => [name, asNumber(properties[name])])),
    AlarmName,
  });
}
