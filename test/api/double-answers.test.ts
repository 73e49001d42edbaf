import { expect, test, vi } from "vitest";
import { Payload } from "../../src/expression/payload.ts";
import type { ConsoleService } from "../../src/console/console-service.ts";
import type { TaskRequest } from "../../src/ports/task-handler.ts";
import { builtConsole } from "../console/ask.ts";
import { startServer, type TestServer } from "./start-server.ts";

/** `STEPWELL_RACES=1000` for a long run. */
const races = Number(process.env["STEPWELL_RACES"] ?? 200);

const definition = JSON.stringify({
  StartAt: "Ask",
  States: {
    Ask: {
      Type: "Task",
      Resource: "arn:aws:states:::sqs:sendMessage.waitForTaskToken",
      Parameters: { QueueUrl: "q", MessageBody: { "token.$": "$$.Task.Token" } },
      End: true,
    },
  },
});

/** What was said of one task by one of those who answer it at the same moment. */
interface Said {
  readonly output?: string;
  readonly error?: string;
}

/** All the ways to answer a task, each with an answer of its own. */
function answersTo(
  { service, views }: TestServer,
  { taskToken, executionArn, taskId }: TaskRequest,
): readonly (() => Promise<Said>)[] {
  const said = async (call: Promise<unknown>, what: Said): Promise<Said> => {
    await call;
    return what;
  };
  const succeed = (output: string) => () =>
    said(service.call("SendTaskSuccess", { taskToken, output }), { output });
  const byDesk = (output: string) => () =>
    said((views as ConsoleService).questions.answer({ executionArn, taskId, output }, {}), {
      output,
    });
  const fail = (error: string) => () =>
    said(service.call("SendTaskFailure", { taskToken, error }), { error });
  return [succeed("1"), fail("No"), byDesk("2"), succeed("3"), byDesk("4"), fail("Never")];
}

test(`of answers that come at the same moment one counts, ${races} times`, async () => {
  const asked: TaskRequest[] = [];
  const server = await startServer({
    consoleFolder: builtConsole(),
    handlers: {
      find: () => ({
        handles: () => true,
        run: async (request) => {
          asked.push(request);
          return { type: "succeeded", output: Payload.ofText("{}") };
        },
      }),
    },
  });
  const { service } = server;
  const { stateMachineArn } = await service.call("CreateStateMachine", {
    name: "asks",
    definition,
    roleArn: "arn:aws:iam::123456789012:role/test",
  });
  const start = () => service.call("StartExecution", { stateMachineArn: stateMachineArn ?? null });
  await Promise.all(Array.from({ length: races }, start));
  await vi.waitFor(() => expect(asked).toHaveLength(races));

  const lost = await Promise.all(
    asked.map(async (task, index) => {
      const answers = answersTo(server, task);
      // Whoever is first in one race is last in another.
      const order = answers.map((_, place) => answers[(place + index) % answers.length]);
      const told = await Promise.allSettled(order.map(async (answer) => answer?.()));
      const counted = told.filter(({ status }) => status === "fulfilled");
      expect(counted).toHaveLength(1);
      const [winner] = counted as readonly PromiseFulfilledResult<Said>[];
      const { executionArn } = task;
      const { events } = (await service.call("GetExecutionHistory", { executionArn })) as {
        readonly events: readonly { readonly type: string }[];
      };
      const ends = events.filter(({ type }) => /^Task(Succeeded|Failed)$/.test(type));
      expect(ends).toHaveLength(1);
      expect(ends[0]).toMatchObject(
        winner?.value.output === undefined
          ? { taskFailedEventDetails: { error: winner?.value.error } }
          : { taskSucceededEventDetails: { output: winner.value.output } },
      );
      return told.length - counted.length;
    }),
  );
  expect(lost).toEqual(Array(races).fill(5));
  await server.close();
}, 120_000);
