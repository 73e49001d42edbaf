import { isContainer, writtenNumber } from "./json-value.ts";

/** A JSON Schema as far as a value tells it. */
export interface InferredSchema {
  readonly type?: string | readonly string[];
  readonly properties?: { readonly [name: string]: InferredSchema };
  readonly required?: readonly string[];
  readonly items?: InferredSchema;
}

interface Seen {
  readonly types: Set<string>;
  objects: number;
  readonly members: Map<string, { count: number; readonly seen: Seen }>;
  items: Seen | undefined;
}

/** The schema that every value of its place keeps to: what each object of a list has is required. */
export function inferSchema(value: unknown): InferredSchema {
  const seen = nothingSeen();
  look(seen, value);
  return schemaOf(seen);
}

function nothingSeen(): Seen {
  return { types: new Set(), objects: 0, members: new Map(), items: undefined };
}

function look(seen: Seen, value: unknown): void {
  seen.types.add(typeOf(value));
  if (!isContainer(value)) return;
  if (Array.isArray(value)) {
    seen.items ??= nothingSeen();
    for (const item of value) look(seen.items, item);
    return;
  }
  seen.objects++;
  for (const [name, member] of Object.entries(value)) {
    let known = seen.members.get(name);
    if (known === undefined) seen.members.set(name, (known = { count: 0, seen: nothingSeen() }));
    known.count++;
    look(known.seen, member);
  }
}

function schemaOf({ types, objects, members, items }: Seen): InferredSchema {
  const names = [...types].filter((type) => type !== "integer" || !types.has("number")).sort();
  const [only] = names;
  const required = [...members].filter(([, { count }]) => count === objects).map(([name]) => name);
  return {
    ...(names.length > 0 && { type: names.length === 1 && only !== undefined ? only : names }),
    ...(members.size > 0 && {
      properties: Object.fromEntries(
        [...members].map(([name, { seen }]) => [name, schemaOf(seen)]),
      ),
    }),
    ...(required.length > 0 && { required }),
    ...(items !== undefined && items.types.size > 0 && { items: schemaOf(items) }),
  };
}

function typeOf(value: unknown): string {
  const digits = writtenNumber(value) ?? (typeof value === "number" ? String(value) : undefined);
  if (digits !== undefined) return /^-?\d+$/.test(digits) ? "integer" : "number";
  if (value === null) return "null";
  return Array.isArray(value) ? "array" : typeof value;
}
