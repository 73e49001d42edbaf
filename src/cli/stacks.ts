import { textOf } from "../deploy/text-of.ts";
import type { JsonObject } from "../expression/json.ts";
import { parseArguments } from "./arguments.ts";
import { openDeployClient } from "./deploy/deploy-client.ts";
import { outputsOf } from "./deploy/deploy-stack.ts";
import { describe } from "./deploy/follow-stack.ts";
import { outputRows, servedOutputs } from "./deploy/served-outputs.ts";
import { UsageError } from "./errors.ts";
import type { Command } from "./main.ts";
import { tableOf } from "./table.ts";

const help = `Show the stacks of a running server, or what is in one.

Usage: stepwell stacks [NAME] [OPTIONS]

Options:
  --region REGION    The Region of the stacks; AWS_REGION, AWS_DEFAULT_REGION, else us-east-1
  --endpoint URL     The server; AWS_ENDPOINT_URL, else the one over the data directory here, else http://127.0.0.1:8083
  --json             Print one JSON document instead of text
  --help, -h         Show this
`;

/** `stepwell stacks` */
export const stacks: Command = {
  help,
  async run(args) {
    const { values, positionals } = parseArguments(args, {
      region: { type: "string" },
      endpoint: { type: "string" },
      json: { type: "boolean" },
    });
    const [name, tooMany] = positionals;
    if (tooMany !== undefined) throw new UsageError(`There is one NAME; '${tooMany}' is too many.`);
    const client = await openDeployClient(values);
    if (name === undefined) {
      const { Stacks } = await client.call("DescribeStacks", {});
      const all = Stacks as readonly JsonObject[];
      process.stdout.write(values.json === true ? jsonText(all) : listText(all));
      return 0;
    }
    const stack = await describe(client, name);
    const { StackResources } = await client.call("DescribeStackResources", { StackName: name });
    const resources = StackResources as readonly JsonObject[];
    process.stdout.write(
      values.json === true
        ? jsonText({ ...stack, Resources: resources })
        : stackText(stack, resources, client.endpoint),
    );
    return 0;
  },
};

function jsonText(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}

function listText(all: readonly JsonObject[]): string {
  if (all.length === 0) return "There are no stacks. Make one with 'stepwell deploy PATH'.\n";
  return tableOf(
    ["STACK", "STATUS", "CHANGED"],
    all.map((stack) => [
      textOf(stack["StackName"]),
      textOf(stack["StackStatus"]),
      timeText(stack["LastUpdatedTime"] ?? stack["CreationTime"]),
    ]),
  );
}

function stackText(stack: JsonObject, resources: readonly JsonObject[], endpoint: string): string {
  const { StackName, StackStatus, StackStatusReason } = stack;
  const reason = StackStatusReason === undefined ? "" : `: ${textOf(StackStatusReason)}`;
  const told = outputsOf(stack);
  const outputs = outputRows(told, servedOutputs(told, resources, endpoint));
  return [
    `${textOf(StackName)} ${textOf(StackStatus)}${reason}\n\n`,
    tableOf(
      ["RESOURCE", "TYPE", "STATUS", "ID"],
      resources.map((resource) => [
        textOf(resource["LogicalResourceId"]),
        textOf(resource["ResourceType"]),
        resource["IsMadeUp"] === true ? "NOT MADE HERE" : textOf(resource["ResourceStatus"]),
        textOf(resource["PhysicalResourceId"] ?? ""),
      ]),
    ),
    outputs.length === 0 ? "" : `\n${tableOf(["OUTPUT", "VALUE"], outputs)}`,
  ].join("");
}

/** Times of AWS JSON are seconds. */
function timeText(seconds: JsonObject[string] | undefined): string {
  return seconds === undefined ? "" : new Date(Number(seconds) * 1_000).toISOString();
}
