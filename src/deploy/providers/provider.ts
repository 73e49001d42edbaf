import type { JsonObject, JsonValue } from "../../expression/json.ts";
import type { EpochMs } from "../../machine/ids.ts";
import type { CustomResourceResponses } from "../custom-resources/responses.ts";
import type { AwsCall } from "../aws-calls.ts";

/** Makes one type of resource, by calls of its service's operations as whoever deploys. */
export interface ResourceProvider {
  /** The service that makes it: where that is off, a plan says that it is not made. Absent: it never is. */
  readonly service?: string;
  /** Properties that cannot be changed in place. *Documented*: "Update requires: Replacement" of each type. */
  readonly replacing: readonly string[];
  /** Whether what differs wants another resource, where a property's name does not say it. */
  mustReplace?(before: JsonObject, after: JsonObject): boolean;
  create(properties: JsonObject, context: ProviderContext): Promise<Made>;
  /** Absent: any change wants another resource. */
  update?(properties: JsonObject, present: Present, context: ProviderContext): Promise<Made>;
  /** Takes one of the same name that is there already as its own: what a process may have made that has ended since. */
  adopt?(properties: JsonObject, context: ProviderContext): Promise<Made>;
  delete(present: Present, context: ProviderContext): Promise<void>;
  /**
   * The properties as the service has them now, of those that were given; `undefined`: there is no such resource any more.
   * Absent: nobody knows.
   */
  read?(present: Present, context: ProviderContext): Promise<JsonObject | undefined>;
}

/** What a provider says of what it has made. */
export interface Made {
  readonly physicalId: string;
  /** What `Ref` gives, where that is not {@link physicalId}. */
  readonly ref?: string;
  readonly attributes?: JsonObject;
  /** Its attributes are not to be shown. */
  readonly isNoEcho?: boolean;
  /** What whoever deploys should know: an event's reason. */
  readonly note?: string | undefined;
}

/** A resource that is there. */
export interface Present {
  readonly physicalId: string;
  readonly properties: JsonObject;
  readonly attributes: JsonObject;
}

export interface StackPlace {
  readonly stackId: string;
  readonly name: string;
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
  readonly tags: { readonly [key: string]: string };
}

export interface ProviderContext {
  readonly stack: StackPlace;
  readonly logicalId: string;
  readonly call: AwsCall;
  /** Says that the resource is there, though not all of it: should the rest fail, it is deleted. */
  began(physicalId: string): Promise<void>;
  readonly nested: NestedStacks;
  readonly responses: CustomResourceResponses;
  /** An id that nobody can guess. */
  readonly newId: () => string;
  /** A name of the stack, the logical id and letters of this resource's own: the same each time it is asked for. */
  generatedName(rules: NameRules): string;
  readonly now: () => EpochMs;
  /** Rejects where the change is cancelled meanwhile, unless what is done is its undoing. */
  wait(milliseconds: number): Promise<void>;
  /** Where something is that takes long. */
  readonly progress: StepProgress;
  /** What was there before is being given back. */
  readonly isUndoing: boolean;
  /** Ends when the change is given up. */
  readonly signal: AbortSignal;
}

export interface NameRules {
  readonly maxLength: number;
  readonly isLowerCase?: true;
}

/** What a provider stores of a step that takes long, so that another process goes on with it where this one ended. */
export interface StepProgress {
  /** What was saved last of this step of this change; `undefined`: it has only begun. */
  readonly saved: JsonObject | undefined;
  save(progress: JsonObject): Promise<void>;
}

/** Stacks as resources of stacks. */
export interface NestedStacks {
  /** Resolves when the change has come to its end. Rejects with what it failed of. */
  deploy(nested: NestedStack): Promise<NestedResult>;
  delete(stackId: string): Promise<void>;
}

export interface NestedStack {
  readonly name: string;
  readonly template: string;
  readonly parameters: { readonly [name: string]: string };
  readonly tags: { readonly [key: string]: string };
}

export interface NestedResult {
  readonly stackId: string;
  readonly outputs: { readonly [name: string]: string };
  /** One of its outputs is not to be shown. */
  readonly isNoEcho: boolean;
}

/** The name that the template gives, or a generated one. */
export function nameOf(
  properties: JsonObject,
  property: string,
  context: ProviderContext,
  rules: NameRules,
): string {
  const given = properties[property];
  return typeof given === "string" && given !== "" ? given : context.generatedName(rules);
}

export function textProperty(properties: JsonObject, name: string): string | undefined {
  const value: JsonValue | undefined = properties[name];
  if (value === undefined || value === null) return undefined;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
