import type { Nesting } from "../nesting.ts";
import type { Run } from "../run.ts";
import type { Frame, Scope } from "../scope.ts";
import type { SyntaxNode } from "../syntax-tree.ts";
import type { Value } from "../value.ts";

/** A compiled node: its value for a context item. */
export type Evaluate = (input: Value, frame: Frame, run: Run) => Value;

/** Compiles a node of any type; passed to the node types, which are compiled in one file each. */
export interface Compile {
  /** Compiles a node that stands in the one that is being compiled. */
  (node: SyntaxNode, scope: Scope): Evaluate;
  /** Where the node that is being compiled stands. */
  readonly nesting: Nesting;
  /** The same, for nodes that stand elsewhere. */
  readonly at: (place: Nesting) => Compile;
}
