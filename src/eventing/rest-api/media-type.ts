/** `application/json` of `Application/JSON; charset=utf-8`. */
export function mediaTypeOf(header: string | undefined): string | undefined {
  const type = header?.split(";", 1)[0]?.trim().toLowerCase();
  return type === "" ? undefined : type;
}

/** *Documented*: a request that does not say what it is, is taken for JSON. */
export const usualMediaType = "application/json";

/** What is kept for a type of body, whose names may have been written in any case. */
export function ofMediaType<T>(
  values: { readonly [contentType: string]: T },
  type: string,
): T | undefined {
  return Object.entries(values).find(([name]) => mediaTypeOf(name) === type)?.[1];
}

/** Whether a body is binary: `image/png` by `image/png`, and by all types that are binary. */
export function isBinary(binaryMediaTypes: readonly string[], header: string | undefined): boolean {
  const type = mediaTypeOf(header);
  return (
    type !== undefined &&
    binaryMediaTypes.some(
      (each) =>
        each === "*/*" ||
        each.toLowerCase() === type ||
        (each.endsWith("/*") && type.startsWith(each.slice(0, -1).toLowerCase())),
    )
  );
}
