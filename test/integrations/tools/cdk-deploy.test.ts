import { DescribeStateMachineCommand, ListStateMachinesCommand } from "@aws-sdk/client-sfn";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { environmentFor, longestMs, npmTools, output, projectOf } from "./fetched-tools.ts";
import { runningServer } from "./running-server.ts";

describe.skipIf(npmTools === undefined)("the CDK's command line", () => {
  test(
    "bootstraps, deploys the job poller, which polls its job, changes it and destroys it",
    async () => {
      const { url, states, run, entered, mistakes } = await runningServer();
      const cwd = projectOf("cdk/job-poller");
      const env = { ...environmentFor(url), CDK_DISABLE_CLI_TELEMETRY: "true" };
      const cdk = (args: readonly string[], more: { readonly [name: string]: string } = {}) =>
        output(join(cwd, "node_modules/.bin/cdk"), ["--app", "node app.mjs", ...args], {
          cwd,
          env: { ...env, ...more },
        });
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
});
