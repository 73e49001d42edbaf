import type { Member } from "./member.ts";

/** Our choice, after what the AWS SDK for Java prints in place of a secret. */
const redacted = "*** Sensitive Data Redacted ***";

/**
 * A value as a validation error quotes it: a list in brackets, a structure as `Tag(key=a, value=b)` with the members that it
 * has, in the model's order.
 *
 * Observed: a list of structures. Our choice: what has another type than the model says, which is refused for that, is
 * printed as it is, and a list breaks off after {@link longestList} items.
 */
export function printedValue(value: unknown, member: Member): string {
  if (member.type === "list" && Array.isArray(value)) {
    const items = value.slice(0, longestList).map((item) => printedValue(item, member.of));
    return `[${[...items, ...(value.length > longestList ? ["…"] : [])].join(", ")}]`;
  }
  if (value !== undefined && value !== null && member.type === "string" && member.sensitive) {
    return redacted;
  }
  if (member.type === "structure" && typeof value === "object" && value !== null) {
    const given = new Map(Object.entries(value));
    const members = Object.entries(member.members).flatMap(([name, of]) => {
      const found = given.get(name) ?? undefined;
      return found === undefined ? [] : [`${name}=${printedValue(found, of)}`];
    });
    return `${member.shape}(${members.join(", ")})`;
  }
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "null");
}

/** A message is for reading, and a request may have a million items. */
const longestList = 100;
