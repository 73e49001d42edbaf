import { isJsonObject, type JsonValue, ownMember } from "../../expression/json.ts";
import type { MockProblem } from "../../integrations/mocks/mock-configuration.ts";
import type { Expectation } from "./expectation.ts";

/** Takes note of a mistake, and of the way to it from the root. */
export type Tell = (path: MockProblem["path"], message: string) => void;

const statuses = ["SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED"] as const;
const expectationMembers = ["status", "output", "error", "cause", "path"];

/** What a test case should come to, as it is written in a mock file. */
export function readExpectation(
  value: JsonValue,
  path: readonly string[],
  tell: Tell,
): Expectation {
  if (!isJsonObject(value)) {
    tell(path, `must be an object with any of ${expectationMembers.join(", ")}`);
    return {};
  }
  for (const name of Object.keys(value)) {
    if (expectationMembers.includes(name)) continue;
    tell([...path, name], `is not known here; there are ${expectationMembers.join(", ")}`);
  }
  const given = ownMember(value, "status");
  const status = statuses.find((known) => known === given);
  if (given !== undefined && status === undefined) {
    tell([...path, "status"], `must be one of ${statuses.join(", ")}`);
  }
  const error = ownMember(value, "error");
  if (error !== undefined && typeof error !== "string") tell([...path, "error"], "must be a text");
  const cause = ownMember(value, "cause");
  if (cause !== undefined && typeof cause !== "string" && !isJsonObject(cause)) {
    tell([...path, "cause"], "must be a text, or an object for a cause that is JSON");
  }
  const states = ownMember(value, "path");
  const isPath = Array.isArray(states) && states.every((state) => typeof state === "string");
  if (states !== undefined && !isPath) tell([...path, "path"], "must be a list of state names");
  const output = ownMember(value, "output");
  return {
    ...(status === undefined ? {} : { status }),
    ...(output === undefined ? {} : { output }),
    ...(typeof error === "string" ? { error } : {}),
    ...(typeof cause === "string" || isJsonObject(cause) ? { cause } : {}),
    ...(isPath ? { path: states as readonly string[] } : {}),
  };
}
