import { readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { accountId, region } from "../api/start-server.ts";
import {
  allow,
  arnOfRole,
  enforcingStepwell,
  type EnforcingStepwell,
  only,
  pass,
  policyText,
  trust,
} from "./enforcing-stepwell.ts";

const states = `arn:aws:states:${region}:${accountId}`;
const machineNamed = (name: string): string => `${states}:stateMachine:${name}`;
const notTrusting =
  "Neither the global service principal states.amazonaws.com, nor the regional one is authorized to assume the provided role.";

let server: EnforcingStepwell;
beforeAll(async () => {
  server = await enforcingStepwell({ objects: { "data/items.json": "[1,2]" } });
});
afterAll(async () => {
  expect(server.mistakes).toEqual([]);
  await server.close();
});

describe("the role that a state machine is given", () => {
  const make = (name: string, roleArn: string, more: object = {}) =>
    server.service.call("CreateStateMachine", {
      name,
      roleArn,
      definition: JSON.stringify(pass),
      ...more,
    });
  const refusal = { code: "AccessDeniedException", message: notTrusting };

  test("has to exist", async () => {
    await expect(make("none", arnOfRole("missing"))).rejects.toMatchObject(refusal);
  });

  test.each([
    ["another service", trust({ Service: "lambda.amazonaws.com" })],
    ["the account", trust({ AWS: accountId })],
    ["Step Functions of another Region", trust({ Service: "states.us-east-2.amazonaws.com" })],
    [
      "it for another machine",
      trust(
        { Service: "states.amazonaws.com" },
        { ArnEquals: { "aws:SourceArn": machineNamed("other") } },
      ),
    ],
    [
      "it for another account",
      trust(
        { Service: "states.amazonaws.com" },
        { StringEquals: { "aws:SourceAccount": "999999999999" } },
      ),
    ],
    [
      "it, but not in this Region",
      policyText(
        {
          Effect: "Allow",
          Principal: { Service: "states.amazonaws.com" },
          Action: "sts:AssumeRole",
        },
        {
          Effect: "Deny",
          Principal: { Service: `states.${region}.amazonaws.com` },
          Action: "sts:AssumeRole",
        },
      ),
    ],
  ])("is refused where it trusts %s", async (what, trustPolicy) => {
    const name = `refused-${what.replaceAll(/[^a-z]/gi, "")}`;
    const roleArn = await server.role(name, [], trustPolicy);
    await expect(make(name, roleArn)).rejects.toMatchObject(refusal);
  });

  test.each([
    ["everywhere", trust({ Service: "states.amazonaws.com" })],
    ["in the Region", trust({ Service: `states.${region}.amazonaws.com` })],
    [
      "for this machine of this account",
      trust(
        { Service: "states.amazonaws.com" },
        {
          ArnLike: { "aws:SourceArn": machineNamed("trusted-*") },
          StringEquals: { "aws:SourceAccount": accountId },
        },
      ),
    ],
  ])("is taken where it trusts Step Functions %s", async (where, trustPolicy) => {
    const name = `trusted-${where.replaceAll(" ", "")}`;
    const roleArn = await server.role(name, [], trustPolicy);
    expect(await make(name, roleArn)).toMatchObject({ stateMachineArn: machineNamed(name) });
  });

  test("is asked about again when it is changed, and the machine stays as it was", async () => {
    const roleArn = await server.role("kept", []);
    await make("kept", roleArn);
    const change = { stateMachineArn: machineNamed("kept"), roleArn: arnOfRole("missing") };
    await expect(server.service.call("UpdateStateMachine", change)).rejects.toMatchObject(refusal);
    expect(
      await server.service.call("DescribeStateMachine", { stateMachineArn: machineNamed("kept") }),
    ).toMatchObject({ roleArn });
  });

  test("has to be allowed to deliver the machine's logs", async () => {
    const roleArn = await server.role("logging", [allow("logs:CreateLogDelivery")]);
    const logGroupArn = `arn:aws:logs:${region}:${accountId}:log-group:orders:*`;
    const loggingConfiguration = {
      level: "ALL",
      destinations: [{ cloudWatchLogsLogGroup: { logGroupArn } }],
    };
    const denied = {
      code: "AccessDeniedException",
      message: "The state machine IAM Role is not authorized to access the Log Destination",
    };
    await expect(make("logging", roleArn, { loggingConfiguration })).rejects.toMatchObject(denied);
    await make("logging", roleArn);
    const change = { stateMachineArn: machineNamed("logging"), loggingConfiguration };
    await expect(server.service.call("UpdateStateMachine", change)).rejects.toMatchObject(denied);
    await server.policy("logging", [allow("logs:*")]);
    await server.service.call("UpdateStateMachine", change);
  });

  test("may only be passed by who may pass it", async () => {
    const roleArn = await server.role("passed", []);
    const caller = await server.user("maker", [
      allow("states:*"),
      allow("iam:PassRole", arnOfRole("other")),
    ]);
    const made = server.service.call(
      "CreateStateMachine",
      { name: "passed", roleArn, definition: JSON.stringify(pass) },
      { caller },
    );
    await expect(made).rejects.toMatchObject({
      message: `User: arn:aws:iam::${accountId}:user/maker is not authorized to perform: iam:PassRole on resource: ${roleArn} because no identity-based policy allows the iam:PassRole action`,
    });
  });
});

test("a role that no longer trusts Step Functions can do nothing more for its machine", async () => {
  const roleArn = await server.role("revoked", [allow("*")]);
  const child = await server.machine("revoked-child", roleArn, pass);
  const machine = await server.machine("revoked", roleArn, startsChild(child));
  expect(await server.ended(await server.start(machine))).toMatchObject({ status: "SUCCEEDED" });
  await server.asOwner("UpdateAssumeRolePolicy", {
    RoleName: "revoked",
    PolicyDocument: trust({ Service: "lambda.amazonaws.com" }),
  });
  expect(await server.ended(await server.start(machine))).toMatchObject({
    status: "FAILED",
    cause: expect.stringContaining(`the role ${roleArn} does not trust states.amazonaws.com`),
  });
});

function startsChild(StateMachineArn: string, more: object = {}): object {
  return only({
    Type: "Task",
    Resource: "arn:aws:states:::states:startExecution.sync:2",
    Parameters: { StateMachineArn },
    End: true,
    ...more,
  });
}

describe("a nested execution", () => {
  test("is started by the role of its parent's machine alone, whoever started the parent", async () => {
    const childRole = await server.role("child", []);
    const child = await server.machine("child", childRole, pass);
    const roleArn = await server.role("parent", [
      allow("states:StartExecution", machineNamed("o")),
    ]);
    const machine = await server.machine("parent", roleArn, startsChild(child));
    const denied = await server.ended(await server.start(machine));
    expect(denied).toMatchObject({
      status: "FAILED",
      error: "StepFunctions.AWSStepFunctionsException",
      cause: expect.stringMatching(
        /assumed-role\/parent\/.* is not authorized to perform: states:StartExecution on resource: .*:child because/,
      ),
    });
    await server.policy("parent", [allow("states:StartExecution", child)]);
    expect(await server.ended(await server.start(machine))).toMatchObject({ status: "SUCCEEDED" });
    const listed = await server.service.call("ListExecutions", { stateMachineArn: child });
    expect(listed["executions"]).toHaveLength(1);
  });

  test("by a role of Credentials needs it to trust the machine's, which has to be allowed to be it", async () => {
    const child = await server.machine("lent-child", await server.role("lent-child", []), pass);
    const lent = await server.role(
      "lent",
      [allow("states:StartExecution", child)],
      trust(
        { AWS: arnOfRole("borrower") },
        { StringEquals: { "sts:ExternalId": machineNamed("borrower") } },
      ),
    );
    const roleArn = await server.role("borrower", []);
    const definition = startsChild(child, { Credentials: { RoleArn: lent } });
    const borrower = await server.machine("borrower", roleArn, definition);
    const stranger = await server.machine("stranger", roleArn, definition);
    const notAssumed = {
      status: "FAILED",
      error: "States.TaskFailed",
      cause: `The role ${roleArn} is not authorized to assume the task state's role, ${lent}.`,
    };
    // Another machine with the same role is another external id.
    expect(await server.ended(await server.start(stranger))).toMatchObject(notAssumed);
    await server.policy("borrower", [allow("sts:AssumeRole", lent)]);
    expect(await server.ended(await server.start(stranger))).toMatchObject(notAssumed);
    expect(await server.ended(await server.start(borrower))).toMatchObject({ status: "SUCCEEDED" });
    await server.policy("lent", []);
    expect(await server.ended(await server.start(borrower))).toMatchObject({
      error: "StepFunctions.AWSStepFunctionsException",
      cause: expect.stringContaining("assumed-role/lent/"),
    });
  });
});

describe("a Map Run", () => {
  const object = (key: string): string => `arn:aws:s3:::data/${key}`;
  const reader = {
    Resource: "arn:aws:states:::s3:getObject",
    ReaderConfig: { InputType: "JSON" },
    Parameters: { Bucket: "data", Key: "items.json" },
  };
  const distributed = (state: object, child: object = { Type: "Pass", End: true }): object =>
    only({
      Type: "Map",
      Label: "Each",
      ItemProcessor: {
        ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
        StartAt: "Each",
        States: { Each: child },
      },
      End: true,
      ...state,
    });
  const onItself = (name: string) => allow("states:StartExecution", machineNamed(name));

  test("starts no child where the role may not start its own machine", async () => {
    const roleArn = await server.role("map-start", [allow("s3:*")]);
    const machine = await server.machine("map-start", roleArn, distributed({ ItemReader: reader }));
    const executionArn = await server.start(machine);
    expect(await server.ended(executionArn)).toMatchObject({
      status: "FAILED",
      error: "States.Permissions",
      cause: expect.stringContaining(`states:StartExecution on resource: ${machine} because`),
    });
    const { mapRuns } = await server.service.call("ListMapRuns", { executionArn });
    const [run] = mapRuns as readonly { readonly mapRunArn: string }[];
    const children = await server.service.call("ListExecutions", { mapRunArn: run?.mapRunArn });
    expect(children["executions"]).toEqual([]);
  });

  test("reads nothing that the role may not read", async () => {
    const roleArn = await server.role("map-read", [
      onItself("map-read"),
      allow("s3:GetObject", object("other.json")),
    ]);
    const machine = await server.machine("map-read", roleArn, distributed({ ItemReader: reader }));
    expect(await server.ended(await server.start(machine))).toMatchObject({
      error: "States.ItemReaderFailed",
      cause: expect.stringMatching(
        /assumed-role\/map-read\/\S+ is not authorized to perform: s3:GetObject on resource: arn:aws:s3:::data\/items.json because no identity-based policy allows the s3:GetObject action \(Service: S3, Status Code: 403\)$/,
      ),
    });
    await server.policy("map-read", [
      onItself("map-read"),
      allow("s3:GetObject", object("items.json")),
    ]);
    expect(await server.ended(await server.start(machine))).toMatchObject({
      status: "SUCCEEDED",
      output: "[1,2]",
    });
  });

  test("lists only what the role may list, by its prefix", async () => {
    const ItemReader = {
      Resource: "arn:aws:states:::s3:listObjectsV2",
      Parameters: { Bucket: "data", Prefix: "it" },
    };
    const listing = (prefix: string) =>
      allow("s3:ListBucket", "arn:aws:s3:::data", {
        Condition: { StringEquals: { "s3:prefix": prefix } },
      });
    const roleArn = await server.role("map-list", [onItself("map-list"), listing("other")]);
    const machine = await server.machine("map-list", roleArn, distributed({ ItemReader }));
    expect(await server.ended(await server.start(machine))).toMatchObject({
      error: "States.ItemReaderFailed",
      cause: expect.stringContaining("s3:ListBucket on resource: arn:aws:s3:::data because"),
    });
    await server.policy("map-list", [onItself("map-list"), listing("it")]);
    expect(await server.ended(await server.start(machine))).toMatchObject({ status: "SUCCEEDED" });
  });

  test("writes nothing that the role may not write", async () => {
    const ResultWriter = {
      Resource: "arn:aws:states:::s3:putObject",
      Parameters: { Bucket: "data", Prefix: "out" },
    };
    const roleArn = await server.role("map-write", [onItself("map-write")]);
    const machine = await server.machine(
      "map-write",
      roleArn,
      distributed({ ResultWriter, ItemsPath: "$.items" }),
    );
    const input = { items: [1] };
    expect(await server.ended(await server.start(machine, input))).toMatchObject({
      error: "States.ResultWriterFailed",
      cause: expect.stringContaining("s3:PutObject on resource: arn:aws:s3:::data/out/"),
    });
    expect(readdirSync(join(server.folder, "data"))).toEqual(["items.json"]);
    await server.policy("map-write", [
      onItself("map-write"),
      allow(["s3:PutObject", "s3:GetObject"], object("out/*")),
    ]);
    expect(await server.ended(await server.start(machine, input))).toMatchObject({
      status: "SUCCEEDED",
    });
  });

  test("begins no child again that the role may not redrive", async () => {
    const roleArn = await server.role("map-redrive", [onItself("map-redrive")]);
    const machine = await server.machine(
      "map-redrive",
      roleArn,
      distributed({ ItemsPath: "$.items" }, { Type: "Fail", Error: "Broken" }),
    );
    const executionArn = await server.start(machine, { items: [1] });
    expect(await server.ended(executionArn)).toMatchObject({
      error: "States.ExceedToleratedFailureThreshold",
    });
    await server.service.call("RedriveExecution", { executionArn });
    expect(await server.ended(executionArn)).toMatchObject({
      error: "States.Permissions",
      cause: expect.stringContaining(
        `states:RedriveExecution on resource: ${states}:execution:map-redrive/Each:`,
      ),
    });
    await server.policy("map-redrive", [
      onItself("map-redrive"),
      allow("states:RedriveExecution", `${states}:execution:map-redrive/Each:*`),
    ]);
    await server.service.call("RedriveExecution", { executionArn });
    expect(await server.ended(executionArn)).toMatchObject({
      error: "States.ExceedToleratedFailureThreshold",
    });
  });
});
