import { typeOfArn } from "../../machine/arns.ts";
import { customerKeyOf } from "../../ports/customer-key-of.ts";
import type { KeyAction } from "../../ports/customer-key-access.ts";
import type { CustomerKey } from "../../ports/customer-keys.ts";
import type { ExecutionRecord } from "../../ports/store.ts";
import type { InputOf } from "../model/service-model.ts";
import type { ServiceContext } from "../operation.ts";
import { splitLabel } from "../versions/labelled-machine.ts";

/** What a call does in its caller's name with the key of a customer. */
export interface KeyUse {
  readonly action: KeyAction;
  readonly key: CustomerKey;
}

type Configured = Pick<InputOf<"UpdateStateMachine">, "encryptionConfiguration">;

/** *Documented*: whoever gives a key to a state machine or an activity. Most give none. */
export function usesOfGivenKey(
  resourceArn: string,
  { encryptionConfiguration: given }: Configured,
): readonly KeyUse[] {
  const encryptionConfiguration = given && JSON.stringify(given);
  const key = customerKeyOf(resourceArn, {
    ...(encryptionConfiguration !== undefined && { encryptionConfiguration }),
  });
  return use(key, "kms:DescribeKey", "kms:GenerateDataKey");
}

/** A new revision is sealed with the key that is given, or with the one before; what is kept of that one has to be opened. */
export async function usesOfUpdate(
  input: InputOf<"UpdateStateMachine">,
  { engine }: Pick<ServiceContext, "engine">,
): Promise<readonly KeyUse[]> {
  const { stateMachineArn, definition, encryptionConfiguration } = input;
  const present = (await engine.directory.get(stateMachineArn))?.revision;
  const key = present && customerKeyOf(stateMachineArn, present);
  return [
    ...usesOfGivenKey(stateMachineArn, input),
    ...(encryptionConfiguration === undefined ? use(key, "kms:GenerateDataKey") : []),
    ...(definition === undefined ? use(key, "kms:Decrypt") : []),
  ];
}

/** *Documented*: who asks for METADATA_ONLY needs no key, but for the Map of a label, which is in the sealed definition. */
export function usesToDescribe(
  { stateMachineArn: arn, includedData }: InputOf<"DescribeStateMachine">,
  context: Pick<ServiceContext, "engine">,
): Promise<readonly KeyUse[]> | readonly KeyUse[] {
  const { stateMachineArn, label } = splitLabel(arn);
  if (includedData === "METADATA_ONLY" && label === undefined) return [];
  return usesToReadMachine(stateMachineArn, context);
}

/** Of a state machine, a version or an alias. */
export async function usesToReadMachine(
  arn: string,
  { engine }: Pick<ServiceContext, "engine">,
): Promise<readonly KeyUse[]> {
  const target = await engine.directory.find(arn);
  const keys = target?.routes.map(({ stateMachine: { record, revision } }) =>
    customerKeyOf(record.stateMachineArn, revision),
  );
  const different = new Map(keys?.map((key) => [key?.kmsKeyId, key]));
  return [...different.values()].flatMap((key) => use(key, "kms:Decrypt"));
}

export async function usesToReadExecution(
  executionArn: string,
  context: Pick<ServiceContext, "engine" | "store">,
): Promise<readonly KeyUse[]> {
  if (typeOfArn(executionArn) !== "execution") return [];
  const record = await context.store.execution(executionArn);
  return record === undefined ? [] : usesToReadRun(record, context);
}

/** Of the revision that an execution runs. */
export async function usesToReadRun(
  { stateMachineArn: runs, revisionId }: Pick<ExecutionRecord, "stateMachineArn" | "revisionId">,
  { engine }: Pick<ServiceContext, "engine">,
): Promise<readonly KeyUse[]> {
  const { stateMachineArn } = splitLabel(runs);
  const { revision } = await engine.directory.revision(stateMachineArn, revisionId);
  return use(customerKeyOf(stateMachineArn, revision), "kms:Decrypt");
}

export async function usesToTakeTask(
  activityArn: string,
  { store }: Pick<ServiceContext, "store">,
): Promise<readonly KeyUse[]> {
  const activity = await store.activity(activityArn);
  return use(activity && customerKeyOf(activityArn, activity), "kms:Decrypt");
}

function use(key: CustomerKey | undefined, ...actions: readonly KeyAction[]): readonly KeyUse[] {
  return key === undefined ? [] : actions.map((action) => ({ action, key }));
}
