import type { JsonObject } from "../../expression/json.ts";
import { scopeOfArn } from "../../machine/arns.ts";
import type { Caller } from "../../ports/caller.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Ids } from "../../ports/ids.ts";
import type { Logger } from "../../ports/logger.ts";
import type { MadeResource } from "../../template/template.ts";
import { type AwsCall, awsCalls, type AwsServices } from "../aws-calls.ts";
import type { CustomResourceResponses } from "../custom-resources/responses.ts";
import type { FindProvider } from "../plan/plan-change.ts";
import { generatedName, madeUpReferences } from "../providers/made-up.ts";
import type { NestedStacks, ProviderContext, StackPlace } from "../providers/provider.ts";
import type { ResourceRecord, StackRecord } from "../stacks/stack-record.ts";
import type { StackStore } from "../stacks/stack-store.ts";
import type { HeldStack, MoreOfChange } from "./held-stack.ts";

/** What changes of stacks are performed with. */
export interface ChangeTools {
  readonly store: StackStore;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly logger: Logger;
  readonly services: AwsServices;
  readonly find: FindProvider;
  readonly responses: CustomResourceResponses;
  nestedOf(parent: StackRecord, caller: Caller): NestedStacks;
}

/** *Documented*: CloudFormation acts as whoever asks it, or in the role that a stack was given. */
export function actingCaller(stack: StackRecord, caller: Caller, roleArn?: string): Caller {
  if (roleArn === undefined) return caller;
  const service = "cloudformation.amazonaws.com";
  const principal = { type: "serviceRole", service, roleArn, sourceArn: stack.stackId } as const;
  return { ...scopeOfArn(stack.stackId), principal };
}

export function callerOfChange({ record, change }: HeldStack): Caller {
  return actingCaller(record, change.caller, change.target.roleArn);
}

export function callOf(tools: ChangeTools, caller: Caller, signal: AbortSignal): AwsCall {
  return awsCalls(tools.services, { caller, requestId: tools.ids.uuid(), signal });
}

export function placeOf({ stackId, name, content }: StackRecord): StackPlace {
  return { ...scopeOfArn(stackId), stackId, name, tags: content.tags };
}

/** A step of a change: `update Alias`. */
export type Step = `${"create" | "update" | "restore" | "delete"} ${string}`;

export function providerContext(
  held: HeldStack,
  logicalId: string,
  tools: ChangeTools,
  step: Step,
): ProviderContext {
  const { record, change } = held;
  const caller = callerOfChange(held);
  const stack = { ...placeOf(record), tags: change.target.tags };
  return {
    stack,
    logicalId,
    call: callOf(tools, caller, held.signal),
    async began(physicalId) {
      const resource = held.record.resources[logicalId];
      if (resource !== undefined) await held.saveResource({ ...resource, physicalId });
    },
    nested: tools.nestedOf(record, caller),
    responses: tools.responses,
    newId: () => tools.ids.uuid(),
    generatedName: (rules) => generatedName(stack, logicalId, record.generation, rules),
    now: () => tools.clock.now(),
    async wait(milliseconds) {
      await waitFor(tools.clock, milliseconds, held.signal);
      if (held.change.phase === "forward") checkCancellation(held);
    },
    progress: {
      get saved() {
        return held.change.progress?.[step];
      },
      save: (progress) => held.saveChange(withProgress(step, progress)),
    },
    isUndoing: held.change.phase === "rollBack",
    signal: held.signal,
  };
}

/** *Observed*: CloudFormation's words. */
export function checkCancellation({ change, isGivenUp }: HeldStack): void {
  if (change.isCancelled !== true && !isGivenUp) return;
  throw new Error(`Resource ${change.kind === "create" ? "creation" : "update"} cancelled`);
}

/** Stores where a step is; `undefined`: it has come to its end. */
export function withProgress(step: Step, progress: JsonObject | undefined): MoreOfChange {
  return ({ progress: before = {} }) => {
    const { [step]: _before, ...others } = before;
    return { progress: progress === undefined ? others : { ...others, [step]: progress } };
  };
}

/** What references to a resource of a stack come to. */
export function referencesTo(
  record: ResourceRecord | undefined,
  stack: StackRecord,
): MadeResource | undefined {
  if (record === undefined || record.physicalId === "") return undefined;
  return record.isMadeUp === true
    ? madeUpReferences(record.type, record.physicalId, scopeOfArn(stack.stackId))
    : record;
}

export function waitFor(clock: Clock, milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const failed = () => {
      cancel();
      reject(new Error("The change was given up"));
    };
    const cancel = clock.schedule((clock.now() + milliseconds) as ReturnType<Clock["now"]>, () => {
      signal.removeEventListener("abort", failed);
      resolve();
    });
    if (signal.aborted) failed();
    else signal.addEventListener("abort", failed, { once: true });
  });
}
