import type { JsonValue } from "../../expression/json.ts";

/** What the functions that name something outside themselves come to. Each is asked by the name alone. */
export interface References {
  /** Of a parameter, a pseudo parameter or a resource. `undefined` is `AWS::NoValue`; a resource not made yet is {@link pending}. */
  ref(name: string): JsonValue | undefined | Pending | Unresolved;
  attribute(logicalId: string, name: string): JsonValue | Pending | Unresolved | NoAttribute;
  condition(name: string): boolean | Unresolved;
  mapping(map: string, topLevelKey: string, secondLevelKey: string): JsonValue | Unresolved;
  exportedValue(name: string): JsonValue | Pending | Unresolved;
  availabilityZones(region: string): readonly string[];
}

/** It is there, but its value is not known yet. */
export const pending = Symbol("pending");
export type Pending = typeof pending;

/** There is no such thing. */
export const unresolved = Symbol("unresolved");
export type Unresolved = typeof unresolved;

/** The resource is there, but it has no such attribute. */
export const noAttribute = Symbol("noAttribute");
export type NoAttribute = typeof noAttribute;
