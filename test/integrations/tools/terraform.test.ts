import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";
import { describe, expect, test } from "vitest";
import { writeZip } from "../../../src/integrations/functions/archive/write-zip.ts";
import { environmentFor, longestMs, output, projectOf, ran, type Ran } from "./fetched-tools.ts";
import { runningServer } from "./running-server.ts";

const { PATH = "" } = process.env;
const terraform = PATH.split(delimiter)
  .map((folder) => join(folder, "terraform"))
  .find(existsSync);

/** *Documented*: where Terraform looks for providers without asking a registry; and beside what is installed in /opt. */
const pluginFolders = [
  process.env["STEPWELL_TEST_TERRAFORM_PLUGINS"],
  join(homedir(), ".terraform.d/plugins"),
  "/usr/local/share/terraform/plugins",
  "/usr/share/terraform/plugins",
  ...(existsSync("/opt") ? readdirSync("/opt").map((name) => join("/opt", name)) : []),
].find(
  (folder) =>
    folder !== undefined && existsSync(join(folder, "registry.terraform.io/hashicorp/aws")),
);

const isThere = terraform !== undefined && pluginFolders !== undefined;
if (!isThere)
  console.log("skipped: the test with Terraform, which is not installed with its provider for AWS");

/** What has to be read to be imported, by its address: state machines, versions' aliases, activities, rules, roles and functions. */
const imported: { readonly [address: string]: string } = {
  "aws_sfn_state_machine.greeting":
    "arn:aws:states:us-east-1:000000000000:stateMachine:tf-greeting",
  "aws_sfn_alias.live": "arn:aws:states:us-east-1:000000000000:stateMachine:tf-greeting:live",
  "aws_sfn_activity.approve": "arn:aws:states:us-east-1:000000000000:activity:tf-approve",
  "aws_cloudwatch_event_rule.orders": "tf-orders/tf-orders",
  "aws_iam_role.machine": "tf-machine",
  "aws_lambda_function.greet": "tf-greet",
};

/** What no provider can read of what is there: how a version is made, and from which file. */
const written = new Set(["publish", "filename", "source_code_hash", "force_detach_policies"]);

interface Plan {
  readonly resource_changes: readonly {
    readonly address: string;
    readonly change: {
      readonly actions: readonly string[];
      readonly before: { readonly [attribute: string]: unknown } | null;
      readonly after: { readonly [attribute: string]: unknown } | null;
      /** `true` in the place of what is known only afterwards. */
      readonly after_unknown: { readonly [attribute: string]: unknown };
    };
  }[];
}

describe.skipIf(!isThere)("Terraform", () => {
  test(
    "makes what a workflow needs, finds no difference, changes it, imports it and removes it",
    async () => {
      const server = await runningServer();
      const cwd = projectOf("terraform");
      const content = Buffer.from(
        "exports.handler = async ({ name }) => `${process.env.GREETING}, ${name}`;",
      );
      writeFileSync(join(cwd, "greet.zip"), writeZip([{ path: "index.js", content }]));
      // A file that there is: without it a person's own configuration would be read.
      writeFileSync(join(cwd, "none.tfrc"), "");
      const env = {
        ...environmentFor(server.url),
        TF_CLI_CONFIG_FILE: join(cwd, "none.tfrc"),
        TF_IN_AUTOMATION: "1",
        CHECKPOINT_DISABLE: "1",
      };
      const program = terraform ?? "";
      const tool = (...args: readonly string[]) => output(program, args, { cwd, env });
      const quiet = ["-input=false", "-no-color"];
      /** *Documented*: the status is 0 where nothing differs. */
      const planned = (...more: readonly string[]): Promise<Ran> =>
        ran(program, ["plan", "-detailed-exitcode", ...quiet, ...more], { cwd, env });
      const hi = ["-var", "greeting=Hi"];

      await tool("init", `-plugin-dir=${pluginFolders ?? ""}`, ...quiet);
      await tool("apply", "-auto-approve", ...quiet);
      const { machine, alias } = JSON.parse(await tool("output", "-json")) as {
        readonly machine: { readonly value: string };
        readonly alias: { readonly value: string };
      };
      expect(await server.run(machine.value, { name: "Ada" })).toBe("Hello, Ada");
      expect(await planned()).toMatchObject({ status: 0 });

      await tool("apply", "-auto-approve", ...quiet, ...hi);
      expect(await server.run(alias.value, { name: "Ada" })).toBe("Hi, Ada");

      await tool("state", "rm", ...Object.keys(imported));
      const blocks = Object.entries(imported).map(
        ([address, id]) => `import {\n  to = ${address}\n  id = "${id}"\n}\n`,
      );
      writeFileSync(join(cwd, "imports.tf"), blocks.join(""));
      await tool("plan", "-out", "plan", ...quiet, ...hi);
      const plan = JSON.parse(await tool("show", "-json", "plan")) as Plan;
      expect(plan.resource_changes.flatMap(differences)).toEqual([]);
      await tool("apply", ...quiet, "plan");
      expect(await planned(...hi)).toMatchObject({ status: 0 });

      await tool("destroy", "-auto-approve", ...quiet, ...hi);
      expect(JSON.parse(readFileSync(join(cwd, "terraform.tfstate"), "utf8"))).toMatchObject({
        resources: [],
      });
      expect(server.mistakes).toEqual([]);
    },
    longestMs,
  );
});

/** Each attribute that is another afterwards, as far as what is there could tell. */
function differences({ address, change }: Plan["resource_changes"][number]): readonly string[] {
  const { actions, before, after, after_unknown: unknown } = change;
  if (address.startsWith("data.")) return [];
  if (before === null || after === null) return [`${address} ${actions.join()}`];
  return Object.keys(after)
    .filter((name) => !written.has(name) && !JSON.stringify(unknown[name] ?? "").includes("true"))
    .filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]))
    .map((name) => `${address}.${name}`);
}
