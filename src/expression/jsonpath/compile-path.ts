import { EvaluationError, ExpressionSyntaxError, type EvaluationScope } from "../evaluation.ts";
import type { JsonValue } from "../json.ts";
import type { Cursor } from "./cursor.ts";
import { follow, memberChain } from "./member-chain.ts";
import { parseSegments } from "./parse-path.ts";
import { noResultMessage } from "./path-errors.ts";
import { isDefinite, type Segment } from "./path-syntax.ts";
import type { Path } from "./path.ts";
import { compileVisit } from "./select.ts";
import { fewSelected } from "../steps.ts";
import { newSelection, settleVisits, spendValue, visitBudget } from "./selection.ts";

/** Where a path starts: in the input (`$`), the context object (`$$`) or a variable (`$name`). */
export type PathRoot =
  | { readonly from: "input" }
  | { readonly from: "context" }
  | { readonly from: "variable"; readonly name: string };

export interface ParsedPath {
  readonly root: PathRoot;
  readonly segments: readonly Segment[];
}

/** Compiles a path of Jayway's dialect as Step Functions has it. Throws an ExpressionSyntaxError. */
export function compilePath(text: string): Path {
  const { root, segments } = parsePath(text, false);
  return assemblePath(text, root, segments);
}

/** Splits a path into its root and its steps. */
export function parsePath(text: string, escapedNames: boolean): ParsedPath {
  const cursor: Cursor = { text: text.trimEnd(), position: 0 };
  const root = parseRoot(cursor);
  return { root, segments: parseSegments(cursor, { inFilter: false, escapedNames, depth: 0 }) };
}

/** Unicode's identifiers; `$` is not part of a name. *Documented*: variables, naming. */
const variableName = /^\$(\p{ID_Start}\p{ID_Continue}*)/u;

function parseRoot(cursor: Cursor): PathRoot {
  if (!cursor.text.startsWith("$")) {
    throw new ExpressionSyntaxError(`Invalid path '${cursor.text}': a path starts with '$'`);
  }
  cursor.position = 1;
  if (cursor.text.startsWith("$$")) {
    cursor.position = 2;
    return { from: "context" };
  }
  const name = variableName.exec(cursor.text)?.[1];
  if (name === undefined) return { from: "input" };
  cursor.position += name.length;
  return { from: "variable", name };
}

/** The document that a path searches; `undefined` for a variable that is not assigned. */
export function startOf(
  root: PathRoot,
  input: JsonValue,
  scope: EvaluationScope,
): JsonValue | undefined {
  if (root.from === "input") return input;
  return root.from === "context" ? scope.context : scope.variables.lookup(root.name);
}

/** What `path` looks in, for an error that quotes it: input, context object or the whole variable. */
export function searchedBy(
  path: Path,
  input: JsonValue,
  scope: EvaluationScope,
): JsonValue | undefined {
  return startOf(parseRoot({ text: path.text, position: 0 }), input, scope);
}

/** Makes a path of its parsed form. */
export function assemblePath(text: string, root: PathRoot, segments: readonly Segment[]): Path {
  const select = compileSelect(segments);
  const find = (input: JsonValue, scope: EvaluationScope): JsonValue | undefined => {
    const start = startOf(root, input, scope);
    return start === undefined ? undefined : select(start, scope);
  };
  return {
    text,
    isDefinite: isDefinite(segments),
    variable: root.from === "variable" ? root.name : undefined,
    find,
    evaluate: (input, scope) => {
      const value = find(input, scope);
      if (value !== undefined) return value;
      const start = startOf(root, input, scope);
      if (start === undefined) throw unassigned(text);
      throw new EvaluationError("States.Runtime", noResultMessage(text, start, segments));
    },
  };
}

function unassigned(text: string): EvaluationError {
  return new EvaluationError(
    "States.Runtime",
    `The variable of the path '${text}' is not assigned`,
  );
}

/** Names and indexes only are followed without any allocation; all else goes through a selection. */
function compileSelect(
  segments: readonly Segment[],
): (start: JsonValue, scope: EvaluationScope) => JsonValue | undefined {
  const steps = memberChain(segments);
  if (steps !== undefined) {
    const [name] = steps;
    if (name === undefined) return (start) => start;
    return (start) => follow(start, steps);
  }
  const visit = compileVisit(segments);
  const definite = isDefinite(segments);
  const mayRepeat = segments.some(({ type }) => repeating.has(type));
  return (start, { steps: meter }) => {
    const budget = visitBudget(meter);
    const selection = newSelection(start, budget);
    visit(start, selection);
    if (mayRepeat && selection.found.length > fewSelected) spendValue(selection, selection.found);
    settleVisits(budget, meter);
    return definite ? selection.found[0] : selection.found;
  };
}

/** Steps after which a part of the document may be found more than once, by itself or within others. */
const repeating: ReadonlySet<Segment["type"]> = new Set(["scan", "members", "indexes", "function"]);
