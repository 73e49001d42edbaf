import { expect, test } from "vitest";
import type { JsonObject, JsonValue } from "../../expression/json.ts";
import { policyOfRecord } from "../policy/parse-policy.ts";
import { lacking } from "./lacking.ts";
import { leastPolicy } from "./least-policy.ts";
import type { MachineContext, Requirement } from "./requirement.ts";
import { requirementsOf } from "./requirements-of.ts";

const at = "us-east-1:123456789012";
const context: MachineContext = {
  stateMachineArn: `arn:aws:states:${at}:stateMachine:orders`,
};

function machineOf(state: JsonObject, others: JsonObject = {}): JsonValue {
  return { StartAt: "S", States: { S: { End: true, ...state } }, ...others };
}

/** `action resource`, with `?` for what is only known when the workflow runs. */
function needs(state: JsonObject, others?: JsonObject): readonly string[] {
  return requirementsOf(machineOf(state, others), context).map(
    ({ action, resource, isDynamic }) => `${action} ${resource}${isDynamic ? " ?" : ""}`,
  );
}

function task(resource: string, members: JsonObject = {}): JsonObject {
  return { Type: "Task", Resource: `arn:aws:states:::${resource}`, ...members };
}

test("a Lambda function's ARN is called itself", () => {
  const arn = `arn:aws:lambda:${at}:function:f`;
  expect(needs({ Type: "Task", Resource: arn })).toEqual([`lambda:InvokeFunction ${arn}`]);
});

test("an activity needs nothing, nor does a state that calls nobody", () => {
  expect(needs({ Type: "Task", Resource: `arn:aws:states:${at}:activity:a` })).toEqual([]);
  expect(needs({ Type: "Pass" })).toEqual([]);
});

test("names become ARNs where the machine is", () => {
  expect(needs(task("lambda:invoke", { Parameters: { FunctionName: "f" } }))).toEqual([
    `lambda:InvokeFunction arn:aws:lambda:${at}:function:f`,
  ]);
  expect(needs(task("dynamodb:getItem", { Parameters: { TableName: "t" } }))).toEqual([
    `dynamodb:GetItem arn:aws:dynamodb:${at}:table/t`,
  ]);
});

test("what is only known when it runs is a star, and said to be", () => {
  const unknown = [`dynamodb:GetItem arn:aws:dynamodb:${at}:table/* ?`];
  expect(needs(task("dynamodb:getItem", { Parameters: { "TableName.$": "$.t" } }))).toEqual(
    unknown,
  );
  expect(needs(task("dynamodb:getItem"))).toEqual(unknown);
  const inJsonata = (Arguments: JsonValue) =>
    needs(task("dynamodb:getItem", { Arguments }), { QueryLanguage: "JSONata" });
  expect(inJsonata({ TableName: "{% $states.input.t %}" })).toEqual(unknown);
  expect(inJsonata("{% $states.input %}")).toEqual(unknown);
  expect(inJsonata({ TableName: "t" })).toEqual([
    `dynamodb:GetItem arn:aws:dynamodb:${at}:table/t`,
  ]);
});

test("an event goes to the bus that its entry names, to the default one, or to whichever", () => {
  const put = (Entries: JsonValue) => needs(task("events:putEvents", { Parameters: { Entries } }));
  const bus = `events:PutEvents arn:aws:events:${at}:event-bus/`;
  expect(put([{ EventBusName: "a" }, { EventBusName: "b" }])).toEqual([`${bus}a`, `${bus}b`]);
  expect(put([{ Source: "s" }])).toEqual([`${bus}default`]);
  expect(needs(task("events:putEvents", { Parameters: { "Entries.$": "$.e" } }))).toEqual([
    `${bus}* ?`,
  ]);
});

test("a nested workflow is started, and looked at where it is waited for", () => {
  const StateMachineArn = `arn:aws:states:${at}:stateMachine:child`;
  const start = `states:StartExecution ${StateMachineArn}`;
  const parameters = { Parameters: { StateMachineArn } };
  expect(needs(task("states:startExecution", parameters))).toEqual([start]);
  const rule = `arn:aws:events:${at}:rule/StepFunctionsGetEventsForStepFunctionsExecutionRule`;
  const child = `arn:aws:states:${at}:execution:child:*`;
  expect(needs(task("states:startExecution.sync:2", parameters))).toEqual([
    start,
    `states:DescribeExecution ${child}`,
    `states:StopExecution ${child}`,
    `events:DescribeRule ${rule}`,
    `events:PutRule ${rule}`,
    `events:PutTargets ${rule}`,
  ]);
});

test("a job is submitted, looked at and ended", () => {
  const found = needs(task("glue:startJobRun.sync", { Parameters: { JobName: "j" } }));
  expect(found.map((one) => one.split(" ")[0])).toEqual(
    expect.arrayContaining(["glue:StartJobRun", "glue:GetJobRun", "glue:BatchStopJobRun"]),
  );
  expect(needs(task("glue:startJobRun", { Parameters: { JobName: "j" } }))).toHaveLength(1);
});

test("an HTTP Task calls what it says, with its connection", () => {
  const ConnectionArn = `arn:aws:events:${at}:connection/c/1`;
  const http = task("http:invoke", {
    Parameters: {
      ApiEndpoint: "https://api.example.com/orders",
      Method: "POST",
      Authentication: { ConnectionArn },
    },
  });
  const requirements = requirementsOf(machineOf(http), context);
  expect(requirements[0]).toEqual({
    action: "states:InvokeHTTPEndpoint",
    resource: context.stateMachineArn,
    conditions: {
      "states:HTTPEndpoint": "https://api.example.com/orders",
      "states:HTTPMethod": "POST",
    },
    location: "/States/S",
  });
  expect(requirements[1]).toMatchObject({
    action: "events:RetrieveConnectionCredentials",
    resource: ConnectionArn,
  });
  expect(leastPolicy(requirements)?.Statement).toContainEqual({
    Effect: "Allow",
    Action: "states:InvokeHTTPEndpoint",
    Resource: context.stateMachineArn,
    Condition: {
      StringEquals: {
        "states:HTTPEndpoint": "https://api.example.com/orders",
        "states:HTTPMethod": "POST",
      },
    },
  });
});

test("an API that asks nobody who he is needs no role", () => {
  const invoke = (AuthType: string) =>
    needs(
      task("apigateway:invoke", {
        Parameters: {
          ApiEndpoint: "x.execute-api.us-east-1.amazonaws.com",
          Method: "GET",
          AuthType,
        },
      }),
    );
  expect(invoke("NO_AUTH")).toEqual([]);
  expect(invoke("IAM_ROLE")).toEqual([
    `execute-api:Invoke arn:aws:execute-api:${at}:x/$default/GET/`,
  ]);
});

test("Credentials are a role that the machine's may take on, and that needs the rest", () => {
  const RoleArn = "arn:aws:iam::999999999999:role/there";
  const one = task("sqs:sendMessage", {
    Parameters: { QueueUrl: "https://sqs.us-east-1.amazonaws.com/999999999999/q" },
    Credentials: { RoleArn },
  });
  const requirements = requirementsOf(machineOf(one), context);
  expect(leastPolicy(requirements)?.Statement).toEqual([
    { Effect: "Allow", Action: "sts:AssumeRole", Resource: RoleArn },
  ]);
  expect(leastPolicy(requirements, RoleArn)?.Statement).toEqual([
    {
      Effect: "Allow",
      Action: "sqs:SendMessage",
      Resource: "arn:aws:sqs:us-east-1:999999999999:q",
    },
  ]);
  expect(needs({ ...one, Credentials: { "RoleArn.$": "$.role" } })).toContain("sts:AssumeRole * ?");
});

test("a distributed Map runs its children and reads and writes its objects", () => {
  const map = (ExecutionType: string, others: JsonObject) =>
    needs({
      Type: "Map",
      ItemProcessor: {
        ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType },
        StartAt: "P",
        States: { P: { Type: "Pass", End: true } },
      },
      ...others,
    });
  const run = `arn:aws:states:${at}:execution:orders/items:*`;
  expect(
    map("STANDARD", {
      Label: "items",
      ItemReader: {
        Resource: "arn:aws:states:::s3:getObject",
        Parameters: { Bucket: "in", Key: "items.csv" },
      },
      ResultWriter: {
        Resource: "arn:aws:states:::s3:putObject",
        Parameters: { "Bucket.$": "$.out", Prefix: "results/" },
      },
    }),
  ).toEqual([
    `states:StartExecution ${context.stateMachineArn}`,
    `states:DescribeExecution ${run}`,
    `states:RedriveExecution ${run}`,
    `states:StopExecution ${run}`,
    "s3:GetObject arn:aws:s3:::in/items.csv",
    "s3:AbortMultipartUpload arn:aws:s3:::*/results/* ?",
    "s3:GetObject arn:aws:s3:::*/results/* ?",
    "s3:ListMultipartUploadParts arn:aws:s3:::*/results/* ?",
    "s3:PutObject arn:aws:s3:::*/results/* ?",
  ]);
  expect(
    map("EXPRESS", {
      ItemReader: { Resource: "arn:aws:states:::s3:listObjectsV2", Parameters: { Bucket: "in" } },
    }),
  ).toEqual([`states:StartExecution ${context.stateMachineArn}`, "s3:ListBucket arn:aws:s3:::in"]);
});

test("states within others count, and each says where it is", () => {
  const inner = {
    StartAt: "T",
    States: { T: { ...task("sns:publish", { Parameters: { TopicArn: "t" } }), End: true } },
  };
  const locations = (state: JsonObject) =>
    requirementsOf(machineOf(state), context).map(({ location }) => location);
  expect(locations({ Type: "Parallel", Branches: [inner] })).toEqual([
    "/States/S/Branches[0]/States/T",
  ]);
  expect(locations({ Type: "Map", Iterator: inner })).toEqual(["/States/S/Iterator/States/T"]);
});

test("logs, traces and a key are the machine's own", () => {
  const requirements = requirementsOf(machineOf({ Type: "Pass" }), {
    ...context,
    logs: true,
    traces: true,
    kmsKeyId: "alias/orders",
  });
  expect(requirements.every(({ location }) => location === undefined)).toBe(true);
  const actions = requirements.map(({ action }) => action);
  for (const one of ["logs:CreateLogDelivery", "xray:PutTraceSegments", "kms:Decrypt"]) {
    expect(actions).toContain(one);
  }
  expect(requirements.at(-1)).toEqual({
    action: "kms:GenerateDataKey",
    resource: `arn:aws:kms:${at}:key/*`,
    conditions: {
      "kms:EncryptionContext:aws:states:stateMachineArn": context.stateMachineArn,
    },
  });
});

function required(action: string, resource: string): Requirement {
  return { action, resource };
}

test("the least policy says nothing twice and nothing that another statement says", () => {
  const bucket = "arn:aws:s3:::b";
  const policy = leastPolicy([
    required("s3:GetObject", `${bucket}/*`),
    required("s3:GetObject", `${bucket}/a.csv`),
    required("s3:PutObject", `${bucket}/*`),
    required("sqs:SendMessage", "arn:aws:sqs:r:1:a"),
    required("sqs:SendMessage", "arn:aws:sqs:r:1:b"),
    required("sqs:SendMessage", "arn:aws:sqs:r:1:b"),
  ]);
  expect(policy?.Statement).toEqual([
    {
      Effect: "Allow",
      Action: "sqs:SendMessage",
      Resource: ["arn:aws:sqs:r:1:a", "arn:aws:sqs:r:1:b"],
    },
    { Effect: "Allow", Action: ["s3:GetObject", "s3:PutObject"], Resource: `${bucket}/*` },
  ]);
  expect(leastPolicy([])).toBeUndefined();
});

test("a role lacks what its policies do not allow, and what they may not allow when it runs", () => {
  const statement = {
    Effect: "Allow",
    Action: "dynamodb:*",
    Resource: `arn:aws:dynamodb:${at}:table/orders-?`,
  };
  const text = JSON.stringify({ Version: "2012-10-17", Statement: statement });
  const identity = [{ name: "p", policy: policyOfRecord(text, "identity") }];
  const table = `arn:aws:dynamodb:${at}:table/orders-`;
  const known = required("dynamodb:GetItem", `${table}1`);
  const other = required("dynamodb:GetItem", `arn:aws:dynamodb:${at}:table/customers`);
  const dynamic = required("dynamodb:GetItem", `${table}*`);
  expect(lacking([known, other, dynamic], { identity })).toEqual([other, dynamic]);
});
