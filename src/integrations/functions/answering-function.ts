import type { Invocation, InvocationOutcome, LocalFunction } from "./invocation.ts";

/** A function that runs nothing. */
export function answeringFunction(
  answer: (invocation: Invocation) => InvocationOutcome,
): LocalFunction {
  return {
    invoke: (invocation) => Promise.resolve(answer(invocation)),
    busy: false,
    retire() {},
    close() {},
  };
}
