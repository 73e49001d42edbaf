import { textOf } from "../../deploy/text-of.ts";
import type { JsonObject } from "../../expression/json.ts";
import { CommandFailure } from "../errors.ts";
import { styled } from "../terminal.ts";
import type { DeployClient } from "./deploy-client.ts";
import { describeIfThere, followStack, newestEvent } from "./follow-stack.ts";
import { packagedTemplate } from "./package-template.ts";
import { changesIn, planText, type ShownChange } from "./plan-text.ts";
import { outputRows, type Outputs, servedOutputs } from "./served-outputs.ts";
import { stackAddress } from "./stack-address.ts";
import type { StackSource } from "./stack-source.ts";

export interface DeployOptions {
  readonly parameters: { readonly [name: string]: string };
  /** Shows what would be done. */
  readonly isDryRun: boolean;
  /** Refuses types that are not made here. */
  readonly isStrict: boolean;
  readonly tell: (text: string) => void;
}

export interface DeployedStack {
  readonly stackName: string;
  readonly status: string;
  /** Where the console shows it; absent: the server has no console, or there is no such stack. */
  readonly console?: string | undefined;
  readonly changes: readonly ShownChange[];
  readonly outputs: Outputs;
  /** Where this server answers what the outputs of these names call by their addresses at AWS. */
  readonly addresses: Outputs;
  readonly failures: readonly { readonly logicalId: string; readonly reason: string }[];
}

/** Plans a stack's change, shows it, performs it and tells how it went. */
export async function deployStack(
  source: StackSource,
  client: DeployClient,
  options: DeployOptions,
): Promise<DeployedStack> {
  const { stackName } = source;
  const present = await leftoverRemoved(await describeIfThere(client, stackName), client);
  const TemplateBody = await packagedTemplate(source, client);
  const ChangeSetName = `stepwell-${Date.now()}`;
  const named = { StackName: stackName, ChangeSetName };
  await client.call("CreateChangeSet", {
    ...named,
    ChangeSetType: isMade(present) ? "UPDATE" : "CREATE",
    TemplateBody,
    Parameters: parametersOf({ ...source.parameters, ...options.parameters }, present, source),
    Tags: Object.entries(source.tags).map(([Key, Value]) => ({ Key, Value })),
    Capabilities: ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"],
  });
  const changeSet = await client.call("DescribeChangeSet", named);
  const changes = changesIn(changeSet);
  const planned = { stackName, changes, outputs: outputsOf(present), addresses: {}, failures: [] };
  const forget = async (): Promise<void> => {
    await client.call("DeleteChangeSet", named);
    if (!isMade(present)) await client.call("DeleteStack", { StackName: stackName });
  };
  if (changeSet["Status"] === "FAILED") {
    await forget();
    options.tell(`${stackName} is as its template says: there is nothing to do.\n`);
    const console = await stackAddress(client, textOf(present?.["StackId"]));
    return { ...planned, status: "NO_CHANGES", console };
  }
  options.tell(planText(stackName, changes));
  const madeUp = changes.filter(({ IsMadeUp }) => IsMadeUp === true);
  if (options.isStrict && madeUp.length > 0) {
    await forget();
    const types = [...new Set(madeUp.map(({ ResourceType }) => ResourceType))];
    throw new CommandFailure(`Nothing was changed: Stepwell makes no ${types.join(", no ")}.`);
  }
  if (options.isDryRun) {
    await forget();
    return { ...planned, status: "NOT_EXECUTED" };
  }
  const stackId = textOf(changeSet["StackId"]);
  const since = await newestEvent(client, stackId);
  await client.call("ExecuteChangeSet", named);
  const { stack, failures } = await followStack(client, stackId, since, (line) =>
    options.tell(`${line}\n`),
  );
  const status = textOf(stack["StackStatus"]);
  const outputs = outputsOf(stack);
  return {
    ...planned,
    status,
    failures,
    outputs,
    addresses: await addressesOf(outputs, stackId, client),
    console: await stackAddress(client, stackId),
  };
}

async function addressesOf(
  outputs: Outputs,
  stackId: string,
  client: DeployClient,
): Promise<Outputs> {
  if (Object.keys(outputs).length === 0) return {};
  const { StackResources } = await client.call("DescribeStackResources", { StackName: stackId });
  return servedOutputs(outputs, StackResources as readonly JsonObject[], client.endpoint);
}

/** What a first deployment left that failed has nothing in it, and only stands in the way. */
async function leftoverRemoved(
  stack: JsonObject | undefined,
  client: DeployClient,
): Promise<JsonObject | undefined> {
  if (stack?.["StackStatus"] !== "ROLLBACK_COMPLETE") return stack;
  const stackId = textOf(stack["StackId"]);
  await client.call("DeleteStack", { StackName: stackId });
  await followStack(client, stackId, undefined, () => {});
  return undefined;
}

function isMade(stack: JsonObject | undefined): boolean {
  return stack !== undefined && stack["StackStatus"] !== "REVIEW_IN_PROGRESS";
}

/** What was given before stays, unless another value is given now, as long as the template has the parameter. */
function parametersOf(
  given: { readonly [name: string]: string },
  present: JsonObject | undefined,
  { template }: StackSource,
): readonly JsonObject[] {
  const declared = (template.sections["Parameters"] ?? {}) as JsonObject;
  const before = isMade(present) ? ((present?.["Parameters"] ?? []) as readonly JsonObject[]) : [];
  const kept = before
    .map(({ ParameterKey }) => textOf(ParameterKey))
    .filter((name) => Object.hasOwn(declared, name) && !Object.hasOwn(given, name));
  return [
    ...kept.map((name) => ({ ParameterKey: name, UsePreviousValue: true })),
    ...Object.entries(given).map(([ParameterKey, ParameterValue]) => ({
      ParameterKey,
      ParameterValue,
    })),
  ];
}

export function outputsOf(stack: JsonObject | undefined): Outputs {
  const outputs = (stack?.["Outputs"] ?? []) as readonly JsonObject[];
  return Object.fromEntries(
    outputs.map(({ OutputKey, OutputValue }) => [textOf(OutputKey), textOf(OutputValue)]),
  );
}

/** Where to look at a stack, as a line; empty where there is nowhere. */
export function consoleText({ console }: Pick<DeployedStack, "console">): string {
  return console === undefined ? "" : `Console: ${console}\n`;
}

/** How it went, and what to do. */
export function resultText({
  stackName,
  status,
  outputs,
  addresses,
  failures,
}: DeployedStack): string {
  const out = process.stdout;
  const width = Math.max(...Object.keys(outputs).map((name) => name.length), 0);
  const shown = outputRows(outputs, addresses)
    .map(([name, value]) => `  ${name.padEnd(width)}  ${value}\n`)
    .join("");
  if (isGood(status)) {
    const done = styled(out, "green", `${stackName} is deployed.`);
    return `${done}\n${shown === "" ? "" : `Outputs:\n${shown}`}`;
  }
  const reasons = failures.map(({ logicalId, reason }) => `  ${logicalId}: ${reason}\n`).join("");
  return `${styled(out, "red", `${stackName} could not be deployed (${status}).`)}\n${reasons}${advice(stackName, status)}`;
}

export function isGood(status: string): boolean {
  return ["CREATE_COMPLETE", "UPDATE_COMPLETE", "NO_CHANGES", "NOT_EXECUTED"].includes(status);
}

function advice(stackName: string, status: string): string {
  switch (status) {
    case "ROLLBACK_COMPLETE":
      return "What had been made was removed again. Correct the template, and deploy it once more.\n";
    case "UPDATE_ROLLBACK_COMPLETE":
      return "The stack is as it was before. Correct the template, and deploy it once more.\n";
    case "UPDATE_ROLLBACK_FAILED":
      return `It could not be brought back to what it was: remove the cause, and go on with 'aws cloudformation continue-update-rollback --stack-name ${stackName}'.\n`;
    default:
      return `Look at what is left with 'stepwell stacks ${stackName}', or remove it with 'stepwell deploy --delete --stack ${stackName}'.\n`;
  }
}
