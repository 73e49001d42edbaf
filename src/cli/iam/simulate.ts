import { writeFileSync } from "node:fs";
import { parse } from "node:path";
import { trustsWorkflows } from "../../iam/authorizer/trusts-service.ts";
import { parsePolicy, policyOfRecord } from "../../iam/policy/parse-policy.ts";
import type { NamedPolicy, PolicySet } from "../../iam/policy/question.ts";
import { lacking } from "../../iam/requirements/lacking.ts";
import { leastPolicy } from "../../iam/requirements/least-policy.ts";
import type { MachineContext } from "../../iam/requirements/requirement.ts";
import { requirementsOf } from "../../iam/requirements/requirements-of.ts";
import { locationSegments } from "../../asl/diagnostics/location.ts";
import type { JsonValue } from "../../expression/json.ts";
import { parseStatesArn } from "../../machine/arns.ts";
import { definedNames, stateMachineType } from "../arguments.ts";
import { checkDefinitionFile } from "../check-definition-file.ts";
import { CommandFailure, UsageError } from "../errors.ts";
import { readDefinition } from "../read-definition.ts";
import { readProblem } from "../text-file.ts";
import type { Shown } from "./iam-client.ts";
import { jsonFile } from "./json-file.ts";
import { type PolicyText, rolePolicies, type RolePolicies } from "./role-policies.ts";
import { type SimulatedNeed, simulationText } from "./simulation-text.ts";
import type { IamRequest, IamTask } from "./task.ts";

/**
 * `stepwell iam simulate DEFINITION`: which accesses a workflow needs, which of them its role lacks, and the least policy for it.
 *
 * Against a server with `--role`, without one with policies in files. What roles of `Credentials` need is shown, and not
 * checked: they may be of other accounts.
 */
export const simulate: IamTask = async ({ client, given: [file = ""], options }) => {
  const machine = machineContext(file, options);
  const definition = await definitionIn(file, options);
  const role = options.role === undefined ? undefined : await rolePolicies(client, options.role);
  const policies = policySet(role, options.policy ?? []);
  const requirements = requirementsOf(definition, machine);
  const lacks = new Set(policies === undefined ? [] : lacking(requirements, policies));
  const needs = requirements.map((requirement): SimulatedNeed => {
    const isChecked = policies !== undefined && requirement.roleArn === undefined;
    const state = stateNames(requirement.location, definition);
    return { ...requirement, state, ...(isChecked && { isAllowed: !lacks.has(requirement) }) };
  });
  const isTrusted = role === undefined ? undefined : isTrustedBy(role, machine.stateMachineArn);
  const least = leastPolicy(requirements);
  const target = options["write-policy"];
  const policyText = `${JSON.stringify(least ?? emptyPolicy, undefined, 2)}\n`;
  if (target !== undefined && target !== "-") write(target, policyText);
  const simulation = {
    stateMachineArn: machine.stateMachineArn,
    roleArn: role?.roleArn,
    isTrusted,
    needs,
  };
  return {
    data: JSON.parse(
      JSON.stringify({ ...simulation, missing: lacks.size, leastPolicy: least }),
    ) as Shown,
    text: target === "-" ? policyText : simulationText(simulation, target),
    isProblem: lacks.size > 0 || isTrusted === false,
  };
};

/** `/States/Pack/Iterator/States/Send` → `["Pack", "Send"]`: the state, after those that it is in. */
function stateNames(location: string | undefined, definition: JsonValue): readonly string[] {
  const steps = location === undefined ? [] : locationSegments(location, definition);
  return steps.flatMap((step, index) => (isNameOf(steps, index) ? [String(step)] : []));
}

/** Names and `States` alternate with fields: what follows a `States` that is a field is a name. */
function isNameOf(steps: readonly (string | number)[], index: number): boolean {
  return index > 0 && steps[index - 1] === "States" && !isNameOf(steps, index - 1);
}

/** IAM takes no policy without a statement: a workflow that needs nothing gets one that allows nothing. */
const emptyPolicy = {
  Version: "2012-10-17",
  Statement: [{ Effect: "Deny", Action: "*", Resource: "*" }],
};

function machineContext(file: string, options: IamRequest["options"]): MachineContext {
  const { machine = usualArn(file), logs = false, traces = false } = options;
  const parsed = parseStatesArn(machine);
  if (parsed?.type !== "stateMachine") {
    throw new UsageError(`--machine takes the ARN of a state machine, not '${machine}'.`);
  }
  return { stateMachineArn: machine, logs, traces };
}

/** Our choice: where nobody says where the machine will be, it is named after its file, in the account that servers have by themselves. */
function usualArn(file: string): string {
  const region = process.env["AWS_REGION"] ?? process.env["AWS_DEFAULT_REGION"] ?? "us-east-1";
  const name = parse(file)
    .name.replace(/\.asl$/, "")
    .replaceAll(/[^\w-]/g, "-");
  return `arn:aws:states:${region}:000000000000:stateMachine:${name}`;
}

async function definitionIn(
  file: string,
  { type, define }: IamRequest["options"],
): Promise<JsonValue> {
  const defined = definedNames(define);
  const { errors } = await checkDefinitionFile(file, stateMachineType(type), defined);
  const { content } = await readDefinition(file, defined);
  if (errors > 0 || "syntaxError" in content) {
    throw new CommandFailure(`${file} has errors: see them with 'stepwell validate ${file}'.`);
  }
  return content.value;
}

/** `undefined`: nobody says what the role may. */
function policySet(
  role: RolePolicies | undefined,
  files: readonly string[],
): PolicySet | undefined {
  if (role === undefined && files.length === 0) return undefined;
  const stored = (role?.identity ?? []).map((one) => namedPolicy(one, "identity"));
  return {
    identity: [...stored, ...files.map(policyInFile)],
    ...(role?.boundary && { boundary: namedPolicy(role.boundary, "boundary") }),
  };
}

function namedPolicy({ name, document }: PolicyText, kind: "identity" | "boundary"): NamedPolicy {
  return { name, policy: policyOfRecord(document, kind) };
}

function policyInFile(path: string): NamedPolicy {
  const policy = parsePolicy(jsonFile(path), "identity");
  if ("problem" in policy) throw new CommandFailure(`${path}: ${policy.problem}`);
  return { name: path, policy };
}

function isTrustedBy({ trust, roleArn }: RolePolicies, stateMachineArn: string): boolean {
  const named = { name: "trust", policy: policyOfRecord(trust, "trust") };
  return trustsWorkflows(named, roleArn, stateMachineArn, Date.now()).allowed;
}

function write(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new CommandFailure(`${path} cannot be written: ${readProblem(error)}`, { cause: error });
  }
}
