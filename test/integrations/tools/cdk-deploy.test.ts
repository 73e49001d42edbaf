import { DescribeStateMachineCommand, ListStateMachinesCommand } from "@aws-sdk/client-sfn";
import { copyFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { environmentFor, longestMs, npmTools, output, projectOf } from "./fetched-tools.ts";
import { runningServer } from "./running-server.ts";

/** An app of others, where it is beside the checkout, with the definitions that the CDK makes of it. */
const shared = join(import.meta.dirname, "../../../../shared/cdk");

/** Runs the CDK in the folder against the server. */
function cdkFor(url: string, cwd: string) {
  const env = { ...environmentFor(url), CDK_DISABLE_CLI_TELEMETRY: "true" };
  return (args: readonly string[], more: { readonly [name: string]: string } = {}) =>
    output(join(cwd, "node_modules/.bin/cdk"), ["--app", "node app.mjs", ...args], {
      cwd,
      env: { ...env, ...more },
    });
}

describe.skipIf(npmTools === undefined)("the CDK's command line", () => {
  test(
    "bootstraps, deploys the job poller, which polls its job, changes it and destroys it",
    async () => {
      const { url, states, run, entered, mistakes } = await runningServer();
      const cwd = projectOf("cdk/job-poller");
      const cdk = cdkFor(url, cwd);
      const deploy = ["deploy", "--require-approval", "never", "--outputs-file", "outputs.json"];

      await cdk(["bootstrap", "aws://000000000000/us-east-1"]);
      await cdk(deploy);
      const outputs = JSON.parse(readFileSync(join(cwd, "outputs.json"), "utf8")) as {
        readonly JobPoller: { readonly MachineArn: string };
      };
      const stateMachineArn = outputs.JobPoller.MachineArn;
      expect(await run(stateMachineArn, { job: "sort" })).toMatchObject({
        job: "sort",
        status: "SUCCEEDED",
      });
      expect(await entered()).toEqual([
        "Submit Job",
        "Wait X Seconds",
        "Get Job Status",
        "Job Complete?",
        "Wait X Seconds",
        "Get Job Status",
        "Job Complete?",
        "Get Final Job Status",
      ]);

      await cdk(deploy, { POLLER_COMMENT: "polls faster" });
      const { definition } = await states.send(
        new DescribeStateMachineCommand({ stateMachineArn }),
      );
      expect(JSON.parse(definition ?? "")).toMatchObject({ Comment: "polls faster" });

      await cdk(["destroy", "--force"]);
      const { stateMachines } = await states.send(new ListStateMachinesCommand());
      expect(stateMachines).toEqual([]);
      expect(mistakes).toEqual([]);
    },
    longestMs,
  );

  test.skipIf(!existsSync(shared))(
    "deploys an app of forty constructs, whose machines have the definitions that were recorded",
    async () => {
      const { url, states, mistakes } = await runningServer();
      const cwd = projectOf("cdk/job-poller");
      copyFileSync(join(shared, "app.mjs"), join(cwd, "app.mjs"));
      await cdkFor(url, cwd)(["deploy", "--require-approval", "never"]);
      const { stateMachines = [] } = await states.send(new ListStateMachinesCommand());
      const definitions = await Promise.all(
        stateMachines.map(async ({ stateMachineArn }) => {
          const command = new DescribeStateMachineCommand({ stateMachineArn });
          return JSON.parse((await states.send(command)).definition ?? "") as unknown;
        }),
      );
      const names = ["Data", "Jn", "Jobs", "Maps", "Poller"];
      const recorded = names.map((name) => readFileSync(join(shared, `${name}.asl.json`), "utf8"));
      expect(definitions).toHaveLength(names.length);
      expect(definitions).toEqual(
        expect.arrayContaining(recorded.map((text) => JSON.parse(text) as unknown)),
      );
      expect(mistakes).toEqual([]);
    },
    longestMs,
  );
});
