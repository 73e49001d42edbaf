import type { DefinitionGraph } from "../../import/definition-graph.ts";
import { eventDetails, type HistoryFile, type PublicEvent } from "../../import/history-file.ts";
import { importHistory } from "../../import/import-history.ts";
import type {
  AttemptView,
  CaseExpectation,
  CaseOfExecution,
  MockedOutcome,
  MockedResponse,
  VisitView,
} from "../../view-types.ts";

/** Our choice: a longer path says little, and nobody reads it. */
const longestPath = 500;

/**
 * A test case that repeats what a history tells: its input, what each task came to, attempt by attempt, and as expectation its
 * end and its path. What has no outcome in the history is a failure in the case, and named. Pure.
 */
export function caseOfRun(
  file: HistoryFile,
  name: string,
  definition?: DefinitionGraph,
): CaseOfExecution {
  const redriven = file.events.findIndex(({ type }) => type === "ExecutionRedriven");
  const events = redriven === -1 ? file.events : file.events.slice(0, redriven);
  const { visits } = importHistory({ ...file, events }, name, definition);
  const byId = new Map(events.map((event) => [event.id, event]));
  const attempts = new Map<string, AttemptView[]>();
  const incomplete = new Set<string>();
  for (const visit of visits) {
    if (visit.type === "Task") {
      attempts.set(visit.name, [...(attempts.get(visit.name) ?? []), ...visit.attempts]);
    }
    if (visit.mapRunArn !== undefined) incomplete.add(visit.name);
  }
  const mocks = [...attempts].flatMap(([state, all]): [string, MockedResponse][] => {
    const outcomes = outcomesOf(all, byId);
    if (outcomes.isCut) incomplete.add(state);
    return outcomes.known.length === 0 ? [] : [[state, ranged(outcomes.known)]];
  });
  const expectation = expectationOf(events, visits);
  return {
    testCase: {
      name,
      input: documentIn(eventDetails(events[0] as PublicEvent)["input"]) ?? {},
      mocks: Object.fromEntries(mocks),
      ...(expectation && { expectation }),
    },
    incomplete: [...incomplete],
    isCut: redriven !== -1,
  };
}

/** What the attempts at a state came to, in the order in which they were scheduled, as mocks count them. */
function outcomesOf(all: readonly AttemptView[], byId: ReadonlyMap<number, PublicEvent>) {
  const ordered = all.toSorted((one, other) => one.id - other.id);
  const outcomes = ordered.map((attempt) => outcomeOf(attempt, byId));
  const last = outcomes.findLastIndex((outcome) => outcome !== undefined);
  const known = outcomes.slice(0, last + 1).map((outcome) => outcome ?? withoutOutcome);
  return { known, isCut: outcomes.includes(undefined) };
}

/** Our choice: attempts are counted, so that one in between has to come to something. */
const withoutOutcome: MockedOutcome = {
  Throw: { Error: "States.TaskFailed", Cause: "The attempt had no outcome." },
};

function outcomeOf(
  { endEventId, status, error, cause }: AttemptView,
  byId: ReadonlyMap<number, PublicEvent>,
): MockedOutcome | undefined {
  const end = byId.get(endEventId ?? 0);
  if (end === undefined || status === "aborted") return undefined;
  const details = eventDetails(end);
  if (status === "succeeded") return { Return: documentIn(details["output"]) ?? null };
  const [Error, Cause] = [error ?? textIn(details["error"]), cause ?? textIn(details["cause"])];
  return { Throw: { Error: Error ?? usualError(end), ...(Cause !== undefined && { Cause }) } };
}

function usualError({ type }: PublicEvent): string {
  return type.endsWith("TimedOut") ? "States.Timeout" : "States.TaskFailed";
}

/** The same outcome of several attempts in a row is one entry: `"0-2"`. */
function ranged(outcomes: readonly MockedOutcome[]): MockedResponse {
  const entries: { first: number; last: number; outcome: MockedOutcome; text: string }[] = [];
  for (const [attempt, outcome] of outcomes.entries()) {
    const text = JSON.stringify(outcome);
    const before = entries.at(-1);
    if (before?.text === text) before.last = attempt;
    else entries.push({ first: attempt, last: attempt, outcome, text });
  }
  return Object.fromEntries(
    entries.map(({ first, last, outcome }) => [
      first === last ? `${first}` : `${first}-${last}`,
      outcome,
    ]),
  );
}

/** Absent while it runs. */
function expectationOf(
  events: readonly PublicEvent[],
  visits: readonly VisitView[],
): CaseExpectation | undefined {
  const last = events.at(-1) as PublicEvent;
  const names = visits.filter(({ parent }) => parent === 0).map(({ name }) => name);
  const path = names.length > longestPath ? {} : { path: names };
  const details = eventDetails(last);
  const [error, cause] = [textIn(details["error"]), textIn(details["cause"])];
  const failure = { ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) };
  switch (last.type) {
    case "ExecutionSucceeded":
      return { output: documentIn(details["output"]) ?? null, ...path };
    case "ExecutionFailed":
      return { status: "FAILED", ...failure, ...path };
    case "ExecutionTimedOut":
      return { status: "TIMED_OUT", ...path };
    case "ExecutionAborted":
      // Nobody stops a test case: it is looked at as far as it came.
      return names.length > longestPath ? undefined : { path: [...names, "..."] };
    default:
      return undefined;
  }
}

function textIn(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** The document that a text is; the text itself where it was cut. */
function documentIn(text: unknown): unknown {
  if (typeof text !== "string") return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return text;
  }
}
