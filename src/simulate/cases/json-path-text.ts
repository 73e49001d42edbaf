/** `$.MockedResponses.Declined["1-2"]`. */
export function jsonPathText(segments: readonly (string | number)[]): string {
  return segments.reduce<string>(
    (text, segment) =>
      typeof segment === "string" && /^[A-Za-z_]\w*$/.test(segment)
        ? `${text}.${segment}`
        : `${text}[${JSON.stringify(segment)}]`,
    "$",
  );
}
