/** What a member of an answer or of a template is as a text: one that is no text is written as JSON; nothing is an empty one. */
export function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  return value === undefined || value === null ? "" : JSON.stringify(value);
}
