import type { NodeKey } from "../../graph/model.ts";

/**
 * Where something new, or something that is moved, is put. Scopes are named by their `GraphScope.key`: `""`, "/P[0]", "/M".
 *
 * - `edge`: between its two ends; on an `|end` edge after the last state; on the start's before the first.
 * - `start` and `end`: before the first state of a scope, or after every state that ends it with `End`. In an empty scope both
 *   make it the only state.
 * - `after`: on the state's `Next`; of a Choice it becomes the target of a new rule.
 * - `rule`, `branch`, `catch`: the target of a new rule, a new branch, the target of a new Catcher. `index` is where among the
 *   others; the end if absent.
 * - `free`: connected with nothing.
 */
export type Place =
  | { readonly on: "edge"; readonly edge: string }
  | { readonly on: "start" | "end" | "free"; readonly scope: string }
  | { readonly on: "after"; readonly state: NodeKey }
  | { readonly on: "rule"; readonly choice: NodeKey; readonly index?: number }
  | { readonly on: "branch"; readonly parallel: NodeKey; readonly index?: number }
  | { readonly on: "catch"; readonly state: NodeKey; readonly index?: number };
