/** A number that JavaScript would write as another one: it is shown as it is written. A plain object, so that a worker can tell it. */
export interface WrittenNumber {
  readonly [written]: string;
}

const written = "\0number";

export function writtenNumber(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, written))
    return undefined;
  return (value as WrittenNumber)[written];
}

/** Parses JSON and keeps the digits of every number; throws as `JSON.parse` does. */
export function parseJson(text: string): unknown {
  return JSON.parse(text, keepDigits);
}

function keepDigits(
  _name: string,
  value: unknown,
  context?: { readonly source?: string },
): unknown {
  if (typeof value !== "number" || context?.source === undefined) return value;
  return String(value) === context.source ? value : { [written]: context.source };
}

export function isContainer(value: unknown): value is object {
  return typeof value === "object" && value !== null && writtenNumber(value) === undefined;
}

export function membersOf(value: object): readonly (readonly [string | number, unknown])[] {
  return Array.isArray(value)
    ? value.map((item: unknown, index) => [index, item])
    : Object.entries(value);
}

export function countOf(value: object): number {
  return Array.isArray(value) ? value.length : Object.keys(value).length;
}

/** A value as JSON, with the digits that it came with. */
export function jsonText(value: unknown, indent = ""): string {
  const digits = writtenNumber(value);
  if (digits !== undefined) return digits;
  if (!isContainer(value)) return JSON.stringify(value) ?? "null";
  const isArray = Array.isArray(value);
  const members = membersOf(value);
  const [opening, closing] = isArray ? ["[", "]"] : ["{", "}"];
  if (members.length === 0) return opening + closing;
  const inner = `${indent}  `;
  const lines = members.map(
    ([name, member]) =>
      `${inner}${isArray ? "" : `${JSON.stringify(name)}: `}${jsonText(member, inner)}`,
  );
  return `${opening}\n${lines.join(",\n")}\n${indent}${closing}`;
}
