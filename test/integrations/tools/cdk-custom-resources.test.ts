import { DescribeRuleCommand, EventBridgeClient } from "@aws-sdk/client-eventbridge";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { deleteStack } from "../../../src/cli/deploy/delete-stack.ts";
import { openDeployClient } from "../../../src/cli/deploy/deploy-client.ts";
import { deployStack } from "../../../src/cli/deploy/deploy-stack.ts";
import { readSource } from "../../../src/cli/deploy/read-source.ts";
import { ownServer } from "../../api/own-server.ts";
import { longestMs, npmTools, output, projectOf, temporaryFolder } from "./fetched-tools.ts";

const region = "us-east-1";
const accountId = "000000000000";

describe.skipIf(npmTools === undefined)("custom resources of the CDK", () => {
  test(
    "AwsCustomResource calls AWS's API here, and the provider framework waits until its handler says that all is there",
    async () => {
      let printed = "";
      const server = await ownServer({
        objectFolder: temporaryFolder(),
        deployedFolder: temporaryFolder(),
        standInServices: "memory",
        region,
        accountId,
        // The clients that functions find as they do on Lambda: those of this package.
        clientsFolder: join(import.meta.dirname, "../../.."),
        functionLogs: (_name, _stream, text) => (printed += text),
      });
      const folder = projectOf("cdk/custom-resources");
      const client = await openDeployClient({ endpoint: server.url, region });
      const deploy = async (SIZE: string) => {
        await output(process.execPath, ["app.mjs"], {
          cwd: folder,
          env: { ...process.env, CDK_DISABLE_STACK_TRACE: "1", CDK_OUTDIR: "cdk.out", SIZE },
        });
        const [source] = readSource(join(folder, "cdk.out"), {});
        if (source === undefined) throw new Error("nothing was synthesised");
        const options = { parameters: {}, isDryRun: false, isStrict: true, tell() {} };
        return deployStack(source, client, options);
      };
      const events = new EventBridgeClient({
        endpoint: server.url,
        region,
        credentials: { accessKeyId: "local", secretAccessKey: "local" },
        maxAttempts: 1,
      });
      onTestFinished(() => events.destroy());
      /** What the handlers of the thing were asked since the last look. */
      const asked = (): readonly string[] => {
        const lines = printed.split("\n").filter((line) => /^(onEvent|isComplete) /.test(line));
        printed = "";
        return lines.filter((line, index) => line !== lines[index - 1]);
      };
      const description = async () =>
        (await events.send(new DescribeRuleCommand({ Name: "made-by-call" }))).Description;

      const made = await deploy("1");
      expect(made).toMatchObject({
        status: "CREATE_COMPLETE",
        failures: [],
        outputs: { Thing: "thing-a", Size: "1", Ready: "yes" },
      });
      expect(made.outputs["RuleArn"]).toMatch(/:rule\/made-by-call$/);
      expect(await description()).toBe("of size 1");
      expect(asked()).toEqual([
        "onEvent Create -",
        "isComplete Create thing-a false",
        "isComplete Create thing-a true",
      ]);

      const changed = await deploy("2");
      expect(changed.failures).toEqual([]);
      expect(changed).toMatchObject({
        status: "UPDATE_COMPLETE",
        outputs: { Thing: "thing-a", Size: "2", Ready: "yes" },
      });
      expect(await description()).toBe("of size 2");
      expect(asked()[0]).toBe("onEvent Update thing-a");

      await deleteStack(client, "CustomResources", { tell() {}, isJson: false });
      expect(asked()).toEqual(["onEvent Delete thing-a", "isComplete Delete thing-a true"]);
      await expect(description()).rejects.toThrow("does not exist");
      expect(server.mistakes).toEqual([]);
    },
    longestMs,
  );
});
