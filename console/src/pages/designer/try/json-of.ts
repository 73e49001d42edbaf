/** The value of a JSON text; `undefined`: it is none. */
export function jsonOf(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) as unknown };
  } catch {
    return undefined;
  }
}

export const isJson = (text: string): boolean => jsonOf(text) !== undefined;

/** The value of a JSON text, or what stands for one that is none. */
export function valueIn(text: string, otherwise: unknown): unknown {
  const read = jsonOf(text);
  return read === undefined ? otherwise : read.value;
}
