import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openDeployClient } from "../../src/cli/deploy/deploy-client.ts";
import { consoleText } from "../../src/cli/deploy/deploy-stack.ts";
import { stackAddress } from "../../src/cli/deploy/stack-address.ts";
import { startServer } from "../api/start-server.ts";

const stackId = "arn:aws:cloudformation:us-east-1:123456789012:stack/orders/1";

/** What a deployment to a server says of its console. */
async function addressAt(options: Parameters<typeof startServer>[0]): Promise<string | undefined> {
  const server = await startServer(options);
  onTestFinished(() => server.close());
  const endpoint = `http://127.0.0.1:${server.port}`;
  const console = await stackAddress(await openDeployClient({ endpoint }), stackId);
  return console?.replace(endpoint, "");
}

test("a deployment ends with the place of its stack in the console of the server", async () => {
  const consoleFolder = mkdtempSync(join(tmpdir(), "stepwell-page-"));
  onTestFinished(() => rmSync(consoleFolder, { recursive: true }));
  writeFileSync(join(consoleFolder, "index.html"), "<title>console</title>");
  const console = await addressAt({ consoleFolder });
  expect(console).toBe(`/console/stacks?open=${encodeURIComponent(stackId)}`);
  expect(consoleText({ console })).toBe(`Console: ${console}\n`);
});

test("a server without a console is spoken of to nobody", async () => {
  const console = await addressAt({});
  expect(console).toBeUndefined();
  expect(consoleText({ console })).toBe("");
});

test("what is deployed is deployed, whoever answers afterwards", async () => {
  const client = await openDeployClient({ endpoint: "http://127.0.0.1:9" });
  expect(await stackAddress(client, stackId)).toBeUndefined();
});
