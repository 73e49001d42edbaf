import { apply } from "../apply.ts";
import { Callable, isFunction } from "../callable.ts";
import { jsonataError } from "../jsonata-error.ts";
import { Body, Nesting } from "../nesting.ts";
import type { Run } from "../run.ts";
import type { Scope } from "../scope.ts";
import { compileSignature } from "../signature.ts";
import type { TransformNode } from "../syntax-tree.ts";
import { isItems, itemsOf, setOwn, type Items, type Value, type ValueObject } from "../value.ts";
import { stepsOf } from "../weight.ts";
import type { Compile, Evaluate } from "./evaluate.ts";
import { readVariable } from "./variable.ts";

/**
 * `|pattern|update, delete|`: a function that returns a copy of its argument in which the objects that the
 * pattern finds are changed.
 *
 * Only objects of that copy are changed. A pattern that leads elsewhere, into the input or a variable, changes
 * nothing there. *Our choice*: the package changes the input.
 */
export function compileTransform(node: TransformNode, scope: Scope, compile: Compile): Evaluate {
  const clone = readVariable("clone", scope);
  const inBody = compile.at(new Nesting(new Body(true), 1, false));
  const pattern = inBody(node.pattern, scope);
  const update = inBody(node.update, scope);
  const deletion = node.delete === undefined ? undefined : inBody(node.delete, scope);
  const steps = stepsOf(node);
  return compile.nesting.bounded(
    (_, frame) =>
      new Callable(
        1,
        ([original], run) => {
          if (original === undefined) return undefined;
          const copy = clone(frame, run);
          if (!isFunction(copy)) throw jsonataError("T2013");
          const result = apply(copy, [original], null, run, undefined, 0);
          const own = new Set<object>();
          collectObjects(result, own, run);
          const matches = pattern(result, frame, run);
          for (const match of matches === undefined ? [] : itemsOf(matches)) {
            run.spend(steps);
            const changes = update(match, frame, run);
            if (changes !== undefined && !isPlainObject(changes)) {
              throw jsonataError("T2011", { value: changes });
            }
            const removed = deletion?.(match, frame, run);
            const names = removed === undefined ? [] : itemsOf(removed);
            if (!names.every((name) => typeof name === "string")) {
              throw jsonataError("T2012", { value: removed });
            }
            if (isPlainObject(match) && own.has(match)) change(match, changes ?? {}, names);
          }
          return result;
        },
        signature,
        "transform",
      ),
  );
}

const signature = compileSignature("<(oa):o>");

function change(object: ValueObject, changes: ValueObject, removed: Items): void {
  const own = object as Record<string, Value>;
  for (const [name, value] of Object.entries(changes)) setOwn(own, name, value);
  for (const name of removed) delete own[name as string];
}

function isPlainObject(value: Value): value is ValueObject {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isFunction(value);
}

function collectObjects(value: Value, into: Set<object>, run: Run): void {
  run.spend(1);
  if (isItems(value)) for (const item of value) collectObjects(item, into, run);
  else if (isPlainObject(value)) {
    into.add(value);
    for (const member of Object.values(value) as Items) collectObjects(member, into, run);
  }
}
