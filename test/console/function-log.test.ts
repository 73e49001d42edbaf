import { expect, test } from "vitest";
import { FunctionLogDesk } from "../../src/console/function-logs/function-log-desk.ts";
import type { JsonObject } from "../../src/expression/json.ts";
import type { FunctionLogReader } from "../../src/ports/function-logs.ts";
import type { RequestContext } from "../../src/service/operation.ts";

const executionArn = "arn:aws:states:eu-west-1:123456789012:execution:machine:one";
const request = {} as RequestContext;

const logs: FunctionLogReader = {
  keptSince: 50,
  placeOf: (name) => ({ name, place: "local" }),
  printedLast: () => "",
  printedBy: ({ taskId }, after) => ({
    printed: [
      { id: 7, at: 100, stream: "stdout" as const, text: `task ${taskId}\r\nsecond\n` },
      { id: 9, at: 101, stream: "stderr" as const, text: "third, not ended" },
    ].filter(({ id }) => id > after),
    isCut: true,
  }),
};

function desk(event: JsonObject | undefined): FunctionLogDesk {
  const events = event === undefined ? [] : [{ id: 3, ...event }];
  return new FunctionLogDesk(logs, { events: () => Promise.resolve({ events, more: false }) });
}

const scheduled = (resourceType: string, parameters: object): JsonObject => ({
  taskScheduledEventDetails: {
    resourceType,
    resource: "runTask.sync",
    parameters: JSON.stringify(parameters),
  },
});

test("lines are parted, and go on after those that were read", async () => {
  const direct = desk({ lambdaFunctionScheduledEventDetails: { resource: "arn:charge" } });
  expect(await direct.view(executionArn, { taskId: 3, after: 0 }, request)).toEqual({
    functionName: "arn:charge",
    place: "local",
    lines: [
      { at: 100, text: "task 3" },
      { at: 100, text: "second" },
      { at: 101, text: "third, not ended", isError: true },
    ],
    last: 9,
    isCut: true,
    keptSince: 50,
  });
  const rest = await direct.view(executionArn, { taskId: 3, after: 9 }, request);
  expect(rest).toMatchObject({ lines: [], last: 9 });
});

test("a call of lambda:invoke names its function in its parameters", async () => {
  const invoking = desk(scheduled("lambda", { FunctionName: "charge" }));
  const view = await invoking.view(executionArn, { taskId: 3, after: 0 }, request);
  expect(view.functionName).toBe("charge");
});

test("what stands in for a service prints here; a service itself prints elsewhere", async () => {
  const event = scheduled("ecs", {});
  const view = await desk(event).view(executionArn, { taskId: 3, after: 0 }, request);
  expect(view).toMatchObject({ place: "local", lines: [{ text: "task 3" }, {}, {}] });
  const rest = await desk(event).view(executionArn, { taskId: 3, after: 9 }, request);
  expect(rest).toMatchObject({ place: "elsewhere", lines: [] });
});

test("what schedules no task has no log, and it is said so", async () => {
  for (const event of [undefined, {}]) {
    const asked = desk(event).view(executionArn, { taskId: 3, after: 0 }, request);
    await expect(asked).rejects.toThrow("Event 3 calls nothing that could print.");
  }
});

test("who may not read the history may not read what its functions print", async () => {
  const refused = new FunctionLogDesk(logs, {
    events: () => Promise.reject(new Error("not allowed")),
  });
  const asked = refused.view(executionArn, { taskId: 3, after: 0 }, request);
  await expect(asked).rejects.toThrow("not allowed");
});
