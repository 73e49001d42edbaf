import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from "@aws-sdk/client-eventbridge";
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect, onTestFinished } from "vitest";
import type { JsonObject } from "../../src/expression/json.ts";
import type { StepwellOptions } from "../../src/server/stepwell-options.ts";
import { ownServer } from "../api/own-server.ts";
import { accountId, passDefinition, region, roleArn } from "../api/start-server.ts";

/** A whole server whose events and queues are asked by the AWS SDK, until the test ends. */
export async function eventServer(options: Partial<StepwellOptions> = {}) {
  const server = await ownServer({ standInServices: "memory", ...options });
  const settings = {
    endpoint: server.url,
    region,
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    maxAttempts: 1,
  };
  const events = new EventBridgeClient(settings);
  const sqs = new SQSClient(settings);
  onTestFinished(() => [events, sqs].forEach((client) => client.destroy()));
  const machine = async (name: string, definition: object | string = passDefinition) => {
    const { stateMachineArn } = await server.call("CreateStateMachine", {
      name,
      definition: typeof definition === "string" ? definition : JSON.stringify(definition),
      roleArn,
    });
    return stateMachineArn as string;
  };
  const rule = async (name: string, pattern: object, target: object) => {
    await events.send(new PutRuleCommand({ Name: name, EventPattern: JSON.stringify(pattern) }));
    const Targets = [{ Id: "t", Arn: "", ...target }];
    const answer = await events.send(new PutTargetsCommand({ Rule: name, Targets }));
    expect(answer.FailedEntryCount).toBe(0);
  };
  const queue = async (name: string) => {
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: name }));
    return {
      arn: `arn:aws:sqs:${region}:${accountId}:${name}`,
      /** Waits for the next message. */
      async next(): Promise<JsonObject> {
        const { Messages = [] } = await sqs.send(
          new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 20, MaxNumberOfMessages: 1 }),
        );
        return JSON.parse(Messages[0]?.Body ?? "null") as JsonObject;
      },
    };
  };
  return { server, events, machine, rule, queue };
}
