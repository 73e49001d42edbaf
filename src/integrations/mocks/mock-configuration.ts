import { isJsonObject, type JsonObject, type JsonValue } from "../../expression/json.ts";
import { Payload } from "../../expression/payload.ts";
import { type AttemptRange, parseAttemptRange } from "./attempt-range.ts";

/** A mock configuration in the format of Step Functions Local, checked. */
export interface MockConfiguration {
  /** State machine → test case → state → name of the response. */
  readonly stateMachines: ReadonlyMap<string, ReadonlyMap<string, ReadonlyMap<string, string>>>;
  /** The entries of each response in the order of their attempts, without gaps. */
  readonly responses: ReadonlyMap<string, readonly MockedAttempts[]>;
}

/** What some attempts come to. */
export interface MockedAttempts extends AttemptRange {
  readonly outcome:
    | { readonly type: "return"; readonly output: Payload }
    | { readonly type: "throw"; readonly error: string; readonly cause: string | undefined };
}

/** A mistake in a mock configuration, and the way to it from the root. */
export interface MockProblem {
  readonly path: readonly (string | number)[];
  /** As a sentence about what is there: `must be …`. */
  readonly message: string;
}

/** Ours, for `stepwell test`; they are checked where they are used. */
const extensions = ["Definitions", "Inputs", "Expectations"];
const known = ["StateMachines", "MockedResponses", ...extensions, "Comment", "$schema"];

/**
 * Reads a mock configuration. All that is wrong with it is told, in the order of the file, and nothing is read then.
 *
 * A response without any entry is taken, as Step Functions Local takes it: the state that it is for fails when it is
 * entered. Our choice is to refuse everything else that could not work, used or not.
 */
export function readMockConfiguration(
  value: JsonValue,
):
  | { readonly configuration: MockConfiguration }
  | { readonly problems: readonly [MockProblem, ...MockProblem[]] } {
  const problems: MockProblem[] = [];
  const tell = (path: MockProblem["path"], message: string): void => {
    problems.push({ path, message });
  };
  const stateMachines = new Map<string, ReadonlyMap<string, ReadonlyMap<string, string>>>();
  const responses = new Map<string, readonly MockedAttempts[]>();
  if (!isJsonObject(value)) {
    return { problems: [{ path: [], message: `must be an object with ${known[0]}` }] };
  }
  for (const name of Object.keys(value)) {
    if (known.includes(name)) continue;
    tell([name], `is not known here; the members of a mock configuration are ${list(known)}`);
  }
  const machines = membersOf(value, ["StateMachines"], tell);
  if (machines === undefined && !Object.hasOwn(value, "StateMachines")) {
    tell([], "must have the member StateMachines: an object of state machines by name");
  }
  const given = membersOf(value, ["MockedResponses"], tell) ?? [];
  const responseNames = given.map(([name]) => name);
  for (const [name, machine] of machines ?? []) {
    stateMachines.set(name, readTestCases(machine, ["StateMachines", name], responseNames, tell));
  }
  for (const [name, response] of given) {
    responses.set(name, readResponse(response, ["MockedResponses", name], tell));
  }
  const [first, ...rest] = problems;
  if (first !== undefined) return { problems: [first, ...rest] };
  return { configuration: { stateMachines, responses } };
}

type Tell = (path: MockProblem["path"], message: string) => void;

function readTestCases(
  machine: JsonValue,
  path: readonly string[],
  responseNames: readonly string[],
  tell: Tell,
): ReadonlyMap<string, ReadonlyMap<string, string>> {
  const cases = new Map<string, ReadonlyMap<string, string>>();
  if (!isJsonObject(machine) || !Object.hasOwn(machine, "TestCases")) {
    tell(path, "must be an object with the member TestCases");
    return cases;
  }
  for (const name of Object.keys(machine)) {
    if (name !== "TestCases") tell([...path, name], "is not known here; there is only TestCases");
  }
  for (const [name, states] of membersOf(machine, [...path, "TestCases"], tell) ?? []) {
    const casePath = [...path, "TestCases", name];
    const mocked = new Map<string, string>();
    if (name === "") tell(casePath, "has no name, and could not be started");
    if (!isJsonObject(states)) {
      tell(casePath, "must be an object of responses by state: { STATE: RESPONSE }");
    }
    for (const [state, response] of isJsonObject(states) ? Object.entries(states) : []) {
      if (typeof response !== "string") {
        tell([...casePath, state], "must be the name of a response in MockedResponses");
      } else if (!responseNames.includes(response)) {
        const those =
          responseNames.length === 0 ? "there are none" : `there are ${list(responseNames)}`;
        tell(
          [...casePath, state],
          `names the response '${response}', which is not in MockedResponses; ${those}`,
        );
      } else mocked.set(state, response);
    }
    cases.set(name, mocked);
  }
  return cases;
}

function readResponse(
  response: JsonValue,
  path: readonly string[],
  tell: Tell,
): readonly MockedAttempts[] {
  if (!isJsonObject(response)) {
    tell(path, 'must be an object of attempts: { "0": { "Return": … }, "1-2": { "Throw": … } }');
    return [];
  }
  const attempts: (MockedAttempts & { readonly key: string })[] = [];
  const entries = Object.entries(response);
  for (const [key, entry] of entries) {
    const range = parseAttemptRange(key);
    if (range === undefined) {
      tell([...path, key], 'must be the number of an attempt, from "0", or a range like "1-3"');
      continue;
    }
    const outcome = readOutcome(entry, [...path, key], tell);
    if (outcome !== undefined) attempts.push({ ...range, outcome, key });
  }
  // What could not be read is no gap.
  if (attempts.length < entries.length) return [];
  attempts.sort((a, b) => a.first - b.first);
  let next = 0;
  for (const { first, last, key } of attempts) {
    if (first > next) {
      tell([...path, key], `leaves a gap: ${attemptsText(next, first - 1)} not answered before it`);
    } else if (first < next) {
      tell([...path, key], `answers attempt ${first}, which another entry answers already`);
    }
    next = Math.max(next, last + 1);
  }
  return attempts;
}

function readOutcome(
  entry: JsonValue,
  path: readonly string[],
  tell: Tell,
): MockedAttempts["outcome"] | undefined {
  const names = isJsonObject(entry) ? Object.keys(entry) : [];
  const [name] = names;
  if (!isJsonObject(entry) || names.length !== 1 || (name !== "Return" && name !== "Throw")) {
    const has = names.length === 0 ? "" : `; it has ${list(names)}`;
    tell(path, `must be an object with either Return or Throw, and nothing else${has}`);
    return undefined;
  }
  const value = entry[name] as JsonValue;
  if (name === "Return") return { type: "return", output: Payload.ofValue(value) };
  return readThrow(value, [...path, "Throw"], tell);
}

function readThrow(value: JsonValue, path: readonly string[], tell: Tell) {
  if (!isJsonObject(value) || !Object.hasOwn(value, "Error")) {
    tell(path, "must be an object with Error and Cause: { Error: NAME, Cause: TEXT }");
    return undefined;
  }
  let right = true;
  for (const [name, member] of Object.entries(value)) {
    if (name !== "Error" && name !== "Cause") {
      tell([...path, name], "is not known here; there are Error and Cause");
      right = false;
    } else if (typeof member !== "string") {
      tell([...path, name], "must be a text");
      right = false;
    }
  }
  const { Error: error, Cause: cause } = value as { Error: string; Cause?: string };
  return right ? ({ type: "throw", error, cause } as const) : undefined;
}

/** The members of the object that the last name of `path` has in `parent`. */
function membersOf(
  parent: JsonObject,
  path: readonly string[],
  tell: Tell,
): readonly (readonly [string, JsonValue])[] | undefined {
  const name = path.at(-1) as string;
  if (!Object.hasOwn(parent, name)) return undefined;
  const value = parent[name] as JsonValue;
  if (isJsonObject(value)) return Object.entries(value);
  tell(path, "must be an object");
  return undefined;
}

function attemptsText(first: number, last: number): string {
  return first === last ? `attempt ${first} is` : `attempts ${first} to ${last} are`;
}

function list(names: readonly string[]): string {
  return names.join(", ");
}
