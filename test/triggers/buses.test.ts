import { describe, expect, test } from "vitest";
import { ServiceError, type ServiceMembers } from "../../src/ports/service-api.ts";
import {
  accountId,
  machineArn,
  region,
  roleArn,
  startTriggers,
  type TestTriggers,
} from "./start-triggers.ts";

const queueArn = `arn:aws:sqs:${region}:${accountId}:orders`;
const deadLetters = `arn:aws:sqs:${region}:${accountId}:dead`;
const order = { Source: "shop", DetailType: "Order placed", Detail: '{"id":7,"total":1.50}' };

async function ruleFor(
  { call }: Pick<TestTriggers, "call">,
  targets: readonly object[],
  rule: object = { EventPattern: '{"source":["shop"]}' },
): Promise<void> {
  await call("events", "PutRule", { Name: "orders", ...rule });
  await call("events", "PutTargets", { Rule: "orders", Targets: targets });
}

const toMachine = { Id: "m", Arn: machineArn, RoleArn: roleArn };

describe("an event that a rule matches", () => {
  test("starts an execution as the rule's role, under a name made of rule and event", async () => {
    const own = startTriggers();
    await ruleFor(own, [toMachine]);
    const { Entries } = await own.call("events", "PutEvents", { Entries: [order] });
    await own.settled();
    const [{ EventId }] = Entries as unknown as readonly [{ EventId: string }];
    expect(own.started).toHaveLength(1);
    const [start] = own.started;
    expect(start?.input).toMatchObject({ stateMachineArn: machineArn });
    expect(start?.input["name"]).toMatch(new RegExp(`^orders-${EventId}-[0-9a-f]{8}$`));
    const event = start?.input["input"] as string;
    expect(event).toContain('"detail":{"id":7,"total":1.50}}');
    expect(JSON.parse(event)).toMatchObject({
      version: "0",
      id: EventId,
      source: "shop",
      "detail-type": "Order placed",
      account: accountId,
      region,
      resources: [],
    });
    expect(start?.caller.principal).toEqual({
      type: "serviceRole",
      service: "events.amazonaws.com",
      roleArn,
      sourceArn: `arn:aws:events:${region}:${accountId}:rule/orders`,
    });
  });

  test("is given as the target's path, constant or transformer says", async () => {
    const own = startTriggers();
    await ruleFor(own, [
      { ...toMachine, Id: "a", InputPath: "$.detail" },
      { ...toMachine, Id: "b", Input: '"always"' },
      {
        ...toMachine,
        Id: "c",
        InputTransformer: {
          InputPathsMap: { id: "$.detail.id" },
          InputTemplate: '{"order": <id>}',
        },
      },
    ]);
    await own.call("events", "PutEvents", { Entries: [order] });
    await own.settled();
    expect(own.started.map(({ input }) => input["input"] as string).sort()).toEqual([
      '"always"',
      '{"id":7,"total":1.50}',
      '{"order":7}',
    ]);
    expect(new Set(own.started.map(({ input }) => input["name"])).size).toBe(3);
  });

  test("is not given where the rule is off, or does not match", async () => {
    const own = startTriggers();
    await ruleFor(own, [toMachine]);
    await own.call("events", "PutEvents", { Entries: [{ ...order, Source: "other" }] });
    await own.call("events", "DisableRule", { Name: "orders" });
    await own.call("events", "PutEvents", { Entries: [order] });
    await own.settled();
    expect(own.started).toEqual([]);
    await own.call("events", "EnableRule", { Name: "orders" });
    await own.call("events", "PutEvents", { Entries: [order] });
    await own.settled();
    expect(own.started).toHaveLength(1);
  });

  test("is stored before PutEvents answers, and started by the server that comes after", async () => {
    const first = startTriggers({
      onStart: () => {
        throw new ServiceError("ServiceUnavailable", "away", 503);
      },
    });
    await ruleFor(first, [toMachine]);
    // The process ends in the moment of its answer.
    const { store, clock } = first;
    await first.call("events", "PutEvents", { Entries: [order] });
    await first.triggers.stop();
    const second = startTriggers({ store, clock });
    await second.advance(60_000);
    expect(second.started).toHaveLength(1);
    expect(second.started[0]?.input["name"]).toBe(first.started[0]?.input["name"]);
    await second.advance(3_600_000);
    expect(second.started).toHaveLength(1);
  });

  test("is tried again with longer and longer waits, until it is taken", async () => {
    const times: number[] = [];
    const own: TestTriggers = startTriggers({
      onStart: () => {
        times.push(own.clock.now());
        if (times.length < 6) throw new ServiceError("ThrottlingException", "slowly", 400);
        return {};
      },
    });
    await ruleFor(own, [toMachine]);
    await own.call("events", "PutEvents", { Entries: [order] });
    for (let second = 0; second < 120; second++) await own.advance(1_000);
    expect(times).toHaveLength(6);
    const waits = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(waits).toEqual([...waits].sort((a, b) => a - b));
    expect(new Set(own.started.map(({ input }) => input["name"])).size).toBe(1);
  });

  test("goes to the dead-letter queue when its attempts are used up, with what it was about", async () => {
    const own = startTriggers({
      onStart: () => {
        throw new ServiceError("ServiceUnavailable", "away", 503);
      },
    });
    await ruleFor(own, [
      {
        ...toMachine,
        RetryPolicy: { MaximumRetryAttempts: 2 },
        DeadLetterConfig: { Arn: deadLetters },
      },
    ]);
    await own.call("events", "PutEvents", { Entries: [order] });
    for (let minute = 0; minute < 5; minute++) await own.advance(60_000);
    expect(own.started).toHaveLength(3);
    expect(own.tasks).toHaveLength(1);
    expect(own.tasks[0]).toMatchObject({
      resource: "aws-sdk:sqs:sendMessage",
      parameters: {
        QueueUrl: `https://sqs.${region}.amazonaws.com/${accountId}/dead`,
        MessageAttributes: {
          RULE_ARN: { StringValue: `arn:aws:events:${region}:${accountId}:rule/orders` },
          TARGET_ARN: { StringValue: machineArn },
          ERROR_CODE: { StringValue: "ServiceUnavailable" },
          EXHAUSTED_RETRY_CONDITION: { StringValue: "MaximumRetryAttempts" },
          RETRY_ATTEMPTS: { StringValue: "2" },
        },
      },
    });
  });

  test("is not tried again where the role may not, and is said to be lost", async () => {
    const own = startTriggers({
      onStart: () => {
        throw new ServiceError("AccessDeniedException", "no", 400);
      },
    });
    await ruleFor(own, [toMachine]);
    await own.call("events", "PutEvents", { Entries: [order] });
    for (let minute = 0; minute < 5; minute++) await own.advance(60_000);
    expect(own.started).toHaveLength(1);
    expect(own.warnings.join()).toContain("given up");
  });

  test("counts as started where its name has been started already", async () => {
    const own = startTriggers({
      onStart: () => {
        throw new ServiceError("ExecutionAlreadyExists", "it does", 400);
      },
    });
    await ruleFor(own, [toMachine]);
    await own.call("events", "PutEvents", { Entries: [order] });
    for (let minute = 0; minute < 5; minute++) await own.advance(60_000);
    expect(own.started).toHaveLength(1);
    expect(own.warnings).toEqual([]);
  });

  test("goes on to another bus with its id, and two buses that send to each other come to an end", async () => {
    const own = startTriggers();
    const busArn = (name: string) => `arn:aws:events:${region}:${accountId}:event-bus/${name}`;
    await own.call("events", "CreateEventBus", { Name: "a" });
    await own.call("events", "CreateEventBus", { Name: "b" });
    for (const [from, to] of [
      ["a", "b"],
      ["b", "a"],
    ] as const) {
      await own.call("events", "PutRule", {
        Name: "on",
        EventBusName: from,
        EventPattern: '{"source":["shop"]}',
      });
      await own.call("events", "PutTargets", {
        Rule: "on",
        EventBusName: from,
        Targets: [{ Id: "bus", Arn: busArn(to), RoleArn: roleArn }, toMachine],
      });
    }
    await own.call("events", "PutEvents", { Entries: [{ ...order, EventBusName: "a" }] });
    for (let turn = 0; turn < 20; turn++) await own.settled();
    const ids = own.started.map(
      ({ input }) => (JSON.parse(input["input"] as string) as { id: string }).id,
    );
    expect(new Set(ids).size).toBe(1);
    // The bus that it was put on, and eight that it has passed to.
    expect(ids).toHaveLength(9);
  });

  test("is a message of a queue, with its id against doubles where that is a FIFO queue", async () => {
    const own = startTriggers();
    await ruleFor(own, [
      { Id: "q", Arn: queueArn, InputPath: "$.detail.id" },
      { Id: "f", Arn: `${queueArn}.fifo`, SqsParameters: { MessageGroupId: "g" } },
    ]);
    await own.call("events", "PutEvents", { Entries: [order] });
    await own.settled();
    expect(own.tasks.map(({ parameters }) => parameters)).toEqual([
      { QueueUrl: `https://sqs.${region}.amazonaws.com/${accountId}/orders`, MessageBody: "7" },
      expect.objectContaining({
        MessageGroupId: "g",
        MessageDeduplicationId: expect.any(String) as string,
      }),
    ]);
  });
});

describe("EventBridge's API", () => {
  test("shows a rule and its targets as they were put, and lists them", async () => {
    const { call } = startTriggers();
    await call("events", "PutRule", {
      Name: "orders",
      EventPattern: '{"source":["shop"]}',
      Description: "All",
      Tags: [{ Key: "team", Value: "a" }],
    });
    await call("events", "PutTargets", { Rule: "orders", Targets: [toMachine] });
    expect(await call("events", "DescribeRule", { Name: "orders" })).toEqual({
      Name: "orders",
      Arn: `arn:aws:events:${region}:${accountId}:rule/orders`,
      EventPattern: '{"source":["shop"]}',
      ScheduleExpression: undefined,
      State: "ENABLED",
      Description: "All",
      RoleArn: undefined,
      EventBusName: "default",
      CreatedBy: accountId,
    });
    expect((await call("events", "ListTargetsByRule", { Rule: "orders" }))["Targets"]).toEqual([
      toMachine,
    ]);
    expect(
      (await call("events", "ListRuleNamesByTarget", { TargetArn: machineArn }))["RuleNames"],
    ).toEqual(["orders"]);
    const ResourceARN = `arn:aws:events:${region}:${accountId}:rule/orders`;
    expect(await call("events", "ListTagsForResource", { ResourceARN })).toEqual({
      Tags: [{ Key: "team", Value: "a" }],
    });
  });

  test("pages lists by names", async () => {
    const { call } = startTriggers();
    for (const Name of ["c", "a", "b"]) {
      await call("events", "PutRule", { Name, EventPattern: '{"source":["x"]}' });
    }
    const first = await call("events", "ListRules", { Limit: 2 });
    const names = ({ Rules }: ServiceMembers) =>
      (Rules as readonly { Name: string }[]).map(({ Name }) => Name);
    expect(names(first)).toEqual(["a", "b"]);
    const second = await call("events", "ListRules", { Limit: 2, NextToken: first["NextToken"] });
    expect([names(second), second["NextToken"]]).toEqual([["c"], undefined]);
  });

  test.each([
    [
      "PutRule",
      { Name: "a" },
      "Parameter(s) EventPattern or ScheduleExpression must be specified.",
    ],
    ["PutRule", { Name: "a", EventPattern: "{" }, "Event pattern is not valid"],
    ["PutRule", { Name: "a b", EventPattern: "{}" }, "Value 'a b' at 'name' failed to satisfy"],
    [
      "PutRule",
      { Name: "a", ScheduleExpression: "rate(0 minutes)" },
      "ScheduleExpression is not valid",
    ],
    ["DescribeRule", { Name: "a" }, "Rule a does not exist on EventBus default."],
    ["DescribeRule", { Name: "a", EventBusName: "b" }, "Event bus b does not exist."],
    ["PutEvents", { Entries: [] }, "Member must have length greater than or equal to 1"],
    ["DeleteEventBus", { Name: "default" }, "Cannot delete event bus default."],
  ])("refuses %s of %j in AWS's words", async (operation, members, words) => {
    const { call } = startTriggers();
    await expect(call("events", operation, members)).rejects.toThrow(words);
  });

  test("tells of each event that is none by itself", async () => {
    const { call } = startTriggers();
    const Entries = [
      order,
      { ...order, Detail: "[]" },
      { ...order, Source: "aws.ec2" },
      { Detail: "{}" },
    ];
    const answer = await call("events", "PutEvents", { Entries });
    expect(answer["FailedEntryCount"]).toBe(3);
    expect((answer["Entries"] as readonly ServiceMembers[]).map((one) => one["ErrorCode"])).toEqual(
      [undefined, "MalformedDetail", "NotAuthorizedForSourceException", "InvalidArgument"],
    );
  });

  test("refuses targets one by one: those without a role that need it, and those that it does not know", async () => {
    const { call } = startTriggers();
    await call("events", "PutRule", { Name: "orders", EventPattern: '{"source":["shop"]}' });
    const answer = await call("events", "PutTargets", {
      Rule: "orders",
      Targets: [
        { Id: "a", Arn: machineArn },
        { Id: "b", Arn: `arn:aws:kinesis:${region}:${accountId}:stream/x` },
        { Id: "c", Arn: queueArn, Input: "no json" },
        { Id: "d", Arn: queueArn },
      ],
    });
    expect(answer["FailedEntryCount"]).toBe(3);
    expect((await call("events", "ListTargetsByRule", { Rule: "orders" }))["Targets"]).toEqual([
      { Id: "d", Arn: queueArn },
    ]);
  });
});

describe("an archive", () => {
  const busArn = `arn:aws:events:${region}:${accountId}:event-bus/default`;
  const archived = { ArchiveName: "kept", EventSourceArn: busArn };
  const window = (own: TestTriggers, back: number) => ({
    EventSourceArn: `arn:aws:events:${region}:${accountId}:archive/kept`,
    EventStartTime: (own.clock.now() - back) / 1000,
    EventEndTime: own.clock.now() / 1000 + 1,
    Destination: { Arn: busArn },
  });

  test("keeps the events that match, and a replay gives them to the rules again, named by the replay", async () => {
    const own = startTriggers();
    await own.call("events", "CreateArchive", { ...archived, EventPattern: '{"source":["shop"]}' });
    for (let index = 0; index < 250; index++) {
      await own.call("events", "PutEvents", { Entries: [order, { ...order, Source: "other" }] });
      own.clock.advance(1);
    }
    expect(await own.call("events", "DescribeArchive", { ArchiveName: "kept" })).toMatchObject({
      EventCount: 250,
      State: "ENABLED",
    });
    await ruleFor(own, [toMachine]);
    await own.call("events", "StartReplay", { ReplayName: "again", ...window(own, 200) });
    for (let step = 0; step < 10; step++) await own.advance(10);
    expect(own.started).toHaveLength(200);
    expect(JSON.parse(own.started[0]?.input["input"] as string)).toMatchObject({
      source: "shop",
      "replay-name": "again",
      detail: { id: 7 },
    });
    expect(await own.call("events", "DescribeReplay", { ReplayName: "again" })).toMatchObject({
      State: "COMPLETED",
    });
    // What is replayed is not archived anew.
    expect(await own.call("events", "DescribeArchive", { ArchiveName: "kept" })).toMatchObject({
      EventCount: 250,
    });
  });

  test("drops what is older than the days that it keeps", async () => {
    const own = startTriggers();
    await own.call("events", "CreateArchive", { ...archived, RetentionDays: 1 });
    for (let index = 0; index < 150; index++)
      await own.call("events", "PutEvents", { Entries: [order] });
    await own.advance(20 * 3_600_000);
    await own.call("events", "PutEvents", { Entries: [order] });
    for (let hour = 0; hour < 8; hour++) {
      await own.advance(3_600_000);
      await own.advance(10);
    }
    expect(await own.call("events", "DescribeArchive", { ArchiveName: "kept" })).toMatchObject({
      EventCount: 1,
    });
  });
});

test("an API destination is called as an HTTP task with its connection, its path filled in", async () => {
  const own = startTriggers();
  const { ConnectionArn } = await own.call("events", "CreateConnection", {
    Name: "shop",
    AuthorizationType: "API_KEY",
    AuthParameters: { ApiKeyAuthParameters: { ApiKeyName: "X-Key", ApiKeyValue: "sesame" } },
  });
  expect(
    JSON.stringify(await own.call("events", "DescribeConnection", { Name: "shop" })),
  ).not.toContain("sesame");
  expect(await own.triggers.connection("shop", region)).toMatchObject({
    authorization: "apiKey",
    value: "sesame",
  });
  const { ApiDestinationArn } = await own.call("events", "CreateApiDestination", {
    Name: "shop",
    ConnectionArn,
    InvocationEndpoint: "https://example.com/orders/*",
    HttpMethod: "POST",
  });
  await ruleFor(own, [
    {
      Id: "h",
      Arn: ApiDestinationArn,
      RoleArn: roleArn,
      InputPath: "$.detail",
      HttpParameters: { PathParameterValues: ["a/b"], HeaderParameters: { "X-Trace": "1" } },
    },
  ]);
  await own.call("events", "PutEvents", { Entries: [order] });
  await own.settled();
  expect(own.tasks).toEqual([
    {
      resource: "http:invoke",
      parameters: {
        ApiEndpoint: "https://example.com/orders/a%2Fb",
        Method: "POST",
        Authentication: { ConnectionArn },
        Headers: { "X-Trace": "1" },
        RequestBody: { id: 7, total: 1.5 },
      },
    },
  ]);
});

test("an API destination is called no more often in a second than it allows, and no event is lost", async () => {
  const own = startTriggers();
  const { ConnectionArn } = await own.call("events", "CreateConnection", {
    Name: "shop",
    AuthorizationType: "BASIC",
    AuthParameters: { BasicAuthParameters: { Username: "a", Password: "sesame" } },
  });
  const { ApiDestinationArn } = await own.call("events", "CreateApiDestination", {
    Name: "shop",
    ConnectionArn,
    InvocationEndpoint: "https://example.com/orders",
    HttpMethod: "POST",
    InvocationRateLimitPerSecond: 2,
  });
  await ruleFor(own, [
    {
      Id: "h",
      Arn: ApiDestinationArn,
      RoleArn: roleArn,
      InputPath: "$.detail.id",
      RetryPolicy: { MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 60 },
    },
  ]);
  const Entries = Array.from({ length: 5 }, (_, id) => ({ ...order, Detail: `{"id":${id}}` }));
  await own.call("events", "PutEvents", { Entries });
  await own.settled();
  const counts = [own.tasks.length];
  for (let second = 0; second < 3; second++) {
    await own.advance(1_000);
    counts.push(own.tasks.length);
  }
  expect(counts).toEqual([2, 4, 5, 5]);
  const ids = own.tasks.map(({ parameters }) => Number(parameters["RequestBody"]));
  expect(ids.sort((one, other) => one - other)).toEqual([0, 1, 2, 3, 4]);
  expect(own.warnings).toEqual([]);
});
