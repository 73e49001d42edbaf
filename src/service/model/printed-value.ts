import type { Member } from "./member.ts";

/**
 * A value as a validation error shows it: the way Java prints it, structures with the name of their shape, as in
 * `[Tag(key=a, value=b)]`. *Observed* for the routing configuration; what is sensitive is hidden, as everywhere.
 */
export function printedValue(value: unknown, member: Member): string {
  if (value === undefined || value === null) return "null";
  switch (member.type) {
    case "list": {
      const items = Array.isArray(value) ? value : [];
      return `[${items.map((item) => printedValue(item, member.of)).join(", ")}]`;
    }
    case "structure": {
      const given = value as { readonly [name: string]: unknown };
      const members = Object.entries(member.members).map(
        ([name, inner]) => `${name}=${printedValue(given[name], inner)}`,
      );
      return `${member.shape}(${members.join(", ")})`;
    }
    case "string":
      return member.sensitive === true ? "*** Sensitive Data Redacted ***" : String(value);
    default:
      return String(value);
  }
}
