import type { JsonObject, JsonValue } from "../../../../src/expression/json.ts";
import { InvalidEventPattern } from "../../../../src/eventing/pattern/invalid-event-pattern.ts";
import { matches } from "../../../../src/eventing/pattern/matches.ts";
import { parsePattern } from "../../../../src/eventing/pattern/parse-pattern.ts";

/** What a pattern says of an event. */
export type PatternResult =
  | { readonly type: "matches" | "differs" | "noEvent" }
  | { readonly type: "invalid"; readonly problem: string };

/** Reads both as the server does. */
export function tryPattern(pattern: string, event: string): PatternResult {
  let compiled;
  try {
    compiled = parsePattern(pattern);
  } catch (error) {
    if (!(error instanceof InvalidEventPattern)) throw error;
    return { type: "invalid", problem: error.message };
  }
  const value = objectOf(event);
  if (value === undefined) return { type: "noEvent" };
  return { type: matches(compiled, value) ? "matches" : "differs" };
}

/** The object that a text is; `undefined`: it is none. */
export function objectOf(text: string): JsonObject | undefined {
  try {
    const value = JSON.parse(text) as JsonValue;
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as JsonObject)
      : undefined;
  } catch {
    return undefined;
  }
}

/** An event to begin with: what an execution that has failed tells. */
export function exampleEvent(region: string, accountId: string): string {
  return JSON.stringify(
    {
      version: "0",
      id: "315c1398-40ff-a850-213b-158f73e60175",
      "detail-type": "Step Functions Execution Status Change",
      source: "aws.states",
      account: accountId,
      time: "2027-02-01T19:42:21Z",
      region,
      resources: [`arn:aws:states:${region}:${accountId}:execution:orders:one`],
      detail: {
        stateMachineArn: `arn:aws:states:${region}:${accountId}:stateMachine:orders`,
        name: "one",
        status: "FAILED",
      },
    },
    undefined,
    2,
  );
}

/** A pattern to begin with, which the example matches. */
export const examplePattern = JSON.stringify(
  {
    source: ["aws.states"],
    "detail-type": ["Step Functions Execution Status Change"],
    detail: { status: ["FAILED", "TIMED_OUT"] },
  },
  undefined,
  2,
);
