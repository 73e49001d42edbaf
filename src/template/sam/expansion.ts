import { isJsonObject, ownMember, type JsonObject, type JsonValue } from "../../expression/json.ts";
import { hashText } from "../../expression/intrinsics/hash-functions.ts";
import { at } from "../reading/check-structure.ts";
import type { Template, TemplateError } from "../template.ts";
import type { ApiRoute } from "./apis/api-route.ts";

/** A resource of one of SAM's types, with the properties of `Globals`. */
export interface SamResource {
  readonly logicalId: string;
  readonly type: string;
  readonly properties: JsonObject;
  /** What it has beside its type and its properties: `DependsOn`, `Condition`, `Metadata`. */
  readonly attributes: JsonObject;
}

/** Resources by their logical ids. */
export type Resources = Record<string, JsonObject>;

/** Makes the resources that one of SAM's stands for. */
export type ExpandResource = (resource: SamResource, expansion: SamExpansion) => Resources;

/** What expanding a resource may ask and tell. */
export interface SamExpansion {
  readonly template: Template;
  readonly partition: string;
  /** A text that is known before anything is made: itself, or the value of the parameter that it refers to. */
  literal(value: JsonValue | undefined): string | undefined;
  /** Adds a method to an API, which is made after all that have events. */
  addRoute(route: ApiRoute): void;
  /** `Ref: name` stands for another resource: `MyFunction.Alias`. */
  refer(name: string, logicalId: string): void;
  /** Changes a resource that is not SAM's: a bucket gets notifications. */
  change(logicalId: string, change: (resource: JsonObject) => JsonObject): void;
  /** Another resource of the template as it was written. */
  resource(logicalId: string): JsonObject | undefined;
}

/** Observed: how SAM's translator says what is wrong with a resource. */
export function invalid(
  expansion: SamExpansion,
  logicalId: string,
  problem: string,
): TemplateError {
  return at(
    expansion.template,
    ["Resources", logicalId],
    `Invalid Serverless Application Specification document. Number of errors found: 1. Resource with id [${logicalId}] is invalid. ${problem}`,
  );
}

export function invalidEvent(
  expansion: SamExpansion,
  logicalId: string,
  event: string,
  problem: string,
): TemplateError {
  return invalid(expansion, logicalId, `Event with id [${event}] is invalid. ${problem}`);
}

/** The attributes that what is made for a resource shares with it. Observed: SAM's translator's outputs. */
export function sharedAttributes(resource: SamResource): JsonObject {
  return picked(resource.attributes, ["Condition", "DeletionPolicy", "UpdateReplacePolicy"]);
}

/** The members of an object that have one of the names. */
export function picked(object: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = ownMember(object, name);
      return value === undefined ? [] : [[name, value]];
    }),
  );
}

/** A member that is an object; `undefined` if it is not. */
export function objectMember(object: JsonObject, name: string): JsonObject | undefined {
  const value = ownMember(object, name);
  return value !== undefined && isJsonObject(value) ? value : undefined;
}

export function ref(logicalId: string): JsonObject {
  return { Ref: logicalId };
}

export function getAtt(logicalId: string, attribute: string): JsonObject {
  return { "Fn::GetAtt": [logicalId, attribute] };
}

/** Ten hexadecimal digits that stand for a value. Observed: SAM ends ids so where another value has to be another resource. */
export function hashed(value: JsonValue): string {
  return (hashText(JSON.stringify(value), "SHA-1") ?? "").slice(0, 10);
}

/** Without members that are `undefined`, which JSON has not. */
export function defined(members: { readonly [name: string]: JsonValue | undefined }): JsonObject {
  return Object.fromEntries(
    Object.entries(members).filter((entry): entry is [string, JsonValue] => entry[1] !== undefined),
  );
}
