import { isJsonObject, type JsonObject, type JsonValue, ownMember } from "../../expression/json.ts";
import type {
  MockConfiguration,
  MockProblem,
} from "../../integrations/mocks/mock-configuration.ts";
import type { Expectation } from "./expectation.ts";
import { readExpectation, type Tell } from "./read-expectation.ts";

/** A test case of a mock file: what `Inputs` and `Expectations` have for it. */
export interface PlannedCase {
  readonly stateMachineName: string;
  readonly name: string;
  readonly input: JsonValue;
  readonly expectation: Expectation | undefined;
}

/**
 * Reads what is ours beside the format of Step Functions Local: `Inputs` and `Expectations`. `inputOf` finds what an input
 * stands for that is not the value itself.
 */
export function readPlannedCases(
  {
    value,
    configuration,
  }: { readonly value: JsonObject; readonly configuration: MockConfiguration },
  inputOf: (input: JsonValue, path: MockProblem["path"]) => JsonValue,
  tell: Tell,
): readonly PlannedCase[] {
  const caseNames = new Map(
    Array.from(configuration.stateMachines, ([name, cases]) => [name, [...cases.keys()]]),
  );
  const inputs = byCase(value, "Inputs", caseNames, tell);
  const expectations = byCase(value, "Expectations", caseNames, tell);
  return Array.from(caseNames, ([stateMachineName, names]) =>
    names.map((name) => {
      const expected = expectations.get(`${stateMachineName}#${name}`);
      const path = [stateMachineName, name];
      return {
        stateMachineName,
        name,
        input: inputOf(inputs.get(`${stateMachineName}#${name}`) ?? {}, ["Inputs", ...path]),
        expectation:
          expected === undefined
            ? undefined
            : readExpectation(expected, ["Expectations", ...path], tell),
      };
    }),
  ).flat();
}

/** The values of `{ STATE_MACHINE: { CASE: value } }` by `STATE_MACHINE#CASE`. */
function byCase(
  value: JsonObject,
  member: string,
  caseNames: ReadonlyMap<string, readonly string[]>,
  tell: Tell,
): ReadonlyMap<string, JsonValue> {
  const found = new Map<string, JsonValue>();
  const given = ownMember(value, member) ?? {};
  if (!isJsonObject(given)) tell([member], "must be an object by state machine");
  for (const [machine, cases] of isJsonObject(given) ? Object.entries(given) : []) {
    const known = caseNames.get(machine);
    if (known === undefined) {
      tell([member, machine], "is not a state machine of StateMachines");
      continue;
    }
    if (!isJsonObject(cases)) tell([member, machine], "must be an object by test case");
    for (const [name, entry] of isJsonObject(cases) ? Object.entries(cases) : []) {
      if (known.includes(name)) found.set(`${machine}#${name}`, entry);
      else {
        tell([member, machine, name], `is not a test case; there are ${known.join(", ")}`);
      }
    }
  }
  return found;
}
