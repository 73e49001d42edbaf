import type { JsonObject } from "../../expression/json.ts";
import type { Permission } from "./permission.ts";

/** A call that is made before an action's own, for what it finds: the id of something that is named. */
export interface CallBefore extends SurroundingCall {
  /** What it is made with; `undefined`: it is not needed. */
  readonly parameters: (parameters: JsonObject) => JsonObject | undefined;
  /** What its answer comes to. */
  readonly found: (answer: JsonObject, parameters: JsonObject) => Found;
}

/** A call that takes the answer of an action on: to where the author wants it. */
export interface CallAfter extends SurroundingCall {
  /** What it is made with, by the author's parameters; `undefined`: it is not needed. */
  readonly parameters: (answer: JsonObject, parameters: JsonObject) => JsonObject | undefined;
  /** The answer as the task then shows it. */
  readonly answer: (answer: JsonObject, parameters: JsonObject) => JsonObject;
}

interface SurroundingCall {
  /** `listInstanceFleets`. */
  readonly operation: string;
  /** The client that has it, where it is not the service's. */
  readonly client?: string;
  readonly permission: Permission;
  /** Members whose bytes are text. */
  readonly documents?: readonly string[];
  /** Bytes of a streamed answer at most; absent: as of any call. */
  readonly mostBytes?: number;
}

/** What the call before has found. */
export type Found =
  /** The action's own call is made with these parameters. */
  | { readonly parameters: JsonObject }
  /** It may be on the next page: the call is to be made again, with these. */
  | { readonly next: JsonObject }
  /** The task fails. `error` has no prefix. */
  | { readonly error: string; readonly cause: string };
