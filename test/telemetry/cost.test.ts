import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { costText } from "../../src/cli/cost.ts";
import type { CostReport } from "../../src/telemetry/usage/cost-report.ts";
import { parsePrices } from "../../src/telemetry/usage/prices.ts";
import { ownServer } from "../api/own-server.ts";

test("what an execution used is in the month's cost at once, and in the command's table", async () => {
  const prices = parsePrices(readFileSync("data/prices.json", "utf8"));
  const server = await ownServer({ telemetry: { prices } });
  await server.start({
    StartAt: "A",
    States: { A: { Type: "Pass", Next: "B" }, B: { Type: "Succeed" } },
  });
  const answer = await fetch(`${server.url}/stepwell/cost?by=machine`);
  const report = (await answer.json()) as CostReport;
  expect(report).toMatchObject({
    rows: [{ key: "machine-1", executions: 1, transitions: 2 }],
    total: { transitions: 2, cost: { total: 0 } },
    freeTransitions: 2,
  });
  expect(costText(report)).toContain("machine-1  1           2            0");
  expect((await fetch(`${server.url}/stepwell/cost?by=colour`)).status).toBe(400);
});
