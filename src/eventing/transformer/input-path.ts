import { isJsonArray, isJsonObject, type JsonValue, ownMember } from "../../expression/json.ts";

/** A path of EventBridge into an event: steps from `$`. */
export interface InputPath {
  readonly text: string;
  readonly steps: readonly PathStep[];
}

type PathStep =
  | { readonly type: "member"; readonly name: string }
  | { readonly type: "index"; readonly index: number }
  /** All members or elements: what follows is looked for in each of them. */
  | { readonly type: "all" };

/** *Documented*: `InputPath` and the values of `InputPathsMap`. */
const longestPath = 256;

/**
 * Reads a path; `undefined` for what is none.
 *
 * *Documented*: EventBridge, input transformation: dots, dashes, underscores, letters and digits, slashes, indices and wildcards. Our choice:
 * a name in brackets and quotes is taken too, as JSONPath has it.
 */
export function parseInputPath(text: string): InputPath | undefined {
  if (!text.startsWith("$") || text.length > longestPath) return undefined;
  const steps: PathStep[] = [];
  const step = /\.([\w\-/]+|\*)|\[(\d{1,9}|\*)\]|\['([^']*)'\]/y;
  step.lastIndex = 1;
  while (step.lastIndex < text.length) {
    const found = step.exec(text);
    if (found === null) return undefined;
    const [, dotted, bracketed, quoted] = found;
    const plain = dotted ?? bracketed;
    if (plain === "*") steps.push({ type: "all" });
    else if (bracketed !== undefined) steps.push({ type: "index", index: Number(bracketed) });
    else steps.push({ type: "member", name: dotted ?? quoted ?? "" });
  }
  return { text, steps };
}

/** What a path leads to; `undefined` where nothing is. With a wildcard it is the list of all that is there. */
export function valueAt(path: InputPath, event: JsonValue): JsonValue | undefined {
  let values: readonly JsonValue[] = [event];
  for (const step of path.steps) values = values.flatMap((value) => follow(value, step));
  return path.steps.some(({ type }) => type === "all") ? values : values[0];
}

function follow(value: JsonValue, step: PathStep): readonly JsonValue[] {
  switch (step.type) {
    case "member": {
      const member = isJsonObject(value) ? ownMember(value, step.name) : undefined;
      return member === undefined ? [] : [member];
    }
    case "index": {
      const item = isJsonArray(value) ? value[step.index] : undefined;
      return item === undefined ? [] : [item];
    }
    case "all":
      if (isJsonArray(value)) return value;
      return isJsonObject(value) ? Object.values(value) : [];
  }
}
