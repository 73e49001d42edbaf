import { Callable, TailCall } from "./callable.ts";
import { jsonataError } from "./jsonata-error.ts";
import type { Run } from "./run.ts";
import type { Value } from "./value.ts";

/**
 * Calls a function, and whatever it calls in tail position, without growing the stack.
 *
 * `input` is the context item of the call: what a signature's `-` fills in for a missing argument, also for
 * the calls in tail position. `token` is the name that the call uses, for messages, `depth` how deep the call
 * stands in its body.
 */
export function apply(
  callee: Value,
  args: readonly Value[],
  input: Value,
  run: Run,
  token: string | undefined,
  depth: number,
): Value {
  run.enter(depth);
  let result = applyOnce(callee, args, input, run, token) as Value | TailCall;
  while (result instanceof TailCall) {
    run.spend(3);
    result = applyOnce(result.callee, result.args, input, run, result.token) as Value | TailCall;
  }
  run.leave(depth);
  return result;
}

function applyOnce(
  callee: Value,
  args: readonly Value[],
  input: Value,
  run: Run,
  token: string | undefined,
): Value {
  if (!(callee instanceof Callable)) throw jsonataError("T1006");
  const checked =
    callee.signature === undefined
      ? args
      : callee.signature.check(args, input, token ?? callee.name, run);
  return callee.implementation(checked, run, input);
}
