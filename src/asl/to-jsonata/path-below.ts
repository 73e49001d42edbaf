import type { Segment } from "../../expression/jsonpath/path-syntax.ts";
import { listOf, primary, type Expression, type KnownType } from "./expression.ts";
import { filterCondition } from "./filter-condition.ts";
import { nameStep, textLiteral } from "./literal.ts";
import type { NoteCode } from "./note.ts";
import { Unconvertible } from "./unconvertible.ts";

/** A path that is being written. */
interface Written {
  readonly text: string;
  /** Several values are selected from here on. */
  readonly isMany: boolean;
  /** What the last step was, which says how its values are come by. */
  readonly last: Segment["type"] | undefined;
  readonly remarks: readonly NoteCode[];
  readonly type?: KnownType;
}

/**
 * The steps of a path below what `root` gives. Steps that select many are written as JSONata goes through lists by itself, and
 * brackets make a list of what they select, be it one or none. Throws {@link Unconvertible}.
 */
export function pathBelow(root: Expression, segments: readonly Segment[]): Expression {
  const document = primary(root);
  let written: Written = { text: document, isMany: false, last: undefined, remarks: [] };
  for (let position = 0; position < segments.length; position++) {
    const step = segments[position] as Segment;
    // A slice that is empty for certain: nothing is below it.
    if (written.text === "") break;
    if (step.type === "scan") {
      const name = segments[++position];
      if (name?.type !== "member") throw new Unconvertible("UNSUPPORTED_PATH");
      const descendants = { ...written, text: `${written.text}.**`, isMany: true };
      written = memberStep(descendants, name.name);
    } else written = withStep(written, step, document, position === segments.length - 1);
  }
  const remarks = [...new Set([...root.remarks, ...written.remarks, ...flattened(written)])];
  if (written.isMany) return listOf(written.text, { remarks });
  return {
    text: written.text,
    isPrimary: true,
    mayBeNothing: root.mayBeNothing || !isAlwaysThere(written.text),
    remarks,
    ...(written.type === undefined ? typeOf(written.text) : { type: written.type }),
  };
}

/** Members of several objects come item by item where they are lists. */
function flattened({ isMany, last }: Written): readonly NoteCode[] {
  return isMany && last === "member" ? ["LIST_IN_LIST"] : [];
}

function withStep(written: Written, step: Segment, document: string, isLast: boolean): Written {
  switch (step.type) {
    case "member":
      return memberStep(written, step.name);
    case "wildcard":
      return wildcardStep(written);
    case "filter": {
      const condition = filterCondition(step.filter, document);
      return {
        text: `${written.text}[${condition.text}]`,
        isMany: true,
        last: "filter",
        remarks: [...written.remarks, ...condition.remarks, "NOT_A_LIST"],
      };
    }
    case "index":
    case "indexes":
    case "slice":
    case "members":
    case "function":
      // Each of several values would have to be gone into: hardly ever meant, and JSONata counts all of them instead.
      if (written.isMany) throw new Unconvertible("UNSUPPORTED_PATH");
      return stepOfOne(written, step, isLast);
    case "scan":
      throw new Unconvertible("UNSUPPORTED_PATH");
  }
}

function memberStep(written: Written, name: string): Written {
  const step = nameStep(name);
  if (step !== undefined) return { ...written, text: `${written.text}.${step}`, last: "member" };
  if (written.isMany) throw new Unconvertible("UNSUPPORTED_PATH");
  const text = `$lookup(${written.text}, ${textLiteral(name)})`;
  return { ...written, text, last: "member" };
}

/** The items of a list are what its name gives; of lists in a list, `.$` gives them. */
function wildcardStep(written: Written): Written {
  const isOfItems = written.isMany && written.last !== "member";
  return {
    text: isOfItems ? `${written.text}.$` : written.text,
    isMany: true,
    last: "wildcard",
    remarks: [...written.remarks, "NOT_A_LIST"],
  };
}

type StepOfOne = Extract<Segment, { type: "index" | "indexes" | "slice" | "members" | "function" }>;

function stepOfOne(written: Written, step: StepOfOne, isLast: boolean): Written {
  const { text, remarks } = written;
  switch (step.type) {
    case "index":
      return { ...written, text: `${text}[${step.index}]`, last: "index" };
    case "indexes": {
      // Positions select in the order of the list, whatever order they are written in.
      const isOrdered = step.indexes.every(
        (index, place) =>
          index >= 0 && (place === 0 || index > (step.indexes[place - 1] as number)),
      );
      if (!isOrdered) throw new Unconvertible("UNSUPPORTED_PATH");
      return listStep(written, `${text}[[${step.indexes.join(", ")}]]`, "indexes");
    }
    case "slice":
      return listStep(written, slice(text, step), "slice");
    case "members": {
      if (!isLast) throw new Unconvertible("UNSUPPORTED_PATH");
      const members = step.names.map(
        (name) => `${textLiteral(name)}: ${memberStep(written, name).text}`,
      );
      return { text: `{${members.join(", ")}}`, isMany: false, last: "members", remarks };
    }
    case "function":
      return functionStep(written, step);
  }
}

function listStep({ remarks }: Written, text: string, last: Segment["type"]): Written {
  return { text, isMany: true, last, remarks: [...remarks, "NOT_A_LIST"] };
}

/** A slice as Jayway cuts it: with both ends as they are written, with one end from the end if that is negative. */
function slice(
  text: string,
  { from, to }: { readonly from: number | undefined; readonly to: number | undefined },
): string {
  if (from !== undefined && to !== undefined) {
    if (from < 0) throw new Unconvertible("UNSUPPORTED_PATH");
    return to > from ? `${text}[[${from}..${to - 1}]]` : "";
  }
  if (from !== undefined) {
    return from < 0
      ? `${text}[[${from}..-1]]`
      : `$filter(${text}, function($v, $i) { $i >= ${from} })`;
  }
  const end = to ?? 0;
  if (end >= 0) return end === 0 ? "" : `${text}[[0..${end - 1}]]`;
  return `$filter(${text}, function($v, $i, $a) { $i < $count($a) - ${-end} })`;
}

/** Jayway's functions that JSONata has too, for lists (and `keys` for objects), as they are meant. */
const pathFunctions: ReadonlyMap<string, (text: string) => string> = new Map([
  ["length", (text: string) => `$count(${text})`],
  ["size", (text: string) => `$count(${text})`],
  ["min", (text: string) => `$min(${text})`],
  ["max", (text: string) => `$max(${text})`],
  ["sum", (text: string) => `$sum(${text})`],
  ["avg", (text: string) => `$average(${text})`],
  ["first", (text: string) => `${text}[0]`],
  ["last", (text: string) => `${text}[-1]`],
  ["keys", (text: string) => `[$keys(${text})]`],
]);

function functionStep(written: Written, step: Extract<Segment, { type: "function" }>): Written {
  const write = pathFunctions.get(step.name);
  if (write === undefined || step.arguments.length > 0) throw new Unconvertible("UNSUPPORTED_PATH");
  const isCount = step.name === "length" || step.name === "size";
  return {
    ...written,
    text: write(written.text),
    last: "function",
    remarks: isCount
      ? [...written.remarks, "NOT_A_LIST", "MISSING_IS_NOTHING"]
      : [...written.remarks, "FUNCTION_OF_OTHERS"],
    ...(isCount ? { type: "integer" } : {}),
  };
}

/** What every execution has in its context object, and of which type it is. */
const contextTypes: ReadonlyMap<string, KnownType | undefined> = new Map<
  string,
  KnownType | undefined
>([
  ["Execution", undefined],
  ["Execution.Id", "text"],
  ["Execution.Input", undefined],
  ["Execution.Name", "text"],
  ["Execution.RoleArn", "text"],
  ["Execution.StartTime", "text"],
  ["Execution.RedriveCount", "integer"],
  ["State", undefined],
  ["State.Name", "text"],
  ["State.EnteredTime", "text"],
  ["StateMachine", undefined],
  ["StateMachine.Id", "text"],
  ["StateMachine.Name", "text"],
  ["Task.Token", "text"],
  ["Map.Item.Index", "integer"],
  ["Map.Item.Value", undefined],
]);

const contextRoot = "$states.context.";

function isAlwaysThere(text: string): boolean {
  if (/^(?:\{|\$count\()/.test(text)) return true;
  return text.startsWith(contextRoot) && contextTypes.has(text.slice(contextRoot.length));
}

function typeOf(text: string): { readonly type?: KnownType } {
  if (!text.startsWith(contextRoot)) return {};
  const type = contextTypes.get(text.slice(contextRoot.length));
  return type === undefined ? {} : { type };
}
