import type { NoteRecord, Store } from "../../../ports/store.ts";
import { ApiError } from "../../../service/errors/api-error.ts";
import { errors } from "../../../service/errors/errors.ts";
import type { TestCase, TestCaseSet } from "../../view-types.ts";

const kind = "testCases";
/** Our choice: how often a change of one case is tried again that others came before. */
const mostTries = 10;

/** The test cases of workflows, each workflow's as one note beside it in the store. */
export class StoredCases {
  readonly #store: Pick<Store, "note" | "putNote">;

  constructor(store: Pick<Store, "note" | "putNote">) {
    this.#store = store;
  }

  async read(stateMachineArn: string): Promise<TestCaseSet> {
    return setOf(stateMachineArn, await this.#store.note(stateMachineArn, kind));
  }

  /** Replaces all of them; refused if `version` is given and is not that of those that are there. */
  async replace(
    stateMachineArn: string,
    cases: readonly TestCase[],
    version?: number,
  ): Promise<TestCaseSet> {
    if (version === undefined) return this.change(stateMachineArn, () => cases);
    const put = await this.#put(stateMachineArn, cases, version);
    if (put === undefined) throw changedMeanwhile();
    return put;
  }

  /** Makes of those that are there what is to be there, again if others change them meanwhile. */
  async change(
    stateMachineArn: string,
    make: (cases: readonly TestCase[]) => readonly TestCase[],
  ): Promise<TestCaseSet> {
    for (let tries = 0; tries < mostTries; tries++) {
      const { cases, version } = await this.read(stateMachineArn);
      const put = await this.#put(stateMachineArn, make(cases), version);
      if (put !== undefined) return put;
    }
    throw changedMeanwhile();
  }

  async #put(
    stateMachineArn: string,
    cases: readonly TestCase[],
    after: number,
  ): Promise<TestCaseSet | undefined> {
    const note = { stateMachineArn, kind, version: after + 1, body: JSON.stringify(cases) };
    return (await this.#store.putNote(note)) ? setOf(stateMachineArn, note) : undefined;
  }
}

function setOf(stateMachineArn: string, note: NoteRecord | undefined): TestCaseSet {
  const cases = note === undefined ? [] : (JSON.parse(note.body) as readonly TestCase[]);
  return { stateMachineArn, version: note?.version ?? 0, cases };
}

function changedMeanwhile(): Error {
  return new ApiError(
    "ConflictException",
    "The test cases were changed by somebody else meanwhile.",
  );
}

export function findCase({ cases }: TestCaseSet, name: string): TestCase {
  const found = cases.find((each) => each.name === name);
  if (found === undefined) throw errors.validation(`There is no test case '${name}'`);
  return found;
}
