import {
  isJsonObject,
  type JsonObject,
  type JsonValue,
  ownMember,
} from "../../../expression/json.ts";

/** An event on a bus. */
export interface BusEvent {
  readonly id: string;
  readonly bus: string;
  readonly region: string;
  readonly source: string;
  readonly detailType: string;
  readonly at: number;
  /** The whole event as rules and targets see it. */
  readonly text: string;
  readonly bytes: number;
}

/** What a target is sent of an event. */
export interface TargetInput {
  /** Always this text. */
  readonly constant?: string | undefined;
  /** The part of the event that is sent: `$.detail.order`. */
  readonly path?: string | undefined;
}

/** *Our choice*: names and nothing else. */
export function isInputPath(path: string): boolean {
  return /^\$(?:\.[A-Za-z0-9_-]+)*$/.test(path);
}

/** What the target is sent; nothing is `{}`, as EventBridge sends it. */
export function inputOf({ constant, path }: TargetInput, text: string): string {
  if (constant !== undefined) return constant;
  if (path === undefined || path === "$") return text;
  let value: JsonValue | undefined = JSON.parse(text) as JsonObject;
  for (const name of path.split(".").slice(1)) {
    value = isJsonObject(value) ? ownMember(value, name) : undefined;
  }
  return JSON.stringify(value ?? {});
}
