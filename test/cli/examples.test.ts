import { spawnSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root, stepwell, temporaryFolder } from "./stepwell.ts";

const examples = join(root, "examples");
const hasPython = spawnSync("python3", ["--version"]).status === 0;

/** Runs an example as its README says, with orders in a folder of the test's own. */
async function runExample(definition: string, input: string, stdin?: string) {
  const [name = ""] = definition.split("/");
  const given = input.startsWith("{") ? input : `@${join(examples, name, input)}`;
  const result = await stepwell(
    ["run", join(examples, definition), "--skip-waits", "--input", given],
    { env: { ORDERS_DIR: temporaryFolder() }, ...(stdin === undefined ? {} : { stdin }) },
  );
  const output: unknown = result.stdout === "" ? undefined : JSON.parse(result.stdout);
  return { ...result, output };
}

test("hello-world greets", async () => {
  const { status, output } = await runExample("hello-world/definition.asl.json", "input.json");
  expect({ status, output }).toEqual({ status: 0, output: { greeting: "Hello, World!" } });
});

test("choice takes the first match, and fails where there is none", async () => {
  const [first, none] = await Promise.all([
    runExample("choice/definition.asl.json", "input.json"),
    runExample("choice/definition.asl.json", '{"foo": 3}'),
  ]);
  expect(first.output).toEqual({ foo: 1, first: true, matched: "first", next: true });
  expect(none.status).toBe(1);
  expect(none.stderr).toContain("error: DefaultStateError\n  cause: No Matches!");
});

test.skipIf(!hasPython)("choice takes the second match, a function in Python", async () => {
  const { output } = await runExample("choice/definition.asl.json", '{"foo": 2}');
  expect(output).toEqual({ foo: 2, first: true, matched: "second", next: true });
});

test("order-processing ships a small order", async () => {
  const { output } = await runExample("order-processing/definition.asl.json", "input.json");
  expect(output).toEqual({
    orderId: "1001",
    status: "SHIPPED",
    total: 100,
    payment: "payment-1001",
    tracking: "TRACK-1001",
  });
});

test("order-processing asks a person about a large order", async () => {
  const large = (stdin: string) =>
    runExample("order-processing/definition.asl.json", "large-order.json", stdin);
  const [approved, refused] = await Promise.all([
    large('{"approved": true}\n'),
    large('{"approved": false}\n'),
  ]);
  expect(approved.output).toMatchObject({ orderId: "1002", status: "SHIPPED", total: 1200 });
  expect(refused.output).toEqual({ orderId: "1002", status: "REJECTED" });
});

test("order-processing alerts when a card is declined", async () => {
  const { status, stderr } = await runExample(
    "order-processing/definition.asl.json",
    "declined-order.json",
  );
  expect(status).toBe(1);
  expect(stderr).toContain("[send-alert] ALERT: the payment of order 1003 failed: PaymentDeclined");
  expect(stderr).toContain("error: PaymentFailed");
});

test("data-pipeline sums up what was sold", async () => {
  const { output } = await runExample("data-pipeline/definition.asl.json", "input.json");
  expect(output).toEqual({
    currency: "EUR",
    sales: 5,
    total: 389.59,
    byCountry: { DE: 139.99, US: 189, GB: 60.6 },
    largest: "s2",
  });
});

test("job-poller looks three times until the job is done", async () => {
  const { output, stderr } = await runExample("job-poller/definition.asl.yaml", "input.json");
  expect(output).toEqual({ jobId: "job-nightly-report", status: "SUCCEEDED" });
  // A busy machine wakes it a little later.
  expect(stderr.match(/✔ Wait X Seconds {2}2([.]\d+)? s/g)).toHaveLength(3);
});

test("all examples are valid without a warning", async () => {
  const files = readdirSync(examples, { recursive: true, encoding: "utf8" }).filter((file) =>
    /definition[.]asl[.](json|yaml)$/.test(file),
  );
  expect(files).toHaveLength(5);
  const { stdout } = await stepwell(["validate", ...files.map((file) => join(examples, file))]);
  expect(stdout).toBe("OK: 5 files without errors\n");
});
