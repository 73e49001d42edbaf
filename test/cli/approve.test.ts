import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { readTrail } from "../../src/iam/audit/read-trail.ts";
import { call, closed, startServer, stepwell, temporaryFolder } from "./stepwell.ts";

const stateMachineArn = "arn:aws:states:us-east-1:000000000000:stateMachine:order-processing";
const largeOrder = JSON.stringify({
  orderId: "approve-test",
  customer: "grace@example.com",
  card: "4242424242424242",
  items: [{ sku: "desk", quantity: 3, price: 400 }],
  packingSeconds: 0,
});

test("what waits is listed, linked to and answered from a terminal; without a console it says so", async () => {
  const cwd = temporaryFolder();
  // What the example's functions have done for an order is kept: this one is new.
  const env = { ORDERS_DIR: join(cwd, "orders") };
  const server = await startServer(["--examples"], { cwd, env });
  const approve = (...args: string[]) =>
    stepwell(["approve", ...args, "--console", `${server.url}/console`], { cwd });

  expect(await approve()).toMatchObject({ status: 0, stdout: "Nothing waits for an answer.\n" });
  const { executionArn } = await call(server.url, "StartExecution", {
    stateMachineArn,
    name: "large",
    input: largeOrder,
  });
  await vi.waitFor(
    async () => expect((await approve()).stdout).toContain("Approve order approve-test"),
    { timeout: 15_000 },
  );
  const listed = await approve();
  expect(listed.stdout).toContain("1,200.00 EUR?");
  expect(listed.stdout).toContain("order-processing / large");
  const link = (await approve("1", "--link")).stdout.trim();
  expect(link).toContain(`${server.url}/console/approve/`);
  expect(await (await fetch(link)).text()).toContain("Approve order approve-test");

  expect(await approve("2", "--yes")).toMatchObject({ status: 1 });
  expect((await approve("1")).stderr).toContain("--yes, --no, --output, --fail and --link");
  expect((await approve("1", "--output", "{")).status).toBe(2);
  expect((await approve("large", "--yes", "--comment", "fine")).status).toBe(0);
  expect(await closed(server.url, String(executionArn))).toMatchObject({ status: "SUCCEEDED" });
  const { records } = await readTrail(join(cwd, ".stepwell", "audit"), { limit: 10 });
  const entries = records.map(({ additionalEventData }) => additionalEventData?.["question"]);
  expect(entries.toReversed()).toMatchObject([
    // The example's function has printed one, too.
    { action: "link", executionArn },
    { action: "link", executionArn },
    { action: "view", executionArn },
    {
      action: "answer",
      executionArn,
      answer: { output: '{"approved":true,"comment":"fine"}' },
    },
  ]);
  await server.end("SIGTERM");

  const without = await startServer(["--no-console"], { cwd });
  expect((await fetch(`${without.url}/`, { headers: { Accept: "text/html" } })).status).toBe(200);
  expect((await fetch(`${without.url}/console/`)).status).not.toBe(200);
  const refused = await stepwell(["approve", "--console", `${without.url}/console`], { cwd });
  expect(refused.status).toBe(1);
});

test("where nobody answers it says what to do", async () => {
  const refused = await stepwell(["approve", "--console", "http://127.0.0.1:9/console"]);
  expect(refused.status).toBe(1);
  expect(refused.stderr).toContain("Start a server with 'stepwell start'");
});
