import type { InspectionData, StateTestResult } from "./state-test-result.ts";

/** A document on a state's way, as TestState names it. */
export type StageName =
  Exclude<keyof InspectionData, "request" | "response" | "errorDetails"> | "output";

export interface TestStage {
  readonly name: StageName;
  /** JSON text. */
  readonly value: string;
  /** The document that it was made of: the one before it. */
  readonly before: string | undefined;
  /** How JSONata names it; empty: it has no name. */
  readonly root: string;
  /** Fields of the state that made it. */
  readonly fields: readonly string[];
}

/** In the order in which a state goes through them. */
const stages = [
  ["input", "$states.input", []],
  ["afterInputPath", "$states.input", ["InputPath"]],
  ["afterItemsPath", "", ["ItemsPath", "Items"]],
  ["afterItemsPointer", "", ["ItemReader"]],
  ["afterItemSelector", "", ["ItemSelector"]],
  ["afterItemBatcher", "", ["ItemBatcher"]],
  ["afterParameters", "", ["Parameters"]],
  ["afterArguments", "", ["Arguments"]],
  ["result", "$states.result", ["Resource", "Result"]],
  ["afterResultSelector", "$states.result", ["ResultSelector"]],
  ["afterResultPath", "", ["ResultPath"]],
] as const satisfies readonly (readonly [keyof InspectionData, string, readonly string[]])[];

/** The stages that a test has shown, each beside the one before it. */
export function stagesOf({ output, inspectionData = {} }: StateTestResult): readonly TestStage[] {
  const found: TestStage[] = [];
  const add = (
    name: StageName,
    value: string | undefined,
    root: string,
    fields: readonly string[],
  ) => {
    if (value !== undefined) {
      found.push({ name, value, before: found.at(-1)?.value, root, fields });
    }
  };
  for (const [name, root, fields] of stages) add(name, inspectionData[name], root, fields);
  // The output is the next state's input.
  add("output", output, "$states.input", ["OutputPath", "Output"]);
  return found;
}

/** The variables after the state, beside those that it was given. */
export function variablesStage(
  { inspectionData = {} }: StateTestResult,
  given: string,
): TestStage | undefined {
  const { variables } = inspectionData;
  if (variables === undefined) return undefined;
  return { name: "variables", value: variables, before: given, root: "", fields: ["Assign"] };
}
