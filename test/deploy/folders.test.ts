import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { openDeployClient } from "../../src/cli/deploy/deploy-client.ts";
import { deployStack } from "../../src/cli/deploy/deploy-stack.ts";
import { readSource } from "../../src/cli/deploy/read-source.ts";
import { watchAndDeploy } from "../../src/cli/dev.ts";
import type { JsonObject } from "../../src/expression/json.ts";
import { ownServer } from "../api/own-server.ts";

const fixtures = join(import.meta.dirname, "fixtures");

/** A server, a copy of a folder that is deployed to it, and what `stepwell deploy` does. */
async function deploying(name: string) {
  const folder = mkdtempSync(join(tmpdir(), "stepwell-deploy-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const project = join(folder, name);
  cpSync(join(fixtures, name), project, { recursive: true });
  const server = await ownServer({
    objectFolder: join(folder, "s3"),
    deployedFolder: join(folder, "functions"),
    standInServices: "memory",
    telemetry: {},
    region: "us-east-1",
    accountId: "000000000000",
    waitTimeScale: 0,
  });
  const client = await openDeployClient({ endpoint: server.url, region: "us-east-1" });
  return {
    server,
    client,
    project,
    async deploy() {
      const [source] = readSource(project, {});
      if (source === undefined) throw new Error(`nothing is in ${project}`);
      const options = { parameters: {}, isDryRun: false, isStrict: true, tell() {} };
      const { failures, ...deployed } = await deployStack(source, client, options);
      expect(failures).toEqual([]);
      return deployed;
    },
    async run(stateMachineArn: string, input: object): Promise<JsonObject> {
      const asked = { stateMachineArn, input: JSON.stringify(input) };
      const { executionArn } = await server.call("StartExecution", asked);
      const described = () => server.call("DescribeExecution", { executionArn });
      await expect.poll(async () => (await described())["status"]).not.toBe("RUNNING");
      return described();
    },
  };
}

test("a service of serverless-step-functions is deployed with all that its page shows, and runs", async () => {
  const { server, project, deploy, run } = await deploying("orders");
  const { status, outputs } = await deploy();
  expect(status).toBe("CREATE_COMPLETE");
  const arnOf = (id: string): string => outputs[`${id}Arn`] ?? "";
  expect(await run(arnOf("Checkout"), { amount: 4 })).toMatchObject({ output: '{"total":8}' });

  // Those that are told of the end: a machine, and a queue.
  const audited = async (): Promise<readonly JsonObject[]> => {
    const { executions } = await server.call("ListExecutions", {
      stateMachineArn: arnOf("Audit"),
      statusFilter: "SUCCEEDED",
    });
    return executions as readonly JsonObject[];
  };
  await expect.poll(audited, { timeout: 15_000 }).toHaveLength(1);
  const [{ executionArn = null } = {}] = await audited();
  expect((await server.call("DescribeExecution", { executionArn }))["input"]).toContain(
    '"status":"SUCCEEDED"',
  );

  const quick = await server.call("StartSyncExecution", {
    stateMachineArn: arnOf("QuickStepFunctionsStateMachine"),
    input: '{"amount":1}',
  });
  expect(quick).toMatchObject({ status: "SUCCEEDED" });

  // The definition names versions, which are others for other code: what runs goes on with the version that it began with.
  const before = await server.call("DescribeStateMachine", { stateMachineArn: arnOf("Checkout") });
  writeFileSync(
    join(project, "handler.js"),
    "exports.price = async ({ amount }) => ({ total: amount * 3 });\nexports.report = async (text) => text;\n",
  );
  expect((await deploy()).status).toBe("UPDATE_COMPLETE");
  expect(await run(arnOf("Checkout"), { amount: 4 })).toMatchObject({ output: '{"total":12}' });
  const after = await server.call("DescribeStateMachine", { stateMachineArn: arnOf("Checkout") });
  expect(before["definition"]).toMatch(/:function:orders-dev-price:1"/);
  expect(after["definition"]).toMatch(/:function:orders-dev-price:2"/);
  expect(server.mistakes).toEqual([]);
}, 60_000);

test("a cloud assembly of the CDK is deployed with its assets, and its job poller polls", async () => {
  const { server, deploy, run } = await deploying("job-poller");
  const { status, outputs } = await deploy();
  expect(status).toBe("CREATE_COMPLETE");
  const ended = await run(outputs["MachineArn"] ?? "", { job: "sort" });
  expect(JSON.parse(ended["output"] as string)).toMatchObject({ job: "sort", status: "SUCCEEDED" });
  expect((await deploy()).status).toBe("NO_CHANGES");
  expect(server.mistakes).toEqual([]);
}, 60_000);

test("the stages of a cloud assembly are assemblies of their own, beneath it", () => {
  const folder = mkdtempSync(join(tmpdir(), "stepwell-stages-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(join(fixtures, "job-poller/cdk.out"), join(folder, "assembly-Test"), { recursive: true });
  const withStage = (directoryName: string): void => {
    const Test = { type: "cdk:cloud-assembly", properties: { directoryName } };
    writeFileSync(join(folder, "manifest.json"), JSON.stringify({ artifacts: { Test } }));
  };
  withStage("assembly-Test");
  const [stack, ...others] = readSource(folder, {});
  expect(others).toEqual([]);
  expect(stack).toMatchObject({ stackName: "JobPoller", folder: join(folder, "assembly-Test") });
  expect(readSource(folder, { stack: "JobPoller" })).toHaveLength(1);
  withStage(".");
  expect(() => readSource(folder, {})).toThrow("not beneath it");
});

test("what changes in a folder is deployed at once while somebody works in it", async () => {
  const { server, client, project, run } = await deploying("orders");
  const ending = new AbortController();
  let told = "";
  const watching = watchAndDeploy(
    { path: project, stack: undefined, parameters: {} },
    client,
    ending.signal,
    (text) => (told += text),
  );
  onTestFinished(() => ending.abort());
  await expect.poll(() => told, { timeout: 30_000 }).toContain("Watching");
  const checkout = "arn:aws:states:us-east-1:000000000000:stateMachine:checkout-dev";
  expect(await run(checkout, { amount: 4 })).toMatchObject({ output: '{"total":8}' });
  told = "";
  writeFileSync(
    join(project, "handler.js"),
    "exports.price = async () => ({ total: 0 });\nexports.report = async (text) => text;\n",
  );
  await expect.poll(() => told, { timeout: 30_000, interval: 10 }).toContain("Deployed");
  expect(await run(checkout, { amount: 4 })).toMatchObject({ output: '{"total":0}' });
  ending.abort();
  await watching;
  expect(server.mistakes).toEqual([]);
}, 90_000);
