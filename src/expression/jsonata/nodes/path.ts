import type { Scope } from "../scope.ts";
import type { PathNode } from "../syntax-tree.ts";
import { asKeptSequence, isConstructed, isSequence, settle, type Value } from "../value.ts";
import type { Compile, Evaluate } from "./evaluate.ts";
import { compileGroup } from "./group.ts";
import { compileName } from "./name.ts";
import { compileSteps, lastStep } from "./path-steps.ts";

/**
 * A path, `a.b[c].d`: each step maps over the items of the one before it, and the results are flattened.
 *
 * While it runs, what a step found is held as nothing, a list of items (an array), or one item that is not an
 * array; only the end makes a sequence of it.
 */
export function compilePath(node: PathNode, scope: Scope, compile: Compile): Evaluate {
  const [first] = node.steps;
  if (first === undefined) return () => undefined;
  // A name is compiled by the path itself; any other first step bounds itself.
  const bounded = (evaluate: Evaluate) =>
    first.type === "name" ? compile.nesting.deeper.bounded(evaluate) : evaluate;
  if (isPlainName(node) && first.type === "name") return bounded(compilePlainName(first.value));

  const steps = bounded(compileSteps(node.steps, scope, compile));
  const keep = keepsSingleton(node);
  const group = node.group === undefined ? undefined : compileGroup(node.group.lhs, scope, compile);
  return (input, frame, run) => {
    const result = steps(input, frame, run);
    const kept = keep ? keepSingleton(result) : result;
    return group === undefined ? settle(kept) : group(kept, frame, run);
  };
}

/** A path of one name, which is what most predicates and comparisons look at. */
function isPlainName(node: PathNode): boolean {
  return (
    node.steps.length === 1 &&
    node.steps[0]?.stages === undefined &&
    node.group === undefined &&
    !keepsSingleton(node)
  );
}

function compilePlainName(name: string): Evaluate {
  const read = compileName(name);
  const whole = lastStep(read, 1);
  return (input, frame, run) =>
    Array.isArray(input) ? settle(whole(input, frame, run)) : read(input, frame, run);
}

/** Whether `[]` is written in the path; after a `#$i` the parser notes it in another place. */
export function keepsSingleton(node: PathNode): boolean {
  return node.keepSingletonArray === true || node.keepArray === true;
}

/** With `[]`, a result of one item is an array. */
export function keepSingleton(result: Value): Value {
  if (result === undefined) return undefined;
  if (!Array.isArray(result)) return asKeptSequence([result]);
  if (isConstructed(result)) return asKeptSequence([result]);
  return isSequence(result) && result.length === 1 ? asKeptSequence([result[0]]) : result;
}
