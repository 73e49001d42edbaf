import { createHash } from "node:crypto";
import { isJsonArray, isJsonObject, type JsonValue, ownMember } from "../../expression/json.ts";
import { parseJson } from "../../expression/parse-json.ts";
import { startName } from "../targets/start-target.ts";
import type { TargetRequest } from "../targets/target.ts";
import { functionOutput, syncOutput } from "./enrich.ts";
import { isFunction, isStateMachine } from "./pipe-arns.ts";
import { ofPipe, type PipeServices } from "./pipe-caller.ts";
import { listText } from "./pipe-events.ts";
import type { InvocationType, PipeRecord } from "./pipe-record.ts";
import { PipeFailure } from "./pipe-source.ts";
import { wait } from "./wait.ts";

/** What of the events the target has not taken, by its own answer (`batchItemFailures`): the ids of their messages. */
export type RefusedIds = ReadonlySet<string>;

/** The name of what messages cause: the same messages, the same name. */
export function causeName(pipe: PipeRecord, ids: readonly string[]): string {
  const [first = "", ...others] = ids;
  const cause = /^[\w-]{1,36}$/.test(first)
    ? first
    : createHash("sha256").update(first).digest("hex").slice(0, 32);
  return startName(pipe.Name, cause, pipe.Arn, first, ...others);
}

/**
 * Gives texts to the pipe's target. State machines and functions get a list, whatever its length (*documented*); others get one after
 * another. Rejects with a {@link PipeFailure}, and then all of it comes again.
 */
export async function giveTarget(
  services: PipeServices,
  pipe: PipeRecord,
  { texts, ids }: { readonly texts: readonly string[]; readonly ids: readonly string[] },
  signal: AbortSignal,
): Promise<RefusedIds> {
  const { Target: arn } = pipe;
  const name = causeName(pipe, ids);
  if (pipe.Mapping !== undefined) return giveMapped(services, pipe, listText(texts), signal);
  if (isStateMachine(arn)) {
    const input = listText(texts);
    if (invocationType(pipe) === "REQUEST_RESPONSE") {
      const output = await syncOutput(services, pipe, { stateMachineArn: arn, input, name });
      return refusedIn(parseJson(output));
    }
    await start(services, pipe, { arn, input, name }, signal);
    return new Set();
  }
  if (isFunction(arn)) {
    const input = listText(texts);
    if (invocationType(pipe) === "REQUEST_RESPONSE") {
      return refusedIn(await functionOutput(services, pipe, arn, input, signal));
    }
    await start(services, pipe, { arn, input, name }, signal);
    return new Set();
  }
  for (const [index, input] of texts.entries()) {
    const one = causeName(pipe, [...ids, String(index)]);
    await start(services, pipe, { arn, input, name: one, ...moreOf(pipe) }, signal);
  }
  return new Set();
}

/**
 * *Documented*: a function gets what Lambda has polled for it as `Records`, and its answer counts only where the mapping says so. It is Lambda that
 * calls: the function's own role need not be allowed to.
 */
async function giveMapped(
  services: PipeServices,
  pipe: PipeRecord,
  records: string,
  signal: AbortSignal,
): Promise<RefusedIds> {
  const { Target: arn, RoleArn: _role, ...byLambda } = pipe;
  const caller = { ...byLambda, Target: arn };
  const answer = await functionOutput(services, caller, arn, `{"Records":${records}}`, signal);
  return pipe.Mapping?.reportsItemFailures === true ? refusedIn(answer) : new Set();
}

/** *Documented*: the default is to wait for the answer. */
export function invocationType({ Target: arn, TargetParameters = {} }: PipeRecord): InvocationType {
  const { StepFunctionStateMachineParameters, LambdaFunctionParameters } = TargetParameters;
  const parameters = isFunction(arn)
    ? LambdaFunctionParameters
    : StepFunctionStateMachineParameters;
  return parameters?.InvocationType ?? "REQUEST_RESPONSE";
}

async function start(
  { startTarget, clock }: PipeServices,
  pipe: PipeRecord,
  request: Pick<TargetRequest, "arn" | "input" | "name" | "event" | "messageGroupId">,
  signal: AbortSignal,
): Promise<void> {
  let outcome = await startTarget({ ...ofPipe(pipe), ...request }, signal);
  while (outcome.type === "postponed" && !signal.aborted) {
    await wait(clock, outcome.until - clock.now(), signal);
    outcome = await startTarget({ ...ofPipe(pipe), ...request }, signal);
  }
  if (outcome.type === "postponed") throw new PipeFailure(`${request.arn} is to be asked later`);
  if (outcome.type === "failed") throw new PipeFailure(`${outcome.code}: ${outcome.message}`);
}

/** *Documented*: what events on a bus are called where the pipe does not say. */
function moreOf({ Name, Source, Target, TargetParameters = {} }: PipeRecord) {
  const { EventBridgeEventBusParameters: bus = {}, SqsQueueParameters: queue } = TargetParameters;
  return {
    ...(queue?.MessageGroupId !== undefined && { messageGroupId: queue.MessageGroupId }),
    ...(/^arn:[^:]+:events:[^:]+:[^:]*:event-bus\//.test(Target) && {
      event: {
        source: bus.Source ?? `Pipe ${Name}`,
        detailType: bus.DetailType ?? `Event from aws:${Source.split(":")[2] ?? ""}`,
      },
    }),
  };
}

/** *Documented*: `{ "batchItemFailures": [{ "itemIdentifier": ID }] }`. */
function refusedIn(answer: JsonValue): RefusedIds {
  const failures = isJsonObject(answer) ? ownMember(answer, "batchItemFailures") : undefined;
  if (failures === undefined || !isJsonArray(failures)) return new Set();
  return new Set(
    failures.flatMap((failure) => {
      const id = isJsonObject(failure) ? ownMember(failure, "itemIdentifier") : undefined;
      return typeof id === "string" ? [id] : [];
    }),
  );
}
