import { describe, expect, test } from "vitest";
import type { ParameterKind } from "../../asl/resources/integration-action.ts";
import { integrationAction } from "../../asl/resources/optimized-integrations.ts";
import { parseResource } from "../../asl/resources/parse-resource.ts";
import type { ServiceDescription } from "../described/description.ts";
import { optimizedStyle } from "../aws/member-names.ts";
import type { SdkCommand } from "../aws/sdk-clients.ts";
import { sdkShape, type SdkShape } from "../aws/sdk-shape.ts";
import { clientPackage } from "../aws/service-names.ts";
import { taskPermissions } from "../access/task-permissions.ts";
import { descriptions } from "./descriptions.ts";

const actions = descriptions.flatMap(({ service, actions: described }) =>
  Object.entries(described).map(([action, what]) => ({ service, action, what })),
);

describe.each(actions)("the description of $service:$action", ({ service, action, what }) => {
  const language = integrationAction(service, action);

  test("belongs to an action that a definition can name, with all its parameters", () => {
    expect(language?.parameters).toBeDefined();
  });

  test("says how a job goes on exactly if there is one", () => {
    const isJob = language?.patterns.some((pattern) => pattern.startsWith("sync")) === true;
    expect(what.job !== undefined).toBe(isJob);
  });

  test("asks for the permission of an action, on what a parameter names", () => {
    expect(what.permission.action).toMatch(/^[a-z-]+:[A-Z][A-Za-z]+$/);
    for (const path of what.permission.resource?.parameters ?? []) {
      const [parameter = ""] = path.split(/\[|\./);
      expect(Object.keys(language?.parameters ?? {})).toContain(parameter);
    }
  });

  test("names its job by parameters that it cannot do without, or by the answer", () => {
    if (what.job?.ends !== "by look") return;
    for (const path of Object.values(what.job.key)) {
      const [from, parameter = ""] = path.split(".");
      if (from === "parameters") expect(language?.parameters?.[parameter]).toMatch(/!$/);
    }
  });

  test("takes its idempotency key by a parameter of the action", () => {
    if (what.job?.ends !== "by look" || what.job.idempotencyKey === undefined) return;
    expect(Object.keys(language?.parameters ?? {})).toContain(what.job.idempotencyKey);
  });
});

test("a service is described once, and called with a client that has a package of its name", () => {
  const services = descriptions.map(({ service }) => service);
  expect(new Set(services).size).toBe(services.length);
  const clients = descriptions.flatMap(({ calls, actions: described }) =>
    calls === "this engine"
      ? []
      : [calls.client, ...Object.values(described).flatMap(({ client = [] }) => client)],
  );
  expect(clients.map((name) => clientPackage(name).replace("@aws-sdk/client-", ""))).toEqual([
    "athena",
    "batch",
    "bedrock",
    "bedrock-runtime",
    "codebuild",
    "databrew",
    "dynamodb",
    "ecs",
    "eks",
    "emr",
    "emr-containers",
    "emr-serverless",
    "eventbridge",
    "glue",
    "mediaconvert",
    "sagemaker",
    "sns",
    "sqs",
  ]);
});

const sdkActions = actions.filter(
  ({ service, action }) => `${service}:${action}` !== "states:startExecution",
);

// Its client in the registry of the machine this was written on is older than clients that describe their operations.
const notDescribed = ["emr-containers"];

describe.each(sdkActions)(
  "$service:$action is what its client has:",
  ({ service, action, what }) => {
    const { calls } = descriptions.find((one) => one.service === service) as ServiceDescription;
    const client = calls === "this engine" ? "" : (what.client ?? calls.client);
    const shapesOf = async (operation: string, of = client): Promise<SdkShape | undefined> => {
      const module = (await import(clientPackage(of))) as Record<
        string,
        new (input: object) => SdkCommand
      >;
      const Command = module[`${operation.charAt(0).toUpperCase()}${operation.slice(1)}Command`];
      const schema = Command === undefined ? undefined : new Command({}).schema;
      return schema === undefined ? undefined : sdkShape(schema[4]);
    };

    test.skipIf(notDescribed.includes(service))(
      "its operations, and parameters of its kinds",
      async () => {
        const own = await shapesOf(what.operation ?? action);
        expect(own).toBeDefined();
        const { job, before, after } = what;
        const others = [
          before,
          after,
          ...(job?.ends === "by look" ? [job.look, job.lookAtMany, job.cancel] : []),
        ];
        for (const other of others) {
          if (other === undefined) continue;
          const of = "client" in other ? other.client : undefined;
          expect(await shapesOf(other.operation, of ?? client)).toBeDefined();
        }
        if (what.operation !== undefined || before !== undefined || own?.type !== "structure")
          return;
        const style = optimizedStyle([]);
        const memberName = (name: string): string => style.memberName(name);
        const members = new Map(
          [...own.members].map(([name, shape]) => [memberName(name), shape()]),
        );
        const parameters = Object.entries(integrationAction(service, action)?.parameters ?? {});
        expect(parameters.map(([name]) => name).filter((name) => !members.has(name))).toEqual([]);
        for (const [name, kind] of parameters) {
          expect([name, kinds[kind.replace("!", "") as ParameterKind]]).toEqual([
            name,
            expect.arrayContaining([members.get(name)?.type]) as string[],
          ]);
        }
        const required = parameters.flatMap(([name, kind]) => (kind.endsWith("!") ? [name] : []));
        expect(required).toEqual(expect.arrayContaining(own.required.map(memberName)));
      },
    );
  },
);

/** What the values of a kind of parameter are sent as. */
const kinds: { readonly [K in ParameterKind]: readonly SdkShape["type"][] } = {
  text: ["text", "timestamp"],
  string: ["text"],
  number: ["number"],
  boolean: ["boolean"],
  object: ["structure", "map"],
  list: ["list"],
  json: ["text", "blob"],
};

test.each([
  ["arn:aws:lambda:us-east-1:123456789012:function:f", ["lambda:InvokeFunction"]],
  ["arn:aws:states:::lambda:invoke.waitForTaskToken", ["lambda:InvokeFunction"]],
  ["arn:aws:states:::sqs:sendMessage", ["sqs:SendMessage"]],
  ["arn:aws:states:::dynamodb:updateItem", ["dynamodb:UpdateItem"]],
  ["arn:aws:states:::states:startExecution.sync:2", ["states:StartExecution"]],
  ["arn:aws:states:::athena:startQueryExecution", ["athena:StartQueryExecution"]],
  [
    "arn:aws:states:::athena:startQueryExecution.sync",
    [
      "athena:StartQueryExecution",
      "athena:GetQueryExecution",
      "athena:BatchGetQueryExecution",
      "athena:StopQueryExecution",
    ],
  ],
  ["arn:aws:states:::aws-sdk:s3:putObject", ["s3:PutObject"]],
  ["arn:aws:states:::aws-sdk:sfn:describeExecution", ["states:DescribeExecution"]],
  ["arn:aws:states:::aws-sdk:lambda:invoke", ["lambda:InvokeFunction"]],
  [
    "arn:aws:states:::glue:startJobRun.sync",
    ["glue:StartJobRun", "glue:GetJobRun", "glue:BatchStopJobRun"],
  ],
  ["arn:aws:states:::bedrock:invokeModel", ["bedrock:InvokeModel", "s3:GetObject", "s3:PutObject"]],
  ["arn:aws:states:::http:invoke", ["states:InvokeHTTPEndpoint"]],
  ["arn:aws:states:::eks:call", ["eks:AccessKubernetesApi"]],
])("%s asks for %j", (arn, wanted) => {
  const { resource } = parseResource(arn);
  if (resource === undefined || resource.kind === "activity") throw new Error(arn);
  expect(taskPermissions(resource).map(({ action }) => action)).toEqual(wanted);
});
