/** A status of drift in words; `undefined`: nobody has looked yet. */
export function driftText(
  texts: { readonly [status: string]: string },
  status: string,
): string | undefined {
  return texts[status];
}
