import { isJsonArray, isJsonObject, type JsonValue } from "../../src/expression/json.ts";

/** What is known of a value from how a definition uses it. */
interface Shape {
  readonly members: Map<string, Shape>;
  item: Shape | undefined;
  /** Values that the definition asks about, of which a seed chooses one. */
  readonly candidates: (JsonValue | typeof absent)[];
}

/**
 * An object that has what any path of the definition could look for, wherever in the data it is laid: every path and every end of
 * one, so that it serves as input, as any task's result, and as any Map's item. `seed` chooses between values that Choice
 * rules ask for.
 */
export function plausibleData(definition: JsonValue, seed: number): JsonValue {
  const root = newShape();
  const uses: Use[] = [];
  collect(definition, "", uses);
  const paths: Use[] = uses.flatMap(({ path, value }) =>
    path.map((_, start) => ({ path: path.slice(start), value })),
  );
  // What is handed on under another name has what is looked for under that.
  for (const { path, name } of uses.filter((use) => use.name !== undefined)) {
    for (const other of paths.slice()) {
      if (other.path[0] !== name || other.path.length === 1) continue;
      const rest = other.path.slice(1);
      path.forEach((_, start) => {
        paths.push({ path: [...path.slice(start), ...rest], value: other.value });
      });
    }
  }
  // What a state hands on alone is all that the next has.
  for (const { path } of uses.filter(({ isAll }) => isAll === true)) {
    for (const other of paths.slice()) {
      paths.push({ path: [...path, ...other.path], value: other.value });
    }
  }
  for (const { path, value } of paths) if (path[0] !== items) add(root, path, value);
  const data = membersOf(root, root, seed, 2);
  // Some are started with a list of messages.
  const isList = uses.some(({ path }) => path[0] === items);
  return isList && seed % 2 === 1 ? [data] : data;
}

/** A member that a Choice rule asks whether it is there. */
const absent: unique symbol = Symbol("absent");

interface Use {
  readonly path: readonly string[];
  /** What the value has to be; absent: anything. */
  readonly value?: JsonValue | typeof absent | undefined;
  /** It becomes the whole input or output. */
  readonly isAll?: boolean;
  /** The name that it is handed on with. */
  readonly name?: string;
}

/** Stands for the items of a list in a path. */
const items = "[]";

const wantedBy: { readonly [field: string]: JsonValue } = {
  ItemsPath: [],
  SecondsPath: 1,
  TimeoutSecondsPath: 60,
  HeartbeatSecondsPath: 60,
  MaxConcurrencyPath: 1,
  TimestampPath: "2026-01-02T03:04:05Z",
  // Values as DynamoDB takes them.
  "N.$": "1",
  "BOOL.$": true,
};
const wantedByFunction: { readonly [name: string]: JsonValue } = {
  ArrayGetItem: [],
  ArrayLength: [],
  ArrayContains: [],
  ArrayPartition: [],
  ArrayUnique: [],
  MathAdd: 1,
  MathRandom: 1,
  ArrayRange: 1,
  StringToJson: '{"text":"text"}',
  StringSplit: "a/b/c/d",
  Base64Decode: "dGV4dA==",
};

function collect(value: JsonValue, name: string, uses: Use[]): void {
  if (isJsonArray(value)) {
    for (const item of value) collect(item, name, uses);
  } else if (isJsonObject(value)) {
    const { Variable } = value;
    if (typeof Variable === "string") {
      for (const [path] of pathsIn(Variable)) {
        for (const [comparator, operand] of Object.entries(value)) {
          for (const one of candidates(comparator, operand)) uses.push({ path, value: one });
        }
      }
    }
    for (const [key, member] of Object.entries(value)) collect(member, key, uses);
  } else if (typeof value === "string") {
    for (const [path, text] of pathsIn(value)) {
      const before = value.slice(0, value.indexOf(text));
      const [, called = ""] = /States\.(\w+)\([^()]*$/.exec(before) ?? [];
      const wanted = wantedBy[name] ?? wantedByFunction[called];
      const isWhole = value.trim() === text && name.endsWith(".$");
      uses.push({
        path,
        ...(wanted === undefined ? {} : { value: wanted }),
        ...(name === "OutputPath" || name === "InputPath" ? { isAll: true } : {}),
        ...(isWhole ? { name: name.slice(0, -2) } : {}),
      });
    }
    const compared = /(\$[\w.]+)\s*=\s*(?:'([^']*)'|"([^"]*)"|(\d+)|(true|false))/g;
    for (const [, path = "", a, b, number, flag] of value.matchAll(compared)) {
      const found = number === undefined ? (a ?? b ?? flag === "true") : Number(number);
      for (const [one] of pathsIn(path)) uses.push({ path: one, value: found });
    }
  }
}

function candidates(
  comparator: string,
  operand: JsonValue,
): readonly (JsonValue | typeof absent)[] {
  if (comparator === "IsPresent") return ["text", absent];
  if (comparator.endsWith("Path")) return [comparator.startsWith("Numeric") ? 1 : "text"];
  if (typeof operand === "string" && comparator === "StringMatches")
    return [operand.replaceAll("*", "x")];
  if (comparator.startsWith("Numeric")) {
    const number = Number(operand);
    return [number, number + 1, number - 1];
  }
  if (comparator.startsWith("String")) return [operand, "another"];
  if (comparator.startsWith("Boolean")) return [operand, operand !== true];
  if (comparator.startsWith("Timestamp")) return [operand];
  if (comparator === "IsNull") return operand === true ? [null] : [];
  if (comparator === "IsNumeric") return [1];
  if (comparator === "IsBoolean") return [true];
  if (comparator === "IsTimestamp") return ["2026-01-02T03:04:05Z"];
  return [];
}

/** The paths in a text, with how each is written there; what is in the context is left out. */
function pathsIn(text: string): readonly (readonly [string[], string])[] {
  const found: (readonly [string[], string])[] = [];
  const pattern =
    /(\$\$\.Map\.Item\.Value|\$\$\.Execution\.Input|\$\$|\$states\.(?:input|result|errorOutput)|\$\w*)((?:\.[A-Za-z_][\w-]*|\.`[^`]+`|\.?\[[^\]]*\])+)/g;
  for (const [whole, start, rest = ""] of text.matchAll(pattern)) {
    if (start === "$$") continue;
    const parts = rest.match(/\.[A-Za-z_][\w-]*|\.`[^`]+`|\.?\[[^\]]*\]/g) ?? [];
    const path = parts.map((part) => {
      const [, quoted] = /\[['"](.*)['"]\]$/.exec(part) ?? [];
      return part.endsWith("]") ? (quoted ?? items) : part.slice(1).replaceAll("`", "");
    });
    found.push([path, whole]);
  }
  return found;
}

function newShape(): Shape {
  return { members: new Map(), item: undefined, candidates: [] };
}

function add(root: Shape, path: readonly string[], value: Use["value"]): void {
  let shape = root;
  for (const part of path) {
    if (part === items) shape = shape.item ??= newShape();
    else {
      const next: Shape = shape.members.get(part) ?? newShape();
      shape.members.set(part, next);
      shape = next;
    }
  }
  if (typeof value !== "symbol" && value !== undefined && isJsonArray(value)) {
    shape.item ??= newShape();
  } else if (value !== undefined) shape.candidates.push(value);
}

/** `depth` bounds lists of whole objects in lists of whole objects. */
function valueOf(
  { item, members, candidates: known }: Shape,
  root: Shape,
  seed: number,
  depth: number,
  usual: JsonValue = "text",
): JsonValue | typeof absent {
  const choice = known.length === 0 ? undefined : chosen(known, seed);
  if (choice === absent) return absent;
  if (item !== undefined) {
    if (depth === 0) return [];
    const whole = membersOf(root, root, seed, depth - 1);
    if (item.members.size === 0 && item.candidates.length > 0) {
      const one = chosen(item.candidates, seed);
      return one === absent ? [] : [one];
    }
    return [{ ...whole, ...membersOf(item, root, seed, depth - 1) }];
  }
  return members.size > 0 ? membersOf({ members }, root, seed, depth) : (choice ?? usual);
}

function membersOf(
  { members }: Pick<Shape, "members">,
  root: Shape,
  seed: number,
  depth: number,
): { readonly [name: string]: JsonValue } {
  return Object.fromEntries(
    [...members].flatMap(([name, member]) => {
      const isCount = /count|offset|size|total|number$/i.test(name);
      const value = valueOf(member, root, seed, depth, isCount ? 1 : "text");
      return value === absent ? [] : [[name, value]];
    }),
  );
}

/** Neighbours in the definition need not have the same turn. */
function chosen<Value>(known: readonly Value[], seed: number): Value {
  return known[(seed * 7 + (seed >> 2)) % known.length] as Value;
}
