import type { JsonObject, JsonValue } from "../../src/expression/json.ts";
import type { Limits } from "../../src/machine/limits.ts";

/**
 * What a scenario file holds: a definition, what happens to an execution of it, and what must come of that.
 *
 * Of the expectations only those that are there are compared. Anywhere in a file
 * `{"$repeat": {"of": "é", "times": 3}}` stands for a long string.
 */
export interface Scenario extends Expectation {
  /** Where the expectation comes from. */
  readonly source: string;
  readonly type?: "STANDARD" | "EXPRESS";
  readonly limits?: Partial<Limits>;
  readonly definition: object;
  readonly input?: JsonValue;
  readonly script?: readonly Step[];
  /** Variants of the file: each one's members replace those of the file. */
  readonly cases?: readonly (Partial<Scenario> & { readonly name: string })[];
}

interface Expectation {
  /** `4<3 TaskStateExited` for every public event. */
  readonly history?: readonly string[];
  /** Event id → some members of its `…EventDetails`. */
  readonly details?: { readonly [id: string]: JsonObject };
  /** By default what the other members imply. */
  readonly status?: string;
  readonly output?: JsonValue;
  readonly error?: string | null;
  readonly cause?: string | null;
  /** Some members of every command. */
  readonly commands?: readonly JsonObject[];
}

/**
 * One thing that happens. Tasks are named by their state: the first open one, the one at `open` (from 0), or the
 * attempt at `attempt` (from 1) whether it is open or not.
 */
export type Step = { readonly attempt?: number; readonly open?: number; readonly stale?: true } & (
  | { readonly succeed: string; readonly output?: JsonValue }
  | {
      readonly fail: string;
      readonly error?: string;
      readonly cause?: string;
      readonly rejected?: true;
    }
  | { readonly submit: string; readonly output?: JsonValue }
  | { readonly heartbeat: string }
  | { readonly start: string; readonly workerName?: string }
  /** The clock moves to the next deadline, which is that many milliseconds away if it is a number. */
  | { readonly wait: true | number }
  | { readonly passMs: number }
  | { readonly stop: { readonly error?: string; readonly cause?: string } }
);

/** Replaces every `$repeat` by its string. */
export function expand(value: JsonValue): JsonValue {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(expand);
  const object = value as JsonObject;
  const repeat = object["$repeat"] as { of: string; times: number } | undefined;
  if (repeat !== undefined) return repeat.of.repeat(repeat.times);
  return Object.fromEntries(Object.entries(object).map(([name, inner]) => [name, expand(inner)]));
}
