import { setMember, type JsonObject, type JsonValue } from "../../expression/json.ts";
import { inOrder } from "../../expression/member-order.ts";

/** The object with these members, in this order whatever their names are. */
export function objectOf(members: readonly (readonly [string, JsonValue])[]): JsonObject {
  const object: Record<string, JsonValue> = {};
  for (const [name, value] of members) setMember(object, name, value);
  return inOrder(
    object,
    members.map(([name]) => name),
  );
}
