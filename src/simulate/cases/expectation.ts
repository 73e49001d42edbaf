import { parseJson } from "../../expression/parse-json.ts";
import type { JsonObject, JsonValue } from "../../expression/json.ts";
import type { FinishedRun } from "../finished-run.ts";
import { matchPath } from "./match-path.ts";
import { matchValue } from "./match-value.ts";

/** What a test case should come to; what is absent is not looked at. */
export interface Expectation {
  /** If absent: FAILED where an error or a cause is expected, else SUCCEEDED. */
  readonly status?: FinishedRun["status"];
  readonly output?: JsonValue;
  readonly error?: string;
  /** A text that the cause has in it, or what the cause is as JSON. */
  readonly cause?: string | JsonObject;
  readonly path?: readonly string[];
}

/** What a test case came to. */
export interface CaseOutcome {
  readonly status: FinishedRun["status"];
  readonly output?: JsonValue;
  readonly error?: string;
  readonly cause?: string;
  /** The states that it entered, in order; `nested` are inside a Map or a Parallel state. */
  readonly path: readonly { readonly name: string; readonly nested: boolean }[];
}

/** Something that is not as it was expected, as a person reads it. */
export interface Difference {
  /** `status`, `output.order.total`, `path`. */
  readonly what: string;
  readonly expected: string;
  readonly actual: string;
}

/** What of the outcome is not as it was expected. */
export function differences(
  expectation: Expectation | undefined,
  outcome: CaseOutcome,
): readonly Difference[] {
  const { output, error, cause, path } = expectation ?? {};
  const fails = error !== undefined || cause !== undefined;
  const status = expectation?.status ?? (fails ? "FAILED" : "SUCCEEDED");
  const found: Difference[] = [];
  if (status !== outcome.status) {
    found.push({ what: "status", expected: status, actual: outcome.status });
  }
  if (output !== undefined) found.push(...matchValue(output, outcome.output, "output"));
  if (error !== undefined && error !== outcome.error) {
    found.push({ what: "error", expected: error, actual: outcome.error ?? nothing });
  }
  if (typeof cause === "string" && !(outcome.cause ?? "").includes(cause)) {
    found.push({ what: "cause", expected: `… ${cause} …`, actual: outcome.cause ?? nothing });
  }
  if (typeof cause === "object") {
    found.push(...matchValue(cause, jsonIn(outcome.cause), "cause"));
  }
  if (path !== undefined) {
    const difference = matchPath(path, outcome.path);
    if (difference !== undefined) found.push(difference);
  }
  return found;
}

const nothing = "(none)";

/** The text itself where it is no JSON. */
function jsonIn(text: string | undefined): JsonValue | undefined {
  try {
    return text === undefined ? undefined : parseJson(text);
  } catch {
    return text;
  }
}
