import type { CaseExpectation, TestCase } from "../../../../../../src/console/view-types.ts";

/** States of the workflow that got another name. */
export interface Renames {
  readonly [before: string]: string;
}

/** The cases with the states' new names: of mocks, and in the paths that are expected. */
export function renameInCases(cases: readonly TestCase[], renames: Renames): readonly TestCase[] {
  const renamed = (name: string) => (Object.hasOwn(renames, name) ? (renames[name] ?? name) : name);
  return cases.map(({ mocks, expectation, ...rest }) => ({
    ...rest,
    mocks: Object.fromEntries(
      Object.entries(mocks).map(([state, response]) => [renamed(state), response]),
    ),
    ...(expectation && { expectation: renamedPath(expectation, renamed) }),
  }));
}

function renamedPath(
  expectation: CaseExpectation,
  renamed: (name: string) => string,
): CaseExpectation {
  const { path, ...rest } = expectation;
  return { ...rest, ...(path && { path: path.map(renamed) }) };
}

/** Names in the cases that no state of the definition has, in the order in which they are met. `...` in a path is none. */
export function strangersIn(
  cases: readonly TestCase[],
  states: ReadonlySet<string>,
): readonly string[] {
  const named = cases.flatMap(({ mocks, expectation }) => [
    ...Object.keys(mocks),
    ...(expectation?.path ?? []).filter((name) => name !== "..."),
  ]);
  return [...new Set(named)].filter((name) => !states.has(name));
}

/** States that the definition has and the one that was saved had not: what a stranger may be called now. */
export function newNames(
  before: ReadonlySet<string>,
  states: ReadonlySet<string>,
): readonly string[] {
  return [...states].filter((name) => !before.has(name));
}
