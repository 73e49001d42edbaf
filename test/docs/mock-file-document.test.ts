import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readSettings } from "../../src/cli/settings.ts";
import { readMockFile } from "../../src/cli/testing/mock-file.ts";
import { runTestCase } from "../../src/cli/testing/run-test-case.ts";
import { readTestPlan } from "../../src/cli/testing/test-plan.ts";
import { differences } from "../../src/simulate/cases/expectation.ts";
import { readDocument } from "./document.ts";

const orders = {
  StartAt: "Receive",
  States: {
    Receive: { Type: "Pass", Next: "Charge" },
    Charge: {
      Type: "Task",
      Resource: "arn:aws:states:::lambda:invoke",
      Parameters: { FunctionName: "charge" },
      Retry: [{ ErrorEquals: ["Lambda.TooManyRequestsException"] }],
      Next: "Wait a day",
    },
    "Wait a day": { Type: "Wait", Seconds: 86_400, Next: "Ship" },
    Ship: {
      Type: "Task",
      Resource: "arn:aws:lambda:us-east-1:000000000000:function:ship",
      End: true,
    },
  },
};

test("the mock file of docs/testing.md comes to what it expects", async () => {
  const folder = mkdtempSync(join(tmpdir(), "stepwell-mock-file-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const parts = readDocument("docs/testing.md").blocks.filter(
    ({ language }) => language === "json",
  );
  expect(parts).toHaveLength(2);
  const whole = Object.assign({}, ...parts.map(({ code }) => JSON.parse(code) as object)) as object;
  const path = join(folder, "orders.mock.json");
  writeFileSync(path, JSON.stringify(whole));
  mkdirSync(join(folder, "machines"));
  writeFileSync(join(folder, "machines/orders.asl.json"), JSON.stringify(orders));
  const audit = { StartAt: "Note", States: { Note: { Type: "Succeed" } } };
  writeFileSync(join(folder, "audit.asl.yaml"), JSON.stringify(audit));
  writeFileSync(join(folder, "order.json"), '{"total": 200}');

  const plan = readTestPlan(await readMockFile(path));
  const settings = await readSettings({});
  expect(plan.cases.map(({ name }) => name)).toEqual(["Paid", "Declined"]);
  for (const planned of plan.cases) {
    const outcome = await runTestCase(plan, planned, { settings, defined: new Map() });
    expect(differences(planned.expectation, outcome), planned.name).toEqual([]);
  }
});
