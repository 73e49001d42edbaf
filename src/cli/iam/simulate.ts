import { writeFileSync } from "node:fs";
import { parse } from "node:path";
import { trustsMachineRole } from "../../iam/authorizer/trusts-role.ts";
import { trustsWorkflows } from "../../iam/authorizer/trusts-service.ts";
import { parsePolicy, policyOfRecord } from "../../iam/policy/parse-policy.ts";
import type { NamedPolicy, PolicySet } from "../../iam/policy/question.ts";
import { credentialsRoles } from "../../iam/requirements/credentials-roles.ts";
import { lacking } from "../../iam/requirements/lacking.ts";
import { leastPolicy } from "../../iam/requirements/least-policy.ts";
import type { MachineContext, Requirement } from "../../iam/requirements/requirement.ts";
import { requirementsOf } from "../../iam/requirements/requirements-of.ts";
import { locationSegments } from "../../asl/diagnostics/location.ts";
import type { JsonValue } from "../../expression/json.ts";
import { parseStatesArn, scopeOfArn } from "../../machine/arns.ts";
import { definedNames, stateMachineType } from "../arguments.ts";
import { checkDefinitionFile } from "../check-definition-file.ts";
import { CommandFailure, UsageError } from "../errors.ts";
import { readDefinition } from "../read-definition.ts";
import { readProblem } from "../text-file.ts";
import type { IamClient, Shown } from "./iam-client.ts";
import { jsonFile } from "./json-file.ts";
import { type PolicyText, rolePolicies, type RolePolicies } from "./role-policies.ts";
import { type AssumedRole, type SimulatedNeed, simulationText } from "./simulation-text.ts";
import type { IamRequest, IamTask } from "./task.ts";

/**
 * `stepwell iam simulate DEFINITION`: which accesses a workflow needs, which of them its role lacks, and the least policy for it.
 *
 * Against a server with `--role`, without one with policies in files. Roles of `Credentials` are checked on the server as well; what
 * those of other accounts need, and those that are known only when the workflow runs, is shown.
 */
export const simulate: IamTask = async ({ client, given: [file = ""], options }) => {
  const machine = machineContext(file, options);
  const definition = await definitionIn(file, options);
  const role = options.role === undefined ? undefined : await rolePolicies(client, options.role);
  const policies = policySet(role, options.policy ?? []);
  const requirements = requirementsOf(definition, machine);
  const assumed =
    role === undefined
      ? []
      : await assumedRoles(client, role.roleArn, requirements, machine.stateMachineArn);
  const checked = new Set([
    ...(policies === undefined ? [] : [undefined]),
    ...assumed.map(({ roleArn }) => roleArn),
  ]);
  const lacks = new Set([
    ...(policies === undefined ? [] : lacking(requirements, policies)),
    ...assumed.flatMap((one) => lacking(requirements, one.policies, one.roleArn)),
  ]);
  const needs = requirements.map((requirement): SimulatedNeed => {
    const isChecked = checked.has(requirement.roleArn);
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
    assumed: assumed.map(({ roleArn, problem }) => ({ roleArn, ...(problem && { problem }) })),
    needs,
  };
  return {
    data: JSON.parse(
      JSON.stringify({ ...simulation, missing: lacks.size, leastPolicy: least }),
    ) as Shown,
    text: target === "-" ? policyText : simulationText(simulation, target),
    isProblem:
      lacks.size > 0 || isTrusted === false || assumed.some(({ problem }) => problem !== undefined),
  };
};

/** The roles of `Credentials` as the server has them. */
function assumedRoles(
  client: IamClient,
  roleArn: string,
  requirements: readonly Requirement[],
  stateMachineArn: string,
) {
  const { accountId } = scopeOfArn(roleArn);
  return Promise.all(
    credentialsRoles(requirements, accountId).map(async (assumed) => {
      const found = await rolePolicies(client, assumed).catch(unlessGone);
      const policies = policySet(found, []) ?? { identity: [] };
      const problem = problemOf(found, { roleArn, stateMachineArn });
      return { roleArn: assumed, policies, problem };
    }),
  );
}

function problemOf(
  role: RolePolicies | undefined,
  machine: { readonly roleArn: string; readonly stateMachineArn: string },
): AssumedRole["problem"] {
  if (role === undefined) return "noRole";
  const isTrusting = trustsMachineRole(trustOf(role), role.roleArn, machine, Date.now()).allowed;
  return isTrusting ? undefined : "notTrusted";
}

/** A role that is not there is what is asked about; anything else is a failure. */
function unlessGone(thrown: unknown): undefined {
  if (!(thrown instanceof Error && Reflect.get(thrown, "code") === "NoSuchEntity")) throw thrown;
}

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

function isTrustedBy(role: RolePolicies, stateMachineArn: string): boolean {
  return trustsWorkflows(trustOf(role), role.roleArn, stateMachineArn, Date.now()).allowed;
}

function trustOf({ trust }: RolePolicies): NamedPolicy {
  return { name: "trust", policy: policyOfRecord(trust, "trust") };
}

function write(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new CommandFailure(`${path} cannot be written: ${readProblem(error)}`, { cause: error });
  }
}
