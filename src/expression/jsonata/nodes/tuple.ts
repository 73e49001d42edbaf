import type { Frame, Scope } from "../scope.ts";
import type { SyntaxNode } from "../syntax-tree.ts";
import type { Value } from "../value.ts";

/** An item of a path together with the variables that the steps before it bound (`@$v`, `#$i`, `%`). */
export interface Tuple {
  readonly item: Value;
  readonly variables: ReadonlyMap<string, Value>;
}

/** What a path inside another one hands out, so that the outer path keeps its variables. */
export class TupleStream {
  readonly tuples: readonly Tuple[];

  constructor(tuples: readonly Tuple[]) {
    this.tuples = tuples;
  }
}

/** Makes the frame in which a tuple's variables are seen. */
export class TupleFrames {
  readonly #scope: Scope;
  readonly #slots: ReadonlyMap<string, number>;

  constructor(scope: Scope, names: ReadonlySet<string>) {
    this.#scope = scope;
    this.#slots = new Map([...names].map((name) => [name, scope.declare(name)]));
  }

  frameOf({ variables }: Tuple, parent: Frame): Frame {
    if (this.#scope.isEmpty) return parent;
    const frame = this.#scope.newFrame(parent);
    for (const [name, value] of variables) {
      const slot = this.#slots.get(name);
      if (slot !== undefined) frame.slots[slot] = value;
    }
    return frame;
  }
}

/** The names that the steps bind, also those of paths within them. */
export function namesBound(steps: readonly SyntaxNode[]): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (step: SyntaxNode): void => {
    if (step.focus !== undefined) names.add(step.focus);
    if (step.index !== undefined) names.add(step.index);
    if (step.ancestor !== undefined) names.add(step.ancestor.label);
    for (const stage of step.stages ?? []) if (stage.type === "index") names.add(stage.value);
    if (step.type === "block") step.expressions.forEach(visit);
    if (step.type === "path") step.steps.forEach(visit);
  };
  steps.forEach(visit);
  return names;
}
