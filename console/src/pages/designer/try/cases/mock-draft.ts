import type { MockedOutcome, StateMocks } from "../../../../../../src/console/view-types.ts";
import { jsonOf } from "../json-of.ts";
import { entriesOf, responseOf } from "./case-entries.ts";

/** Attempts that are answered alike, as it is typed. */
export interface DraftEntry {
  readonly times: number;
  readonly kind: "Return" | "Throw";
  /** JSON text. */
  readonly value: string;
  readonly error: string;
  readonly cause: string;
}

/** The answers of each state, by its name. */
export type MockDraft = Readonly<Record<string, readonly DraftEntry[]>>;

export const newEntry: DraftEntry = {
  times: 1,
  kind: "Return",
  value: "{}",
  error: "States.TaskFailed",
  cause: "",
};

/** The answers of one state: a state may be called `__proto__`, too. */
export function entriesIn(draft: MockDraft, state: string): readonly DraftEntry[] {
  return Object.hasOwn(draft, state) ? (draft[state] ?? []) : [];
}

export function draftOf(mocks: StateMocks): MockDraft {
  return Object.fromEntries(
    Object.entries(mocks).map(([state, response]) => [
      state,
      entriesOf(response).map(({ times, outcome }) => ({
        ...newEntry,
        times,
        ...fieldsOf(outcome),
      })),
    ]),
  );
}

function fieldsOf(outcome: MockedOutcome): Partial<DraftEntry> {
  if ("Return" in outcome) return { value: JSON.stringify(outcome.Return, undefined, 2) };
  const { Error: error, Cause: cause = "" } = outcome.Throw;
  return { kind: "Throw", error, cause };
}

/** The mocks that were typed; `undefined`: a result is no JSON, or an error has no name. */
export function mocksOf(draft: MockDraft): StateMocks | undefined {
  const mocks: (readonly [string, StateMocks[string]])[] = [];
  for (const [state, entries] of Object.entries(draft)) {
    const outcomes = entries.map(outcomeOf);
    if (outcomes.length === 0) continue;
    if (!outcomes.every((outcome) => outcome !== undefined)) return undefined;
    const response = responseOf(
      entries.map(({ times }, index) => ({ times, outcome: outcomes[index] as MockedOutcome })),
    );
    mocks.push([state, response]);
  }
  return Object.fromEntries(mocks);
}

function outcomeOf({ kind, value, error, cause }: DraftEntry): MockedOutcome | undefined {
  if (kind === "Return") {
    const read = jsonOf(value);
    return read && { Return: read.value };
  }
  if (error.trim() === "") return undefined;
  return { Throw: { Error: error.trim(), ...(cause !== "" && { Cause: cause }) } };
}
