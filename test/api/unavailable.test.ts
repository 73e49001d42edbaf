import { afterAll, beforeAll, expect, test } from "vitest";
import type { OperationName } from "../../src/service/service-model.ts";
import { post } from "./post.ts";
import { startServer, type TestServer } from "./start-server.ts";

let server: TestServer;
beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.close());

const arn = "arn:aws:states:eu-west-1:123456789012:stateMachine:m:1";
const inputs = {
  CreateStateMachineAlias: {
    name: "live",
    routingConfiguration: [{ stateMachineVersionArn: arn, weight: 100 }],
  },
  DeleteStateMachineAlias: { stateMachineAliasArn: arn },
  DeleteStateMachineVersion: { stateMachineVersionArn: arn },
  DescribeMapRun: { mapRunArn: arn },
  DescribeStateMachineAlias: { stateMachineAliasArn: arn },
  ListMapRuns: { executionArn: arn },
  ListStateMachineAliases: { stateMachineArn: arn },
  ListStateMachineVersions: { stateMachineArn: arn },
  PublishStateMachineVersion: { stateMachineArn: arn },
  RedriveExecution: { executionArn: arn },
  TestState: { definition: "{}" },
  UpdateMapRun: { mapRunArn: arn },
  UpdateStateMachineAlias: { stateMachineAliasArn: arn },
} satisfies Partial<Record<OperationName, object>>;

test.each(Object.entries(inputs))("%s says that it is not available", async (operation, input) => {
  const { status, body } = await post(server.port, operation, input);
  expect(status).toBe(400);
  expect(body).toEqual({
    __type: "UnsupportedOperationException",
    message: `The operation ${operation} is not available in this version of Stepwell`,
  });
});

test.each(Object.keys(inputs))("%s checks its input all the same", async (operation) => {
  const { body } = await post(server.port, operation, {});
  expect(body).toMatchObject({
    __type: "ValidationException",
    message: expect.stringMatching(/^\d validation errors? detected: Value null at '.*' failed/),
  });
});
