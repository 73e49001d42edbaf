import type { CaseExpectation, TestCase } from "../../../../../../src/console/view-types.ts";
import { isJson, jsonOf, valueIn } from "../json-of.ts";
import { draftOf, mocksOf, type MockDraft } from "./mock-draft.ts";

/** A test case as it is typed. */
export interface CaseDraft {
  readonly name: string;
  readonly input: string;
  readonly mocks: MockDraft;
  readonly status: "" | NonNullable<CaseExpectation["status"]>;
  /** JSON text, or empty. */
  readonly output: string;
  readonly error: string;
  /** A state on each line. */
  readonly path: string;
  /** What is kept as it is: it has no field. */
  readonly cause: CaseExpectation["cause"];
}

export type CaseMistake = "nameEmpty" | "nameTaken" | "notJson";

export function caseDraft({ name, input, mocks, expectation = {} }: TestCase): CaseDraft {
  const { status = "", output, error = "", path = [], cause } = expectation;
  return {
    name,
    input: JSON.stringify(input, undefined, 2),
    mocks: draftOf(mocks),
    status,
    output: output === undefined ? "" : JSON.stringify(output, undefined, 2),
    error,
    path: path.join("\n"),
    cause,
  };
}

/** Why it cannot be saved. */
export function mistakeIn(draft: CaseDraft, taken: readonly string[]): CaseMistake | undefined {
  const { name, input, mocks, output } = draft;
  if (name.trim() === "") return "nameEmpty";
  if (taken.includes(name.trim())) return "nameTaken";
  const isRead =
    isJson(input) && (output.trim() === "" || isJson(output)) && mocksOf(mocks) !== undefined;
  return isRead ? undefined : "notJson";
}

/** The case that was typed; what is empty is not looked at. */
export function caseOfDraft(draft: CaseDraft): TestCase {
  const { name, input, mocks, status, output, error, path, cause } = draft;
  const lines = path.split("\n").flatMap((line) => (line.trim() === "" ? [] : [line.trim()]));
  const expectation: CaseExpectation = {
    ...(status !== "" && { status }),
    ...(output.trim() !== "" && { output: jsonOf(output)?.value }),
    ...(error.trim() !== "" && { error: error.trim() }),
    ...(cause !== undefined && { cause }),
    ...(lines.length > 0 && { path: lines }),
  };
  return {
    name: name.trim(),
    input: valueIn(input, {}),
    mocks: mocksOf(mocks) ?? {},
    ...(Object.keys(expectation).length > 0 && { expectation }),
  };
}
