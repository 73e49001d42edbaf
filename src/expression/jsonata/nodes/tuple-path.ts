import type { Run } from "../run.ts";
import { Scope, type Frame } from "../scope.ts";
import type { PathNode } from "../syntax-tree.ts";
import { asSequence, itemsOf, newObject, setOwn, settle, type Value } from "../value.ts";
import type { Compile, Evaluate } from "./evaluate.ts";
import { appendAll, compilePairs, Groups, type CompiledPair } from "./group.ts";
import { compileSteps, isEmptyArray } from "./path-steps.ts";
import { keepSingleton, keepsSingleton } from "./path.ts";
import { namesBound, TupleFrames, TupleStream, type Tuple } from "./tuple.ts";
import { compileTupleStep } from "./tuple-step.ts";

/** A path with a step that binds variables: from that step on it runs on tuples. */
export function compileTuplePath(node: PathNode, scope: Scope, compile: Compile): Evaluate {
  const start = node.steps.findIndex((step) => step.tuple === true);
  const before =
    start === 0 ? undefined : compileSteps(node.steps.slice(0, start), scope, compile, false);
  const startsFromVariable = node.steps[0]?.type === "variable";

  const inner = new Scope(scope);
  const frames = new TupleFrames(inner, namesBound(node.steps));
  const steps = node.steps
    .slice(start)
    .map((step) => compileTupleStep(step, inner, frames, compile));
  const pairs = node.group === undefined ? undefined : compilePairs(node.group.lhs, inner, compile);
  const keep = keepsSingleton(node);

  return (input, frame, run) => {
    const found = before === undefined ? input : before(input, frame, run);
    const isEmpty = before !== undefined && (found === undefined || isEmptyArray(found));
    const items = before === undefined && startsFromVariable ? [found] : itemsOf(found);
    let tuples: readonly Tuple[] = isEmpty
      ? []
      : items.map((item) => ({ item, variables: noVariables }));
    for (const step of steps) tuples = step(tuples, frame, run);
    if (pairs !== undefined) {
      return groupTuples(pairs, isEmpty ? [nothing] : tuples, frames, frame, run);
    }
    if (isEmpty) return found;
    if (node.tuple === true) return new TupleStream(tuples) as unknown as Value;
    const result = asSequence(tuples.map(({ item }) => item));
    return settle(keep ? keepSingleton(result) : result);
  };
}

const noVariables: ReadonlyMap<string, Value> = new Map();
const nothing: Tuple = { item: undefined, variables: noVariables };

/** Groups tuples by key; the values see all items, and all values of each variable, of their group. */
function groupTuples(
  pairs: readonly CompiledPair[],
  tuples: readonly Tuple[],
  frames: TupleFrames,
  frame: Frame,
  run: Run,
): Value {
  const groups = new Groups<Tuple>();
  for (const tuple of tuples) {
    const own = frames.frameOf(tuple, frame);
    pairs.forEach((pair, index) => {
      run.spend(pair.steps);
      groups.add(pair.key(tuple.item, own, run), tuple, index, run);
    });
  }
  const object = newObject();
  for (const [key, { pair, items: members }] of groups.entries()) {
    const { value: evaluate, steps } = pairs[pair] as CompiledPair;
    run.spend(steps);
    const merged = mergeTuples(members, run);
    const value = evaluate(merged.item, frames.frameOf(merged, frame), run);
    if (value !== undefined) setOwn(object, key, value);
  }
  return object;
}

function mergeTuples(tuples: readonly Tuple[], run: Run): Tuple {
  const names = new Set(tuples.flatMap(({ variables }) => [...variables.keys()]));
  const variables = new Map<string, Value>();
  for (const name of names) {
    variables.set(
      name,
      appendAll(
        tuples.map((tuple) => tuple.variables.get(name)),
        run,
      ),
    );
  }
  return {
    item: appendAll(
      tuples.map(({ item }) => item),
      run,
    ),
    variables,
  };
}
