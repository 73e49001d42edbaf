/** A status of drift in words; `undefined`: there is nothing to be said. */
export function driftText(
  texts: { readonly [status: string]: string },
  status: string,
): string | undefined {
  return texts[status] === "" ? undefined : texts[status];
}
