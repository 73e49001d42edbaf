import { DescribeStateMachineCommand, ListStateMachinesCommand } from "@aws-sdk/client-sfn";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openDeployClient } from "../../../src/cli/deploy/deploy-client.ts";
import { outputsOf } from "../../../src/cli/deploy/deploy-stack.ts";
import { describe as describeStack } from "../../../src/cli/deploy/follow-stack.ts";
import {
  environmentFor,
  longestMs,
  output,
  projectOf,
  pythonTools,
  temporaryFolder,
} from "./fetched-tools.ts";
import { account, type RunningServer, runningServer } from "./running-server.ts";

/** Templates of others, where they are beside the checkout. */
const shared = join(import.meta.dirname, "../../../../shared/templates");
/** Those of them that have no functions, whose code is not there, and want no parameters. */
const samples = ["request-response", "synchronous-job"];

/** Runs a program of PyPI's packages against the server, in the project's folder. */
function toolsFor(server: RunningServer, cwd: string) {
  const env = { ...environmentFor(server.url), SAM_CLI_TELEMETRY: "0" };
  return (command: "aws" | "sam", ...args: readonly string[]) =>
    output(join(pythonTools ?? "", "bin", command), args, { cwd, env });
}

async function definitionOf({ states }: RunningServer, stateMachineArn: string): Promise<object> {
  const described = await states.send(new DescribeStateMachineCommand({ stateMachineArn }));
  return JSON.parse(described.definition ?? "") as object;
}

/** The output of the stack that both tools make. */
async function machineOf({ url }: RunningServer): Promise<string> {
  const client = await openDeployClient({ endpoint: url, region: account.region });
  const stack = await describeStack(client, "greetings");
  return outputsOf(stack)["MachineArn"] ?? "";
}

async function machinesOf({ states }: RunningServer): Promise<readonly string[]> {
  const { stateMachines = [] } = await states.send(new ListStateMachinesCommand());
  return stateMachines.map(({ name = "" }) => name);
}

function changeDefinition(folder: string): void {
  const path = join(folder, "greetings.asl.json");
  writeFileSync(path, readFileSync(path, "utf8").replace("The first", "The second"));
}

describe.skipIf(pythonTools === undefined)("tools for templates", () => {
  test(
    "the SAM CLI deploys a template with its function, changes it and deletes it",
    async () => {
      const server = await runningServer();
      const folder = projectOf("sam");
      const tool = toolsFor(server, folder);
      const deploy = (...more: readonly string[]) =>
        tool("sam", "deploy", "--stack-name", "greetings", "--resolve-s3", ...more);
      const usual = ["--capabilities", "CAPABILITY_IAM", "--no-confirm-changeset"];

      await deploy(...usual);
      const arn = await machineOf(server);
      expect(await server.run(arn, { name: "Ada" })).toBe("Hello, Ada");
      expect(await definitionOf(server, arn)).toMatchObject({ Comment: "The first definition" });

      changeDefinition(folder);
      await deploy(...usual, "--parameter-overrides", "Greeting=Hi");
      expect(await server.run(arn, { name: "Ada" })).toBe("Hi, Ada");
      expect(await definitionOf(server, arn)).toMatchObject({ Comment: "The second definition" });

      await tool("sam", "delete", "--stack-name", "greetings", "--no-prompts");
      expect(await machinesOf(server)).toEqual([]);
      expect(server.mistakes).toEqual([]);
    },
    longestMs,
  );

  test(
    "the AWS CLI packages a template, deploys it, changes it, starts it and deletes it",
    async () => {
      const server = await runningServer();
      const folder = projectOf("sam");
      const tool = toolsFor(server, folder);
      await tool("aws", "s3", "mb", "s3://artifacts");
      const package_ = ["--s3-bucket", "artifacts", "--output-template-file", "packaged.yaml"];
      const deploy = async (...more: readonly string[]) => {
        await tool(
          "aws",
          "cloudformation",
          "package",
          "--template-file",
          "template.yaml",
          ...package_,
        );
        const template = ["--template-file", "packaged.yaml", "--stack-name", "greetings"];
        const allowed = ["--capabilities", "CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"];
        await tool("aws", "cloudformation", "deploy", ...template, ...allowed, ...more);
      };
      const asked = (...args: readonly string[]) =>
        tool("aws", ...args, "--output", "text").then((text) => text.trim());

      await deploy();
      const arn = await machineOf(server);
      const started = ["start-execution", "--state-machine-arn", arn, "--input", '{"name": "Ada"}'];
      const executionArn = await asked("stepfunctions", ...started, "--query", "executionArn");
      expect(executionArn).toContain(":execution:");
      expect(await server.run(arn, { name: "Grace" })).toBe("Hello, Grace");

      changeDefinition(folder);
      await deploy("--parameter-overrides", "Greeting=Hi");
      expect(await server.run(arn, { name: "Ada" })).toBe("Hi, Ada");
      expect(await definitionOf(server, arn)).toMatchObject({ Comment: "The second definition" });

      await tool("aws", "cloudformation", "delete-stack", "--stack-name", "greetings");
      await expect.poll(() => machinesOf(server)).toEqual([]);
      expect(server.mistakes).toEqual([]);
    },
    longestMs,
  );

  test.skipIf(!existsSync(shared))(
    "the AWS CLI deploys templates of AWS's samples",
    async () => {
      const server = await runningServer();
      const tool = toolsFor(server, temporaryFolder());
      await tool("aws", "s3", "mb", "s3://artifacts");
      const problems: string[] = [];
      for (const name of samples) {
        const template = ["--template-file", join(shared, name, "template.yaml")];
        const packaged = ["--template-file", `${name}.yaml`, "--stack-name", name];
        const allowed = ["--capabilities", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"];
        await tool(
          "aws",
          "cloudformation",
          "package",
          ...template,
          "--s3-bucket",
          "artifacts",
          "--output-template-file",
          `${name}.yaml`,
        )
          .then(() => tool("aws", "cloudformation", "deploy", ...packaged, ...allowed))
          .catch((error: unknown) => problems.push(String(error)));
      }
      expect(problems).toEqual([]);
      expect((await machinesOf(server)).length).toBeGreaterThanOrEqual(samples.length);
    },
    longestMs,
  );
});
