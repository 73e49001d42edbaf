import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { compileFilter, parseFilter } from "../../src/console/filter.ts";
import { indexed } from "../../src/console/index/execution-index.ts";
import type { ExecutionPage } from "../../src/console/view-types.ts";
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
          ? ({ type: "failed", error: "CardDeclined", cause: "no money" } as const)
          : ({ type: "succeeded", output: Payload.ofText('{"status":"shipped"}') } as const),
      ),
  }),
};
const charge = {
  Type: "Task",
  Resource: `arn:aws:lambda:${region}:${accountId}:function:charge`,
  End: true,
};
const definitions = {
  orders: { StartAt: "Charge", States: { Charge: charge } },
  nested: {
    StartAt: "Both",
    States: {
      Both: {
        Type: "Parallel",
        End: true,
        Branches: [
          { StartAt: "Charge inside", States: { "Charge inside": charge } },
          { StartAt: "Rest", States: { Rest: { Type: "Wait", Seconds: 3_600, End: true } } },
        ],
      },
    },
  },
  hold: {
    StartAt: "Begin",
    States: {
      Begin: { Type: "Pass", Next: "Hold on" },
      "Hold on": { Type: "Wait", Seconds: 3_600, End: true },
    },
  },
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

async function start(machine: string, name: string, input: object = {}): Promise<string> {
  const answer = await server.service.call("StartExecution", {
    stateMachineArn: `${states}:stateMachine:${machine}`,
    name,
    input: JSON.stringify(input),
  });
  return answer["executionArn"] as string;
}

type Found = ExecutionPage & { readonly problems: readonly string[] };
async function search(filter: string): Promise<Found> {
  const { status, body } = await api(
    server.port,
    `executions?filter=${encodeURIComponent(filter)}`,
  );
  expect(status, JSON.stringify(body)).toBe(200);
  return body as Found;
}
const finds = (filter: string, names: readonly string[]) =>
  vi.waitFor(async () =>
    expect((await search(filter)).rows.map(({ name }) => name).sort()).toEqual(names),
  );
const tag = (value: string) =>
  server.service.call("TagResource", {
    resourceArn: `${states}:stateMachine:orders`,
    tags: [{ key: "stepwell:index", value }],
  });

describe("members of inputs and outputs", () => {
  test("are found where a workflow's tag names them, in what ran before and after", async () => {
    await start("orders", "early", { order: { id: "A-1", lines: [{ sku: "x" }] }, total: 12.5 });
    await finds("status:succeeded", ["early"]);
    const unknown = await search("input.order.id:A-1 status:succeeded");
    expect(unknown.unindexed).toEqual(["input.order.id"]);
    expect(unknown.problems).toEqual([
      expect.stringContaining("No workflow indexes 'input.order.id'; put it into the tag"),
    ]);
    expect(unknown.rows, "the rest of the filter holds").toHaveLength(1);

    await tag("input.order.id input.total output.status input.order.lines.0.sku");
    await finds("input.order.id:a-1", ["early"]);
    await start("orders", "late", { order: { id: "B-2" }, total: 7 });
    await finds("output.status:shipped", ["early", "late"]);
    await finds("input.total:12.5", ["early"]);
    await finds("input.order.lines.0.sku:x", ["early"]);
    await finds("input.order.id:A-1 input.order.id:B-2", ["early", "late"]);
    await finds("input.order.id:C-3", []);
    expect((await search("input.total:7")).problems).toEqual([]);
  });

  test("that the tag names later are looked for in what is there", async () => {
    await tag("input.note");
    await start("orders", "noted", { note: "x".repeat(300) });
    await finds(`input.note:${"x".repeat(300)}`, ["noted"]);
    await tag("input.order.id");
    await finds("input.order.id:A-1", ["early"]);
    expect((await search("input.note:1")).unindexed).toEqual(["input.note"]);
  });

  test("are told in no row", async () => {
    expect(JSON.stringify(await search("input.order.id:A-1"))).not.toContain("shipped");
    const [row] = (await search("name:early")).rows;
    expect(Object.keys(row ?? {})).not.toContain("members");
  });
});

test("a state finds what failed in it and what is in it, within a Parallel, too", async () => {
  await start("hold", "holding");
  await start("orders", "declined", { decline: true });
  await start("nested", "inside", { decline: true });
  await finds('state:"hold on"', ["holding"]);
  await finds("state:charge", ["declined"]);
  await finds('state:"Charge inside"', ["inside"]);
  await finds("state:rest", []);
  await finds("state:begin", []);
});

test("an execution is found by the one that started it", () => {
  const executionArn = `${states}:execution:parent:p`;
  const record = {
    executionArn: `${states}:execution:hold:c`,
    stateMachineArn: `${states}:stateMachine:hold`,
    revisionId: "r",
    name: "c",
    status: "RUNNING",
    startDate: 0,
  } as const;
  const child = indexed(
    { ...record, parent: { executionArn, taskId: 1, pattern: "sync" } },
    "STANDARD",
  );
  const picks = (text: string) => compileFilter(parseFilter(text).terms, 0);
  expect(picks(`parent:${executionArn}`)(child)).toBe(true);
  expect(picks("parent:none")(child)).toBe(false);
  expect(picks("parent:none")(indexed(record, "STANDARD"))).toBe(true);
});

test("redrives are counted", async () => {
  const arn = await start("orders", "again", { decline: true });
  await finds("name:again status:failed", ["again"]);
  await server.service.call("RedriveExecution", { executionArn: arn });
  await finds("redrives:>0", ["again"]);
  await finds("redrives:1 state:charge status:failed", ["again"]);
  await finds("redrives:2", []);
});

test("facets count what each further term would leave", async () => {
  const { facets, total } = await search("workflow:orders status:failed");
  expect(facets.status).toEqual([
    { value: "SUCCEEDED", count: 3 },
    { value: "FAILED", count: 2 },
  ]);
  expect(facets.workflow).toEqual([
    { value: "orders", count: 2 },
    { value: "nested", count: 1 },
  ]);
  expect(facets.error).toEqual([{ value: "CardDeclined", count: 2 }]);
  expect(total).toBe(2);
});
