import {
  isJsonArray,
  isJsonObject,
  ownMember,
  type JsonObject,
  type JsonValue,
} from "../../../expression/json.ts";
import { functionCall } from "../../functions/is-function.ts";
import {
  defined,
  invalid,
  sharedAttributes,
  type SamExpansion,
  type SamResource,
} from "../expansion.ts";
import { managedPolicyArn } from "./managed-policy-arn.ts";
import { isPolicyTemplate, policyFromTemplate } from "./policy-templates.ts";

export interface ExecutionRole {
  readonly service: string;
  /** Managed policies that it has in any case, by their names. */
  readonly managedPolicies: readonly string[];
  /** Policies that it has beside those of `Policies`. */
  readonly policies?: readonly JsonObject[];
  readonly tags: JsonValue;
}

/** The role that SAM makes for a resource which names none, with what its `Policies` allow: `<id>Role`. */
export function executionRole(
  resource: SamResource,
  role: ExecutionRole,
  expansion: SamExpansion,
): JsonObject {
  const managed: JsonValue[] = role.managedPolicies.map((name) =>
    managedPolicyArn(name, expansion.partition),
  );
  const inline: JsonValue[] = [];
  for (const policy of policiesOf(resource, expansion)) {
    const name = `${resource.logicalId}RolePolicy${String(inline.length)}`;
    const read = readPolicy(policy, name, resource, expansion);
    (read.isManaged ? managed : inline).push(read.value);
  }
  const policies = [...(role.policies ?? []), ...inline];
  return {
    Type: "AWS::IAM::Role",
    ...sharedAttributes(resource),
    Properties: defined({
      AssumeRolePolicyDocument:
        ownMember(resource.properties, "AssumeRolePolicyDocument") ?? trustOf(role.service),
      ManagedPolicyArns: managed,
      Policies: policies.length > 0 ? policies : undefined,
      PermissionsBoundary: ownMember(resource.properties, "PermissionsBoundary"),
      Path: ownMember(resource.properties, "RolePath"),
      Tags: role.tags,
    }),
  };
}

/** A policy that lets a service assume the role. */
export function trustOf(service: string): JsonObject {
  return {
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Principal: { Service: [service] }, Action: ["sts:AssumeRole"] }],
  };
}

/** One policy, a list of them, or a document whose parts are not a list. */
function policiesOf(resource: SamResource, expansion: SamExpansion): readonly JsonValue[] {
  const written = ownMember(resource.properties, "Policies");
  if (written === undefined || written === null) return [];
  if (isJsonArray(written)) return written;
  if (typeof written === "string") return [written];
  if (!isJsonObject(written))
    throw invalid(expansion, resource.logicalId, "Policies must be a list.");
  const names = Object.keys(written);
  // Observed: a map of several policy templates is taken as each of them.
  if (names.length > 1 && names.every(isPolicyTemplate)) {
    return names.map((name) => ({ [name]: ownMember(written, name) ?? {} }));
  }
  return [written];
}

/** A managed policy's ARN, or a policy of the role itself. */
interface ReadPolicy {
  readonly isManaged: boolean;
  readonly value: JsonValue;
}

function readPolicy(
  policy: JsonValue,
  policyName: string,
  resource: SamResource,
  expansion: SamExpansion,
): ReadPolicy {
  if (typeof policy === "string") {
    return { isManaged: true, value: managedPolicyArn(policy, expansion.partition) };
  }
  if (!isJsonObject(policy)) {
    throw invalid(
      expansion,
      resource.logicalId,
      "Policy must be a name, a policy document or a policy template.",
    );
  }
  const call = functionCall(policy);
  if (call?.name === "Fn::If") return readEither(call.argument, policyName, resource, expansion);
  if (call) return { isManaged: true, value: policy };
  const document = Object.hasOwn(policy, "Statement")
    ? policy
    : documentOf(policy, resource, expansion);
  return { isManaged: false, value: { PolicyName: policyName, PolicyDocument: document } };
}

/** `Fn::If` of two policies: both are read. One of them may be `AWS::NoValue`. */
function readEither(
  argument: JsonValue,
  policyName: string,
  resource: SamResource,
  expansion: SamExpansion,
): ReadPolicy {
  const [condition, ...policies] = isJsonArray(argument) ? argument : [];
  const read = policies.map((policy) =>
    isNoValue(policy) ? undefined : readPolicy(policy, policyName, resource, expansion),
  );
  const isManaged = read.find((one) => one !== undefined)?.isManaged ?? true;
  if (read.some((one) => one !== undefined && one.isManaged !== isManaged)) {
    throw invalid(
      expansion,
      resource.logicalId,
      "Policies of an Fn::If must both be managed policies or both be policy documents or templates.",
    );
  }
  const values = read.map((one, index) => one?.value ?? (policies[index] as JsonValue));
  return { isManaged, value: { "Fn::If": [condition ?? null, ...values] } };
}

function isNoValue(policy: JsonValue): boolean {
  return functionCall(policy)?.argument === "AWS::NoValue";
}

function documentOf(
  policy: JsonObject,
  resource: SamResource,
  expansion: SamExpansion,
): JsonObject {
  const [name, ...more] = Object.keys(policy);
  if (name === undefined || more.length > 0) {
    throw invalid(
      expansion,
      resource.logicalId,
      "A policy template must be the only member of its policy.",
    );
  }
  const written = ownMember(policy, name) ?? {};
  const parameters = isJsonObject(written) ? written : {};
  const result = policyFromTemplate(name, parameters);
  if ("document" in result) return result.document;
  throw invalid(
    expansion,
    resource.logicalId,
    result.problem === "unknown"
      ? `Unable to find a policy template or statement for policy '${name}'.`
      : `Following required parameters of policy template '${name}' don't have values: [${result.parameters.map((one) => `'${one}'`).join(", ")}]`,
  );
}
