/** A cause as it can be read: many are JSON texts, of an error object or in one another. */
export function opened(cause: string): string {
  try {
    const value: unknown = JSON.parse(cause);
    if (typeof value === "string") return opened(value);
    if (typeof value !== "object" || value === null) return cause;
    const shown = withOpenedTexts(value, 0);
    return JSON.stringify(shown, undefined, 2).replaceAll(String.raw`\n`, "\n");
  } catch {
    return cause;
  }
}

/** How deep JSON in JSON is opened. */
const deepest = 4;

function withOpenedTexts(value: unknown, depth: number): unknown {
  if (depth > deepest) return value;
  if (typeof value === "string" && /^[[{]/.test(value)) {
    try {
      return withOpenedTexts(JSON.parse(value), depth + 1);
    } catch {
      return value;
    }
  }
  if (Array.isArray(value)) return value.map((item) => withOpenedTexts(item, depth + 1));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, withOpenedTexts(member, depth + 1)]),
  );
}
