import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openDeployClient } from "../../../src/cli/deploy/deploy-client.ts";
import { deployStack } from "../../../src/cli/deploy/deploy-stack.ts";
import { readSource } from "../../../src/cli/deploy/read-source.ts";
import { ownServer } from "../../api/own-server.ts";
import { longestMs, npmTools, output, projectOf, temporaryFolder } from "./fetched-tools.ts";

const region = "us-east-1";

/** What `aws-stepfunctions` has beside the classes of tasks: all that the application makes something of, directly or by its methods. */
const made = [
  "Activity",
  "AwsOwnedEncryptionConfiguration",
  "CfnActivity",
  "CfnStateMachine",
  "CfnStateMachineAlias",
  "CfnStateMachineVersion",
  "Chain",
  "ChainDefinitionBody",
  "Choice",
  "Condition",
  "CsvHeaders",
  "CustomState",
  "DefinitionBody",
  "DistributedMap",
  "EncryptionConfiguration",
  "Fail",
  "FileDefinitionBody",
  "ItemBatcher",
  "JsonPath",
  "Map",
  "MapBase",
  "Parallel",
  "Pass",
  "ProvideItems",
  "Result",
  "ResultWriter",
  "ResultWriterV2",
  "S3CsvItemReader",
  "S3JsonItemReader",
  "S3JsonLItemReader",
  "S3ObjectsItemReader",
  "State",
  "StateGraph",
  "StateMachine",
  "StateMachineFragment",
  "StateMachineGrants",
  "Succeed",
  "StringDefinitionBody",
  "Wait",
  "WaitTime",
  "WriterConfig",
  "renderJsonPath",
  "renderList",
  "_getActualQueryLanguage",
  "isPositiveInteger",
];

/** Those of tasks, which the test of their classes has; old names of others; metrics; and what wants a key of KMS or a list that S3 writes. */
const elsewhere = [
  "Task",
  "TaskInput",
  "TaskRole",
  "TaskStateBase",
  "Timeout",
  "Context",
  "Data",
  "Errors",
  "FieldUtils",
  "StateTransitionMetric",
  "CustomerManagedEncryptionConfiguration",
  "S3ManifestItemReader",
];

describe.skipIf(npmTools === undefined)("the constructs of aws-stepfunctions beside tasks", () => {
  test(
    "are synthesised, deployed and started, and give what they are to give",
    async () => {
      const objectFolder = temporaryFolder();
      mkdirSync(join(objectFolder, "data", "objects"), { recursive: true });
      const put = (name: string, text: string) =>
        writeFileSync(join(objectFolder, "data", name), text);
      put("list.json", "[1, 2]");
      put("list.jsonl", '{"a": 1}\n{"a": 2}\n');
      put("list.csv", "a,b\n1,2\n3,4\n");
      put("objects/one", "1");
      put("objects/two", "2");
      const server = await ownServer({ objectFolder, region, accountId: "000000000000" });
      const folder = projectOf("cdk/constructs");
      const printed = await output(process.execPath, ["app.mjs"], {
        cwd: folder,
        env: { ...process.env, CDK_DISABLE_STACK_TRACE: "1", CDK_OUTDIR: "cdk.out" },
      });
      const { classes, expected } = JSON.parse(printed.trim().split("\n").at(-1) ?? "") as {
        readonly classes: readonly string[];
        readonly expected: { readonly [name: string]: unknown };
      };
      expect(new Set([...made, ...elsewhere])).toEqual(new Set(classes));

      const client = await openDeployClient({ endpoint: server.url, region });
      const [source] = readSource(join(folder, "cdk.out"), {});
      if (source === undefined) throw new Error("nothing was synthesised");
      const options = { parameters: {}, isDryRun: false, isStrict: true, tell() {} };
      const { status, outputs, failures } = await deployStack(source, client, options);
      expect([status, failures]).toEqual(["CREATE_COMPLETE", []]);

      const input = JSON.stringify({
        name: "sort",
        size: 2,
        at: "2020-01-01T00:00:00Z",
        items: [1, 2],
      });
      const ended = async (stateMachineArn: string): Promise<unknown> => {
        const { executionArn } = await server.call("StartExecution", { stateMachineArn, input });
        const described = () => server.call("DescribeExecution", { executionArn });
        await expect
          .poll(async () => (await described())["status"], { timeout: 60_000 })
          .not.toBe("RUNNING");
        const { output: result, error, cause } = await described();
        return typeof result === "string" ? JSON.parse(result) : { error, cause };
      };
      const results = await Promise.all(
        Object.keys(expected).map(
          async (name) => [name, await ended(outputs[name] ?? "")] as const,
        ),
      );
      expect(Object.fromEntries(results)).toMatchObject(expected);
      expect(server.mistakes).toEqual([]);
    },
    longestMs,
  );
});
