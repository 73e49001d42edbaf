import {
  isJsonArray,
  isJsonObject,
  ownMember,
  type JsonObject,
  type JsonValue,
} from "../../expression/json.ts";

/** A way from one state of a graph to another, with the variables that have been assigned when it is gone. */
export interface Way {
  readonly from: string;
  readonly to: string;
  readonly assigns: readonly string[];
}

/**
 * The ways of a graph, in the definition's order; what cannot be read is passed over.
 *
 * *Documented*: `Assign`. What a state assigns holds on its `Next`, and of a Choice on its `Default`; rules and Catchers assign
 * what they say themselves.
 */
export function graphWays(graph: JsonObject): readonly Way[] {
  const states = ownMember(graph, "States");
  if (!isJsonObject(states)) return [];
  return Object.entries(states).flatMap(([from, state]) => {
    if (!isJsonObject(state)) return [];
    return [
      ...wayOf(from, ownMember(state, "Next"), state),
      ...wayOf(from, ownMember(state, "Default"), state),
      ...[...objectsIn(state, "Choices"), ...objectsIn(state, "Catch")].flatMap((outcome) =>
        wayOf(from, ownMember(outcome, "Next"), outcome),
      ),
    ];
  });
}

function objectsIn(state: JsonObject, name: string): readonly JsonObject[] {
  const list = ownMember(state, name);
  return isJsonArray(list) ? list.filter(isJsonObject) : [];
}

function wayOf(from: string, to: JsonValue | undefined, outcome: JsonObject): readonly Way[] {
  const assign = ownMember(outcome, "Assign");
  const names = isJsonObject(assign) ? Object.keys(assign) : [];
  // In JSONPath a name that ends so has a value that is computed; no variable's name has a dot.
  const assigns = names.map((name) => (name.endsWith(".$") ? name.slice(0, -2) : name));
  return typeof to === "string" ? [{ from, to, assigns }] : [];
}
