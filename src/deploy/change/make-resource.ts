import type { JsonObject } from "../../expression/json.ts";
import type { PlannedResource } from "../../template/template.ts";
import { errorCodeOf, isAlreadyThere, isNotFound } from "../aws-calls.ts";
import { mustReplace } from "../plan/plan-change.ts";
import { propertyDifferences } from "../plan/property-differences.ts";
import type { Made, Present, ProviderContext, ResourceProvider } from "../providers/provider.ts";
import type { DoneStep, ResourceRecord } from "../stacks/stack-record.ts";
import { type ChangeTools, providerContext, type Step, withProgress } from "./change-tools.ts";
import { type HeldStack, StackLost } from "./held-stack.ts";
import { valuesOf } from "./values-of.ts";

/** A resource could not be made; the words are its service's. */
export class ResourceFailed extends Error {
  override readonly name = "ResourceFailed";
  readonly logicalId: string;
  readonly verb: "create" | "update" | "delete";

  constructor(logicalId: string, verb: "create" | "update" | "delete", reason: string) {
    super(reason);
    this.logicalId = logicalId;
    this.verb = verb;
  }
}

/** Brings one resource to what the template says: makes it, changes it, replaces it, or leaves it. */
export async function makeResource(
  held: HeldStack,
  planned: PlannedResource,
  properties: JsonObject,
  tools: ChangeTools,
): Promise<void> {
  const record = held.record.resources[planned.logicalId];
  const provider = tools.find(planned.type);
  const making = { planned, properties, provider, tools };
  const { logicalId } = planned;
  if (record?.status === "CREATE_IN_PROGRESS") {
    const record = held.change.done.findLast((step) => step.logicalId === logicalId)?.before;
    return create(held, { ...making, done: [], isRepeated: true, record });
  }
  if (record === undefined || record.physicalId === "") {
    return create(held, { ...making, done: [{ logicalId }], isRepeated: false, record: undefined });
  }
  const isSame = propertyDifferences(record.properties, properties, []).length === 0;
  const isWhole = !/_FAILED$|IN_PROGRESS$/.test(record.status);
  const isRenewed =
    record.type !== planned.type ||
    record.status === "CREATE_FAILED" ||
    mustReplace(provider, record.properties, properties) ||
    // Its service may be here by now.
    (record.isMadeUp === true && provider !== undefined && !isSame);
  if (isRenewed) {
    const done = [{ logicalId, before: record, isReplaced: true as const }];
    return create(held, { ...making, done, isRepeated: false, record });
  }
  if (isSame && isWhole) return;
  return update(held, record, making);
}

interface Making {
  readonly planned: PlannedResource;
  readonly properties: JsonObject;
  /** `undefined`: the type is not made here. */
  readonly provider: ResourceProvider | undefined;
  readonly tools: ChangeTools;
}

interface Creation extends Making {
  readonly done: readonly DoneStep[];
  /** It may have been made by a process that has ended since. */
  readonly isRepeated: boolean;
  /** What is replaced; `undefined`: nothing. */
  readonly record: ResourceRecord | undefined;
}

async function create(held: HeldStack, creation: Creation): Promise<void> {
  const { planned, properties, provider, tools, done, record } = creation;
  const { logicalId } = planned;
  const begun = recordOf(creation, { physicalId: "" }, "CREATE_IN_PROGRESS");
  await held.saveResource(begun, (change) => ({ done: [...change.done, ...done] }));
  await held.event({ ...eventOf(begun), properties });
  const step: Step = `create ${logicalId}`;
  const context = providerContext(held, logicalId, tools, step);
  try {
    const made = await madeOrMadeUp(creation, context);
    if (made.physicalId === record?.physicalId && provider !== undefined) {
      await held.saveResource({ ...begun, physicalId: "" });
      throw new Error(
        `CloudFormation cannot update a stack when a custom-named resource requires replacing. Rename ${made.physicalId} and update the stack again.`,
      );
    }
    const complete = recordOf(creation, made, "CREATE_COMPLETE");
    await held.saveResource(
      made.isMadeUp === true ? { ...complete, isMadeUp: true } : complete,
      withProgress(step, undefined),
    );
    await held.event({ ...eventOf(complete), reason: made.note });
  } catch (error) {
    await failed(held, begun, "CREATE_FAILED", step, error);
    throw new ResourceFailed(logicalId, "create", wordsOf(error));
  }
}

/** Makes it, or makes up what references to it come to: of a type, or of a service, that is not here. */
async function madeOrMadeUp(
  { planned, properties, provider, isRepeated }: Creation,
  context: ProviderContext,
): Promise<Made & { readonly isMadeUp?: true }> {
  const physicalId = context.generatedName({ maxLength: 128 });
  if (provider === undefined) return { physicalId, note: notMade(planned.type), isMadeUp: true };
  try {
    const values = await valuesOf(properties, context.call);
    return await makeOrAdopt(provider, values, context, isRepeated);
  } catch (error) {
    if (errorCodeOf(error) !== "UnknownOperationException") throw error;
    const note = `${notMade(planned.type)}. ${wordsOf(error)}`;
    return { physicalId, note, isMadeUp: true };
  }
}

/** Makes it; what a process that has ended since may have made is taken as it is and brought to what it is to be. */
async function makeOrAdopt(
  provider: ResourceProvider,
  properties: JsonObject,
  context: ProviderContext,
  isRepeated: boolean,
): Promise<Made> {
  try {
    return await provider.create(properties, context);
  } catch (error) {
    if (!isRepeated || !isAlreadyThere(error) || provider.adopt === undefined) throw error;
    return provider.adopt(properties, context);
  }
}

async function update(held: HeldStack, record: ResourceRecord, making: Making): Promise<void> {
  const { planned, properties, provider, tools } = making;
  const { logicalId } = planned;
  const begunBefore = held.change.done.find((step) => step.logicalId === logicalId);
  const begun: ResourceRecord = {
    ...recordOf(making, record, "UPDATE_IN_PROGRESS"),
    ...(record.isMadeUp && { isMadeUp: true }),
  };
  await held.saveResource(begun, ({ done }) =>
    begunBefore === undefined ? { done: [...done, { logicalId, before: record }] } : {},
  );
  await held.event({ ...eventOf(begun), properties });
  const step: Step = `update ${logicalId}`;
  const context = providerContext(held, logicalId, tools, step);
  // Another process may have begun: what the resource was before that is what this one changes.
  const present = begunBefore?.before ?? record;
  try {
    const values = provider === undefined ? {} : await valuesOf(properties, context.call);
    const made =
      provider?.update === undefined || record.isMadeUp === true
        ? { physicalId: record.physicalId, note: notMade(planned.type) }
        : await provider.update(values, present, context);
    const complete = {
      ...recordOf(making, made, "UPDATE_COMPLETE"),
      ...(record.isMadeUp && { isMadeUp: true as const }),
    };
    // *Documented*, of custom resources: another physical id is another resource.
    const isAnother = made.physicalId !== record.physicalId;
    await held.saveResource(complete, (change) => ({
      ...withProgress(step, undefined)(change),
      ...(isAnother && { done: asReplaced(change.done, logicalId) }),
    }));
    await held.event({ ...eventOf(complete), reason: made.note });
  } catch (error) {
    await failed(held, begun, "UPDATE_FAILED", step, error);
    throw new ResourceFailed(logicalId, "update", wordsOf(error));
  }
}

function asReplaced(done: readonly DoneStep[], logicalId: string): readonly DoneStep[] {
  return done.map((step) => (step.logicalId === logicalId ? { ...step, isReplaced: true } : step));
}

/** Removes a resource; one that is gone already is removed. */
export async function deleteResource(
  held: HeldStack,
  record: ResourceRecord,
  tools: ChangeTools,
): Promise<void> {
  const { logicalId, physicalId, type, isMadeUp } = record;
  if (physicalId === "") return;
  const provider = isMadeUp === true ? undefined : tools.find(type);
  await held.event({ ...eventOf(record), status: "DELETE_IN_PROGRESS" });
  const step: Step = `delete ${logicalId} ${physicalId}`;
  try {
    await provider?.delete(record, providerContext(held, logicalId, tools, step));
  } catch (error) {
    checkHeld(held, error);
    if (!isNotFound(error)) {
      await held.saveChange(withProgress(step, undefined));
      await held.event({ ...eventOf(record), status: "DELETE_FAILED", reason: wordsOf(error) });
      throw new ResourceFailed(logicalId, "delete", wordsOf(error));
    }
  }
  await held.event({ ...eventOf(record), status: "DELETE_COMPLETE" });
}

/** Gives a resource the properties back that it had. */
export async function restoreResource(
  held: HeldStack,
  attempted: ResourceRecord,
  before: ResourceRecord,
  tools: ChangeTools,
): Promise<ResourceRecord> {
  const provider = attempted.isMadeUp === true ? undefined : tools.find(before.type);
  const step: Step = `restore ${before.logicalId}`;
  const context = providerContext(held, before.logicalId, tools, step);
  await held.event({ ...eventOf(attempted), status: "UPDATE_IN_PROGRESS" });
  try {
    const values = await valuesOf(before.properties, context.call);
    const present: Present = attempted;
    const made = await provider?.update?.(values, present, context);
    const restored: ResourceRecord = {
      ...before,
      ...(made && {
        physicalId: made.physicalId,
        ref: made.ref ?? made.physicalId,
        attributes: made.attributes ?? {},
      }),
      status: "UPDATE_COMPLETE",
    };
    await held.event(eventOf(restored));
    return restored;
  } catch (error) {
    await failed(held, attempted, "UPDATE_FAILED", step, error);
    throw new ResourceFailed(before.logicalId, "update", wordsOf(error));
  }
}

async function failed(
  held: HeldStack,
  record: ResourceRecord,
  status: "CREATE_FAILED" | "UPDATE_FAILED",
  step: Step,
  error: unknown,
): Promise<void> {
  checkHeld(held, error);
  const current = held.record.resources[record.logicalId] ?? record;
  const reason = wordsOf(error);
  await held.saveResource({ ...current, status, reason }, withProgress(step, undefined));
  await held.event({ ...eventOf(current), status, reason });
}

/** What fails when the stack is let go, as when the server ends, has not failed: whoever goes on with it does it again. */
function checkHeld(held: HeldStack, error: unknown): void {
  if (error instanceof StackLost) throw error;
  if (held.signal.aborted) throw new StackLost(wordsOf(error));
}

function recordOf(
  { planned, properties, provider, tools }: Making,
  made: Pick<Made, "physicalId" | "ref" | "attributes"> & { readonly isNoEcho?: boolean },
  status: ResourceRecord["status"],
): ResourceRecord {
  const { logicalId, type, dependencies, deletionPolicy, updateReplacePolicy } = planned;
  return {
    logicalId,
    type,
    physicalId: made.physicalId,
    ref: made.ref ?? made.physicalId,
    attributes: made.attributes ?? {},
    properties,
    dependencies,
    deletionPolicy,
    updateReplacePolicy,
    status,
    updatedAt: tools.clock.now(),
    ...(provider === undefined && { isMadeUp: true as const }),
    ...(made.isNoEcho === true && { isNoEcho: true as const }),
  };
}

export function eventOf({ logicalId, physicalId, type, status }: ResourceRecord) {
  return { logicalId, physicalId, type, status };
}

function notMade(type: string): string {
  return `Stepwell makes no ${type}: references to it are made up`;
}

/** *Observed*: CloudFormation puts the service, the error's name and the handler's word for it behind the message. */
export function wordsOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = (error as { readonly code?: unknown }).code;
  return typeof code === "string" ? `${error.message} (${code})` : error.message;
}
