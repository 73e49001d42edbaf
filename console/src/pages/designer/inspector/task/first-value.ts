import type { KnownMember } from "./known-members.ts";

/** What a member of this type begins with. */
export function firstValue({ type, members }: Pick<KnownMember, "type" | "members">): unknown {
  switch (type) {
    case "number":
      return 0;
    case "boolean":
      return false;
    case "object": {
      const needed = (members ?? []).filter(({ isRequired }) => isRequired);
      return Object.fromEntries(needed.map((member) => [member.name, firstValue(member)]));
    }
    case "map":
      return {};
    case "list":
      return [];
    // Any value, which most often is a text or an expression.
    case "json":
    case "text":
    case "string":
    case "timestamp":
    case "blob":
      return "";
  }
}
