import type { TestCase } from "../../../../../../src/console/view-types.ts";

/** A name that no case has: with a number, if need be. */
export function freeName(wanted: string, cases: readonly TestCase[]): string {
  const taken = new Set(cases.map(({ name }) => name));
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : `${wanted} ${number}`;
    if (!taken.has(name)) return name;
  }
}

/** The list with a case in the place of that of the old name, or at its end. */
export function withCase(
  cases: readonly TestCase[],
  testCase: TestCase,
  oldName: string = testCase.name,
): readonly TestCase[] {
  return cases.some(({ name }) => name === oldName)
    ? cases.map((each) => (each.name === oldName ? testCase : each))
    : [...cases, testCase];
}

/** The list with those of another one; of two that have the same name the new one stays. */
export function joined(
  cases: readonly TestCase[],
  added: readonly TestCase[],
): readonly TestCase[] {
  return added.reduce((list, each) => withCase(list, each), cases);
}
