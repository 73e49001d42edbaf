import type { EpochMs } from "../../machine/ids.ts";
import type { PostedCall } from "../../ports/cluster-store.ts";

/** How long a call is kept, in milliseconds. Whoever asked has given up long before. */
const keptMs = 300_000;

interface HeldCall {
  readonly call: PostedCall;
  readonly postedAt: EpochMs;
  answer?: string;
}

/** Calls by partition and id, the oldest first. */
export type HeldCalls = Map<string, HeldCall>;

type CallKey = Pick<PostedCall, "id" | "partition">;

export function createHeldCalls(): HeldCalls {
  return new Map();
}

export function addCall(calls: HeldCalls, call: PostedCall, now: EpochMs): void {
  forgetOld(calls, now);
  const key = keyOf(call);
  if (!calls.has(key)) calls.set(key, { call: { ...call }, postedAt: now });
}

/** Calls to these partitions that wait for an answer. */
export function unansweredCalls(
  calls: HeldCalls,
  partitions: readonly number[],
  now: EpochMs,
): readonly PostedCall[] {
  forgetOld(calls, now);
  return [...calls.values()]
    .filter(({ call, answer }) => answer === undefined && partitions.includes(call.partition))
    .map(({ call }) => call);
}

/** The first answer counts. One to a call that is forgotten goes nowhere. */
export function answerCall(calls: HeldCalls, key: CallKey, answer: string): void {
  const held = calls.get(keyOf(key));
  if (held !== undefined) held.answer ??= answer;
}

export function answerOf(calls: HeldCalls, key: CallKey, now: EpochMs): string | undefined {
  forgetOld(calls, now);
  return calls.get(keyOf(key))?.answer;
}

function forgetOld(calls: HeldCalls, now: EpochMs): void {
  for (const [key, { postedAt }] of calls) if (postedAt <= now - keptMs) calls.delete(key);
}

function keyOf({ id, partition }: CallKey): string {
  return `${partition} ${id}`;
}
