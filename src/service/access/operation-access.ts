import type { Access, Conditions } from "../../ports/authorizer.ts";
import { activityArn, splitQualifiedArn, stateMachineArn } from "../../machine/arns.ts";
import type { InputOf, OperationName } from "../model/service-model.ts";
import type { ServiceContext } from "../operation.ts";
import {
  type KeyUse,
  usesOfGivenKey,
  usesOfUpdate,
  usesToDescribe,
  usesToReadExecution,
  usesToReadMachine,
  usesToTakeTask,
} from "./key-uses.ts";
import { resourceOfTask } from "./resource-of-task.ts";

/** What an operation wants of IAM, whose action for it has its name: `states:StartExecution`. */
export interface OperationAccess<Input> {
  readonly resource: Resource<Input>;
  /** What a policy may ask about beside the qualifier that an ARN has. */
  readonly conditions?: (input: Input) => Conditions;
  /** Further accesses that this input needs; `resource` is that of the operation. */
  readonly besides?: (input: Input, resource: string) => readonly Access[];
  /** What is done with customers' keys in the caller's name; `resource` is that of the operation. */
  readonly keys?: (
    input: Input,
    context: ServiceContext,
    resource: string,
  ) => readonly KeyUse[] | Promise<readonly KeyUse[]>;
  /** What the state machine is going to be, where it changes that. */
  readonly machine?: (input: Input) => MachineRole;
}

/** How a state machine will act, as far as an operation says it. */
export interface MachineRole {
  readonly roleArn: string | undefined;
  /** Whether its executions' logs go to CloudWatch Logs. */
  readonly logs: boolean;
}

/** A member of the input that has it, the first of several that is given, none, or one that has to be found. */
export type Resource<Input> =
  | TextMember<Input>
  | readonly TextMember<Input>[]
  | "*"
  | ((input: Input, context: ServiceContext) => string | Promise<string>);

type TextMember<Input> = {
  [K in keyof Input]-?: NonNullable<Input[K]> extends string ? K : never;
}[keyof Input] &
  string;

/**
 * What each operation wants: the one place that says it, and one that is forgotten does not compile.
 *
 * Documented: Service Authorization Reference, AWS Step Functions, and "Versions and aliases: authorization". Observed: an answer to a
 * task is refused for the state machine. Our choice: a role has to be passed where one is given. Which keys are whose to use is
 * documented in "Data at rest encryption" and with `includedData`: a start, a stop and an answer are the role's, not the caller's.
 */
export const operationAccess = {
  CreateActivity: {
    resource: ({ name }, { scope }) => activityArn(scope, name),
    conditions: ({ tags }) => taggedWith(tags),
    besides: ({ tags }, resource) => tagging(tags, resource),
    keys: (input, _context, resource) => usesOfGivenKey(resource, input),
  },
  CreateStateMachine: {
    resource: ({ name }, { scope }) => stateMachineArn(scope, name),
    conditions: ({ tags }) => taggedWith(tags),
    besides: ({ roleArn, publish, tags }, resource) => [
      ...passing(roleArn),
      ...publishing(publish, resource),
      ...tagging(tags, resource),
    ],
    keys: (input, _context, resource) => usesOfGivenKey(resource, input),
    machine: machineRole,
  },
  // Of the state machine whose versions it names; the qualifier is the alias that is to be.
  CreateStateMachineAlias: {
    resource: ({ routingConfiguration: [first] }) => first?.stateMachineVersionArn ?? "*",
    conditions: ({ name }) => ({ "states:StateMachineQualifier": [name] }),
  },
  DeleteActivity: { resource: "activityArn" },
  DeleteStateMachine: { resource: "stateMachineArn" },
  DeleteStateMachineAlias: { resource: "stateMachineAliasArn" },
  DeleteStateMachineVersion: { resource: "stateMachineVersionArn" },
  DescribeActivity: { resource: "activityArn" },
  DescribeExecution: {
    resource: "executionArn",
    keys: unlessMetadata(({ executionArn }, context) => usesToReadExecution(executionArn, context)),
  },
  DescribeMapRun: { resource: "mapRunArn" },
  DescribeStateMachine: { resource: "stateMachineArn", keys: usesToDescribe },
  DescribeStateMachineAlias: { resource: "stateMachineAliasArn" },
  DescribeStateMachineForExecution: {
    resource: "executionArn",
    keys: unlessMetadata(({ executionArn }, context) => usesToReadExecution(executionArn, context)),
  },
  GetActivityTask: {
    resource: "activityArn",
    keys: (input, context) => usesToTakeTask(input.activityArn, context),
  },
  GetExecutionHistory: {
    resource: "executionArn",
    keys: (input, context) => usesToReadExecution(input.executionArn, context),
  },
  ListActivities: { resource: "*" },
  ListExecutions: { resource: ["stateMachineArn", "mapRunArn"] },
  ListMapRuns: { resource: "executionArn" },
  ListStateMachineAliases: { resource: "stateMachineArn" },
  ListStateMachines: { resource: "*" },
  ListStateMachineVersions: { resource: "stateMachineArn" },
  ListTagsForResource: { resource: "resourceArn" },
  PublishStateMachineVersion: { resource: "stateMachineArn" },
  RedriveExecution: { resource: "executionArn" },
  SendTaskFailure: { resource: ({ taskToken }, context) => resourceOfTask(context, taskToken) },
  SendTaskHeartbeat: { resource: ({ taskToken }, context) => resourceOfTask(context, taskToken) },
  SendTaskSuccess: { resource: ({ taskToken }, context) => resourceOfTask(context, taskToken) },
  StartExecution: { resource: (input) => withoutTestCase(input.stateMachineArn) },
  StartSyncExecution: {
    resource: (input) => withoutTestCase(input.stateMachineArn),
    keys: unlessMetadata((_input, context, resource) => usesToReadMachine(resource, context)),
  },
  StopExecution: { resource: "executionArn" },
  TagResource: { resource: "resourceArn", conditions: ({ tags }) => taggedWith(tags) },
  TestState: {
    resource: "*",
    besides: ({ roleArn, revealSecrets }) => [
      ...passing(roleArn),
      ...(revealSecrets === true ? [{ action: "states:RevealSecrets", resource: "*" }] : []),
    ],
  },
  UntagResource: {
    resource: "resourceArn",
    conditions: ({ tagKeys }) => ({ "aws:TagKeys": tagKeys }),
  },
  UpdateMapRun: { resource: "mapRunArn" },
  UpdateStateMachine: {
    resource: "stateMachineArn",
    besides: ({ roleArn, publish }, resource) => [
      ...passing(roleArn),
      ...publishing(publish, resource),
    ],
    keys: usesOfUpdate,
    machine: machineRole,
  },
  UpdateStateMachineAlias: { resource: "stateMachineAliasArn" },
  ValidateStateMachineDefinition: { resource: "*" },
} as const satisfies { readonly [N in OperationName]: OperationAccess<InputOf<N>> };

/** Documented: versions and aliases are not resources; a policy names their machine, and asks for the qualifier. */
export function onStateMachine(access: Access): Access {
  const qualified = splitQualifiedArn(access.resource);
  if (qualified === undefined) return access;
  return {
    ...access,
    resource: qualified.stateMachineArn,
    conditions: { "states:StateMachineQualifier": [qualified.qualifier], ...access.conditions },
  };
}

/** *Documented*: who asks for METADATA_ONLY needs no key. */
function unlessMetadata<Input extends { readonly includedData?: string }>(
  uses: NonNullable<OperationAccess<Input>["keys"]>,
): NonNullable<OperationAccess<Input>["keys"]> {
  return (input, context, resource) =>
    input.includedData === "METADATA_ONLY" ? [] : uses(input, context, resource);
}

function machineRole({
  roleArn,
  loggingConfiguration,
}: Pick<InputOf<"UpdateStateMachine">, "roleArn" | "loggingConfiguration">): MachineRole {
  const { level = "OFF" } = loggingConfiguration ?? {};
  return { roleArn, logs: level !== "OFF" };
}

type Tags = InputOf<"CreateStateMachine">["tags"];

function taggedWith(tags: Tags = []): Conditions {
  const keys = tags.flatMap(({ key }) => (key === undefined ? [] : [key]));
  if (keys.length === 0) return {};
  const values = tags.map(({ key = "", value = "" }) => [`aws:RequestTag/${key}`, value] as const);
  return { ...Object.fromEntries(values), "aws:TagKeys": keys };
}

function tagging(tags: Tags, resource: string): readonly Access[] {
  if (tags === undefined || tags.length === 0) return [];
  return [{ action: "states:TagResource", resource, conditions: taggedWith(tags) }];
}

function publishing(publish: boolean | undefined, resource: string): readonly Access[] {
  return publish === true ? [{ action: "states:PublishStateMachineVersion", resource }] : [];
}

function passing(roleArn: string | undefined): readonly Access[] {
  if (roleArn === undefined) return [];
  const conditions = { "iam:PassedToService": "states.amazonaws.com" };
  return [{ action: "iam:PassRole", resource: roleArn, conditions }];
}

/** `ARN#CASE` starts the machine as a test case. No name of a machine has a `#`. */
function withoutTestCase(arn: string): string {
  const separator = arn.indexOf("#");
  return separator === -1 ? arn : arn.slice(0, separator);
}
