import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type {
  ChildPage,
  EventDigests,
  ExecutionView,
  NeighboursView,
  VisitPage,
} from "../../src/console/view-types.ts";
import { Payload } from "../../src/expression/payload.ts";
import { accountId, region, roleArn, startServer, type TestServer } from "../api/start-server.ts";
import { api, builtConsole } from "./ask.ts";

const states = `arn:aws:states:${region}:${accountId}`;
const handlers = {
  find: () => ({
    handles: () => true,
    run: ({ parameters }: { parameters: Payload }) =>
      Promise.resolve(
        JSON.stringify(parameters.value).includes("decline")
          ? ({ type: "failed", error: "CardDeclined" } as const)
          : ({ type: "succeeded", output: Payload.ofText('{"b":1,"a":[2.50,"é"]}') } as const),
      ),
  }),
};
const definitions = {
  orders: {
    StartAt: "Charge",
    States: {
      Charge: {
        Type: "Task",
        Resource: `arn:aws:lambda:${region}:${accountId}:function:charge`,
        End: true,
      },
    },
  },
  echo: { StartAt: "Same", States: { Same: { Type: "Pass", End: true } } },
};

let server: TestServer;
beforeAll(async () => {
  server = await startServer({ handlers, consoleFolder: builtConsole() });
  for (const [name, definition] of Object.entries(definitions)) {
    const given = { name, definition: JSON.stringify(definition), roleArn };
    await server.service.call("CreateStateMachine", given);
  }
});
afterAll(async () => {
  expect(server.mistakes).toEqual([]);
  await server.close();
});

async function start(machine: string, name: string, input: string): Promise<string> {
  const { executionArn } = await server.service.call("StartExecution", {
    stateMachineArn: `${states}:stateMachine:${machine}`,
    name,
    input,
  });
  await vi.waitFor(async () => expect((await view(executionArn as string)).stopDate).toBeDefined());
  return executionArn as string;
}

async function read<T>(arn: string, what = ""): Promise<T> {
  const { status, body } = await api(server.port, `executions/${encodeURIComponent(arn)}${what}`);
  expect(status, JSON.stringify(body)).toBe(200);
  return body as T;
}
const view = (arn: string) => read<ExecutionView>(arn);

describe("the runs beside an execution", () => {
  test("are those of the same workflow, and the newest other one that succeeded", async () => {
    const first = await start("orders", "first", "{}");
    await start("echo", "another-workflow", "{}");
    const second = await start("orders", "second", '{"card":"decline"}');
    const third = await start("orders", "third", '{"card":"decline"}');
    const names = async (arn: string) => {
      const found = await read<NeighboursView>(arn, "/neighbours");
      return [found.older?.name, found.newer?.name, found.lastSucceeded?.name];
    };
    expect(await names(first)).toEqual([undefined, "second", undefined]);
    expect(await names(second)).toEqual(["first", "third", "first"]);
    expect(await names(third)).toEqual(["second", undefined, "first"]);
    expect(await names(`${states}:execution:orders:nowhere`)).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

describe("digests", () => {
  test("are the same for the same document, however it is written, and for no other", async () => {
    const digestsOf = async (name: string, input: string) => {
      const arn = await start("echo", name, input);
      const { digests } = await read<EventDigests>(arn, "/digests");
      const [visit] = (await read<VisitPage>(arn, "/visits")).visits;
      return [digests[visit?.id ?? 0], digests[visit?.exitEventId ?? 0]];
    };
    const [one, out] = await digestsOf("one", '{"a":1,"b":[1,{"c":"é"}]}');
    expect(one).toBeTypeOf("string");
    expect(out, "it gives what it was given").toBe(one);
    expect((await digestsOf("two", '{ "b": [1, {"c":"\\u00e9"}], "a": 1.0 }'))[0]).toBe(one);
    expect((await digestsOf("three", '{"a":1,"b":[{"c":"é"},1]}'))[0]).not.toBe(one);
    expect((await digestsOf("four", '{"a":"1","b":[1,{"c":"é"}]}'))[0]).not.toBe(one);
  });

  test("are not told of an execution that is not there", async () => {
    const arn = encodeURIComponent(`${states}:execution:echo:nowhere`);
    for (const what of ["digests", "children"]) {
      const { status, body } = await api(server.port, `executions/${arn}/${what}`);
      expect([status, body], what).toEqual([
        400,
        expect.objectContaining({ __type: expect.stringMatching(/ExecutionDoesNotExist$/) }),
      ]);
    }
  });
});

test("an execution that has started no other has no children", async () => {
  const arn = await start("echo", "alone", "{}");
  expect(await read<ChildPage>(arn, "/children")).toEqual({ rows: [], total: 0 });
});

test("the largest document is known with the event that has it", async () => {
  const arn = await start("orders", "large", JSON.stringify({ note: "x".repeat(1_000) }));
  const { largestPayload } = await view(arn);
  expect(largestPayload).toEqual({ bytes: 1_011, eventId: 1 });
});
