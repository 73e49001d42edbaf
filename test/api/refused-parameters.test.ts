import {
  CreateStateMachineCommand,
  GetExecutionHistoryCommand,
  StartExecutionCommand,
} from "@aws-sdk/client-sfn";
import { expect, test } from "vitest";
import type { TaskHandler } from "../../src/ports/task-handler.ts";
import { post } from "./post.ts";
import { roleArn, startServer } from "./start-server.ts";

test("parameters that can never start the task fail the execution where the state was entered", async () => {
  let calls = 0;
  const handler: TaskHandler = {
    handles: () => true,
    refuseParameters: (_, parameters) => `Not with ${parameters.text}`,
    run: () => {
      calls++;
      return Promise.resolve({ type: "pending" });
    },
  };
  const server = await startServer({ handlers: { find: () => handler } });
  const definition = JSON.stringify({
    StartAt: "Send",
    States: {
      Send: {
        Type: "Task",
        Resource: "arn:aws:states:::sns:publish",
        Parameters: { "Message.$": "$.message" },
        Retry: [{ ErrorEquals: ["States.ALL"] }],
        End: true,
      },
    },
  });
  const { stateMachineArn } = await server.client.send(
    new CreateStateMachineCommand({ name: "refused", definition, roleArn }),
  );
  const { executionArn } = await server.client.send(
    new StartExecutionCommand({ stateMachineArn, input: '{"message":"hello"}' }),
  );
  await post(server.port, "DescribeExecution", JSON.stringify({ executionArn }), {
    headers: { "x-stepwell-wait-seconds": "10" },
  });
  const { events = [] } = await server.client.send(
    new GetExecutionHistoryCommand({ executionArn }),
  );
  expect(events.map(({ type }) => type)).toEqual([
    "ExecutionStarted",
    "TaskStateEntered",
    "ExecutionFailed",
  ]);
  expect(events[2]?.executionFailedEventDetails).toEqual({
    error: "States.Runtime",
    cause: `An error occurred while executing the state 'Send' (entered at the event id #2). Not with {"Message":"hello"}`,
  });
  expect(calls).toBe(0);
  expect(server.mistakes).toEqual([]);
  await server.close();
});
