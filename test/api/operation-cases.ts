import type { JsonObject } from "../../src/expression/json.ts";
import { Payload } from "../../src/expression/payload.ts";
import type { Access } from "../../src/ports/authorizer.ts";
import type { TaskHandler } from "../../src/ports/task-handler.ts";
import type { OperationName } from "../../src/service/model/service-model.ts";
import type { Service } from "../../src/service/service.ts";
import { accountId, passDefinition, region, roleArn } from "./start-server.ts";

export const states = `arn:aws:states:${region}:${accountId}`;
export const machine = `${states}:stateMachine:orders`;
export const express = `${states}:stateMachine:quick`;
export const activity = `${states}:activity:pack`;
export const execution = `${states}:execution:orders:one`;
export const mapRun = `${states}:mapRun:orders/each:5b7d`;

/** Takes the message, which somebody answers by its token. */
export const queue: TaskHandler = {
  handles: () => true,
  run: () => Promise.resolve({ type: "succeeded", output: Payload.ofText("{}") }),
};

/** Waits for a worker of the activity, and for an answer by token. */
const definition = JSON.stringify({
  StartAt: "Both",
  States: {
    Both: {
      Type: "Parallel",
      End: true,
      Branches: [
        { StartAt: "Pack", States: { Pack: { Type: "Task", Resource: activity, End: true } } },
        {
          StartAt: "Ask",
          States: {
            Ask: {
              Type: "Task",
              Resource: "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
              Parameters: { QueueUrl: "https://queue", "MessageBody.$": "$$.Task.Token" },
              End: true,
            },
          },
        },
      ],
    },
  },
});

export interface Tokens {
  readonly worker: string;
  readonly callback: string;
}

/** Makes what the cases act on, over {@link queue}: answers the tokens of the two tasks that wait. */
export async function makeResources(service: Service): Promise<Tokens> {
  await service.call("CreateActivity", { name: "pack" });
  await service.call("CreateStateMachine", { name: "orders", definition, roleArn, publish: true });
  await service.call("CreateStateMachineAlias", {
    name: "LIVE",
    routingConfiguration: [{ stateMachineVersionArn: `${machine}:1`, weight: 100 }],
  });
  const quick = { name: "quick", definition: passDefinition, roleArn, type: "EXPRESS" };
  await service.call("CreateStateMachine", quick);
  await service.call("StartExecution", { stateMachineArn: machine, name: "one" });
  const task = await service.call("GetActivityTask", { activityArn: activity });
  const worker = task["taskToken"] as string;
  const { events } = await service.call("GetExecutionHistory", { executionArn: execution });
  const sent = (events as readonly JsonObject[]).find(({ type }) => type === "TaskScheduled");
  const scheduled = sent?.["taskScheduledEventDetails"] as JsonObject | undefined;
  const parameters = JSON.parse(scheduled?.["parameters"] as string) as JsonObject;
  return { worker, callback: parameters["MessageBody"] as string };
}

export interface Case {
  readonly input: (tokens: Tokens) => JsonObject;
  /** In the order they are asked for. */
  readonly wants: readonly Access[];
}

const on = (action: string, resource: string, conditions?: Access["conditions"]): Access => ({
  action,
  resource,
  ...(conditions && { conditions }),
});
const live = { "states:StateMachineQualifier": ["LIVE"] };
export const tags = [{ key: "team", value: "shop" }];
const tagged = { "aws:RequestTag/team": "shop", "aws:TagKeys": ["team"] };
const passRole = on("iam:PassRole", roleArn, { "iam:PassedToService": "states.amazonaws.com" });
/** What names only a resource that it has in its input. */
const plain = (name: OperationName, member: string, arn: string, more: JsonObject = {}): Case => ({
  input: () => ({ [member]: arn, ...more }),
  wants: [on(`states:${name}`, arn)],
});

/** Service Authorization Reference: one action for each operation; its resource is what it is done to. */
export const operationCases: { readonly [N in OperationName]: Case } = {
  CreateActivity: {
    input: () => ({ name: "wrap", tags }),
    wants: [
      on("states:CreateActivity", `${states}:activity:wrap`, tagged),
      on("states:TagResource", `${states}:activity:wrap`, tagged),
    ],
  },
  CreateStateMachine: {
    input: () => ({ name: "new", definition: passDefinition, roleArn, publish: true, tags }),
    wants: [
      on("states:CreateStateMachine", `${states}:stateMachine:new`, tagged),
      passRole,
      on("states:PublishStateMachineVersion", `${states}:stateMachine:new`),
      on("states:TagResource", `${states}:stateMachine:new`, tagged),
    ],
  },
  CreateStateMachineAlias: {
    input: () => ({
      name: "NEXT",
      routingConfiguration: [{ stateMachineVersionArn: `${machine}:1`, weight: 100 }],
    }),
    wants: [
      on("states:CreateStateMachineAlias", machine, { "states:StateMachineQualifier": ["NEXT"] }),
    ],
  },
  DeleteActivity: plain("DeleteActivity", "activityArn", activity),
  DeleteStateMachine: plain("DeleteStateMachine", "stateMachineArn", machine),
  DeleteStateMachineAlias: {
    input: () => ({ stateMachineAliasArn: `${machine}:LIVE` }),
    wants: [on("states:DeleteStateMachineAlias", machine, live)],
  },
  DeleteStateMachineVersion: {
    input: () => ({ stateMachineVersionArn: `${machine}:1` }),
    wants: [
      on("states:DeleteStateMachineVersion", machine, { "states:StateMachineQualifier": ["1"] }),
    ],
  },
  DescribeActivity: plain("DescribeActivity", "activityArn", activity),
  DescribeExecution: plain("DescribeExecution", "executionArn", execution),
  DescribeMapRun: plain("DescribeMapRun", "mapRunArn", mapRun),
  DescribeStateMachine: {
    input: () => ({ stateMachineArn: `${machine}:LIVE` }),
    wants: [on("states:DescribeStateMachine", machine, live)],
  },
  DescribeStateMachineAlias: {
    input: () => ({ stateMachineAliasArn: `${machine}:LIVE` }),
    wants: [on("states:DescribeStateMachineAlias", machine, live)],
  },
  DescribeStateMachineForExecution: plain(
    "DescribeStateMachineForExecution",
    "executionArn",
    execution,
  ),
  GetActivityTask: plain("GetActivityTask", "activityArn", activity),
  GetExecutionHistory: plain("GetExecutionHistory", "executionArn", execution),
  ListActivities: { input: () => ({}), wants: [on("states:ListActivities", "*")] },
  ListExecutions: plain("ListExecutions", "stateMachineArn", machine),
  ListMapRuns: plain("ListMapRuns", "executionArn", execution),
  ListStateMachineAliases: plain("ListStateMachineAliases", "stateMachineArn", machine),
  ListStateMachines: { input: () => ({}), wants: [on("states:ListStateMachines", "*")] },
  ListStateMachineVersions: plain("ListStateMachineVersions", "stateMachineArn", machine),
  ListTagsForResource: plain("ListTagsForResource", "resourceArn", machine),
  PublishStateMachineVersion: plain("PublishStateMachineVersion", "stateMachineArn", machine),
  RedriveExecution: plain("RedriveExecution", "executionArn", execution),
  SendTaskFailure: {
    input: ({ callback }) => ({ taskToken: callback }),
    wants: [on("states:SendTaskFailure", machine)],
  },
  SendTaskHeartbeat: {
    input: ({ worker }) => ({ taskToken: worker }),
    wants: [on("states:SendTaskHeartbeat", activity)],
  },
  SendTaskSuccess: {
    input: ({ worker }) => ({ taskToken: worker, output: "{}" }),
    wants: [on("states:SendTaskSuccess", activity)],
  },
  StartExecution: {
    input: () => ({ stateMachineArn: `${machine}:LIVE` }),
    wants: [on("states:StartExecution", machine, live)],
  },
  StartSyncExecution: plain("StartSyncExecution", "stateMachineArn", express),
  StopExecution: plain("StopExecution", "executionArn", execution),
  TagResource: {
    input: () => ({ resourceArn: machine, tags }),
    wants: [on("states:TagResource", machine, tagged)],
  },
  TestState: {
    input: () => ({
      definition: JSON.stringify({ Type: "Pass", End: true }),
      roleArn,
      revealSecrets: true,
    }),
    wants: [on("states:TestState", "*"), passRole, on("states:RevealSecrets", "*")],
  },
  UntagResource: {
    input: () => ({ resourceArn: activity, tagKeys: ["team"] }),
    wants: [on("states:UntagResource", activity, { "aws:TagKeys": ["team"] })],
  },
  UpdateMapRun: plain("UpdateMapRun", "mapRunArn", mapRun, { maxConcurrency: 1 }),
  UpdateStateMachine: {
    input: () => ({ stateMachineArn: machine, definition: passDefinition, roleArn, publish: true }),
    wants: [
      on("states:UpdateStateMachine", machine),
      passRole,
      on("states:PublishStateMachineVersion", machine),
    ],
  },
  UpdateStateMachineAlias: {
    input: () => ({ stateMachineAliasArn: `${machine}:LIVE`, description: "changed" }),
    wants: [on("states:UpdateStateMachineAlias", machine, live)],
  },
  ValidateStateMachineDefinition: {
    input: () => ({ definition: passDefinition }),
    wants: [on("states:ValidateStateMachineDefinition", "*")],
  },
};
