import { textOf } from "../text-of.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../expression/json.ts";
import { ssmParametersOf } from "../../template/parameters/resolve-parameters.ts";
import { readTemplate } from "../../template/reading/read-template.ts";
import { TemplateError } from "../../template/template.ts";
import type { AwsCall } from "../aws-calls.ts";
import type { StackContent } from "../stacks/stack-record.ts";
import { uuidOf, type StackStore } from "../stacks/stack-store.ts";
import { resolveTarget, type StackTarget, type TargetStack } from "../target/resolve-target.ts";
import { stackErrors } from "./stack-errors.ts";

/** What a caller wants a stack to be. */
export interface WantedStack {
  readonly template: string;
  readonly given: { readonly [name: string]: string };
  readonly tags: { readonly [key: string]: string };
  readonly capabilities: readonly string[];
  readonly roleArn?: string | undefined;
  readonly notificationArns: readonly string[];
}

export interface PreparedContent {
  readonly content: StackContent;
  readonly target: StackTarget;
}

/** Reads a template with its values. Throws AWS's error for the first mistake; nothing is stored yet. */
export async function contentOf(
  wanted: WantedStack,
  stack: TargetStack & { readonly region: string },
  tools: { readonly store: StackStore; readonly call: AwsCall; readonly templateUuid: string },
): Promise<PreparedContent> {
  const { template, given, tags, capabilities, roleArn, notificationArns } = wanted;
  const read = templateErrors(() => readTemplate(template, { name: stack.name }));
  const ssmParameters = await valuesInSsm(
    templateErrors(() => ssmParametersOf(read, given)),
    tools.call,
  );
  const exported = template.includes("ImportValue")
    ? await exportsIn(stack.region, tools.store)
    : {};
  const values = { given, ssmParameters, imports: exported, notificationArns };
  const target = templateErrors(() => resolveTarget(template, stack, values));
  const { resolved } = target;
  const imports = Object.fromEntries(
    resolved.imports.map((name) => [name, exported[name] ?? unknownExport(name)]),
  );
  return {
    target,
    content: {
      templateId: `${uuidOf(stack.stackId)}/${tools.templateUuid}`,
      description: resolved.description,
      given,
      ssmParameters,
      imports,
      parameters: resolved.parameters,
      tags,
      capabilities,
      roleArn,
      notificationArns,
    },
  };
}

function unknownExport(name: string): never {
  throw stackErrors.validation(`No export named ${name} found.`);
}

async function exportsIn(
  region: string,
  store: StackStore,
): Promise<{ readonly [name: string]: string }> {
  const exported: { [name: string]: string } = {};
  for await (const { name, value } of store.exports(region)) exported[name] = value;
  return exported;
}

/** *Documented*: ten at a time. */
const mostNames = 10;

async function valuesInSsm(
  names: readonly string[],
  call: AwsCall,
): Promise<{ readonly [name: string]: string }> {
  const values: { [name: string]: string } = {};
  for (let at = 0; at < names.length; at += mostNames) {
    const Names = names.slice(at, at + mostNames);
    const { members } = await call("ssm", "GetParameters", { Names });
    for (const parameter of (members["Parameters"] ?? []) as readonly JsonObject[]) {
      values[textOf(parameter["Name"])] = textOf(parameter["Value"]);
    }
  }
  return values;
}

/** A template's mistake as CloudFormation answers it. */
export function templateErrors<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    throw stackErrors.validation(error.placedMessage);
  }
}

/**
 * *Documented*: a template that makes IAM's resources, or that has transforms, is taken from whoever says that he knows. `undefined`:
 * nothing is missing.
 */
export function missingCapability(
  { written, resolved }: StackTarget,
  capabilities: readonly string[],
  { isChangeSet }: { readonly isChangeSet: boolean },
): string | undefined {
  const ofIam = resolved.resources.filter(({ type }) => type.startsWith("AWS::IAM::"));
  const isNamed = ofIam.some(({ properties }) => iamNames.some((name) => name in properties));
  const hasIam = capabilities.some((one) => one.endsWith("_IAM"));
  if (isNamed && !capabilities.includes("CAPABILITY_NAMED_IAM")) return "CAPABILITY_NAMED_IAM";
  if (ofIam.length > 0 && !hasIam) return "CAPABILITY_IAM";
  const isExpanded = written.sections["Transform"] !== undefined;
  const mayExpand = isChangeSet || capabilities.includes("CAPABILITY_AUTO_EXPAND");
  return isExpanded && !mayExpand ? "CAPABILITY_AUTO_EXPAND" : undefined;
}

const iamNames = ["RoleName", "UserName", "GroupName", "ManagedPolicyName", "InstanceProfileName"];

/** Whether a template says something else of its stack than another, beside its resources. */
export function saysTheSame(before: StackTarget, after: StackTarget): boolean {
  return sameSections.every(
    (name) =>
      JSON.stringify(before.expanded.sections[name] ?? null) ===
      JSON.stringify(after.expanded.sections[name] ?? null),
  );
}

const sameSections = ["Outputs", "Description"] as const;

/** The names and values of a list of structures: `[{Key, Value}]`. */
export function pairsOf(
  list: readonly JsonValue[],
  key: string,
  value: string,
): { readonly [name: string]: string } {
  return Object.fromEntries(
    list.flatMap((each) =>
      isJsonObject(each) ? [[textOf(each[key]), textOf(each[value] ?? "")]] : [],
    ),
  );
}
