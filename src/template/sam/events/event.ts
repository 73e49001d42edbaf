import {
  isJsonObject,
  ownMember,
  type JsonObject,
  type JsonValue,
} from "../../../expression/json.ts";
import {
  invalidEvent,
  objectMember,
  picked,
  sharedAttributes,
  type Resources,
  type SamExpansion,
  type SamResource,
} from "../expansion.ts";

/** One of a resource's `Events`. */
export interface SamEvent {
  /** Its name in `Events`. */
  readonly name: string;
  /** What the resources that are made for it begin with: the resource's id and its name. */
  readonly logicalId: string;
  readonly type: string;
  readonly properties: JsonObject;
  readonly resource: SamResource;
  /** What it starts or calls, as `Ref` and as an ARN. */
  readonly target: EventTarget;
  readonly expansion: SamExpansion;
}

export interface EventTarget {
  readonly arn: JsonValue;
  /** What a permission names: a function's or an alias' `Ref`. */
  readonly name: JsonValue;
}

/** Makes what one type of event needs. */
export type ExpandEvent = (event: SamEvent) => Resources;

/** All that a resource's `Events` make. */
export function expandEvents(
  resource: SamResource,
  target: EventTarget,
  expansion: SamExpansion,
  types: { readonly [type: string]: ExpandEvent },
): Resources {
  const events = objectMember(resource.properties, "Events") ?? {};
  return Object.assign(
    {},
    ...Object.entries(events).map(([name, written]) => {
      const event = readEvent(resource, name, written, target, expansion);
      const expand = Object.hasOwn(types, event.type) ? types[event.type] : undefined;
      if (expand) return expand(event);
      throw invalidEvent(
        expansion,
        resource.logicalId,
        name,
        `Stepwell knows no events of type ${event.type} for a resource of type ${resource.type}.`,
      );
    }),
  ) as Resources;
}

function readEvent(
  resource: SamResource,
  name: string,
  written: JsonValue,
  target: EventTarget,
  expansion: SamExpansion,
): SamEvent {
  const type = isJsonObject(written) ? ownMember(written, "Type") : undefined;
  if (!isJsonObject(written) || typeof type !== "string") {
    throw invalidEvent(expansion, resource.logicalId, name, "Event must have a Type.");
  }
  return {
    name,
    logicalId: `${resource.logicalId}${name}`,
    type,
    properties: objectMember(written, "Properties") ?? {},
    resource,
    target,
    expansion,
  };
}

/** A property that an event has to have. */
export function required(event: SamEvent, name: string): JsonValue {
  const value = ownMember(event.properties, name);
  if (value !== undefined) return value;
  throw invalidEvent(
    event.expansion,
    event.resource.logicalId,
    event.name,
    `Missing required property '${name}'.`,
  );
}

/** A resource that is made for an event. */
export function made(event: SamEvent, Type: string, Properties: JsonObject): JsonObject {
  return { Type, ...sharedAttributes(event.resource), Properties };
}

/** `Enabled: false` or `State`, as a rule and a schedule have it. */
export function stateOf(event: SamEvent): JsonObject {
  const enabled = ownMember(event.properties, "Enabled");
  const state = ownMember(event.properties, "State");
  if (enabled !== undefined && state !== undefined) {
    throw invalidEvent(
      event.expansion,
      event.resource.logicalId,
      event.name,
      "State and Enabled Properties cannot both be specified.",
    );
  }
  if (enabled === undefined) return picked(event.properties, ["State"]);
  return { State: enabled === true || enabled === "true" ? "ENABLED" : "DISABLED" };
}
