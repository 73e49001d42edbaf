import type { GeneratedMachine } from "./definitions.ts";

interface State {
  readonly Type: string;
  readonly Next?: string;
  readonly Default?: string;
  readonly Result?: unknown;
  readonly ResultPath?: string;
  readonly Branches?: readonly Machine[];
  readonly ItemProcessor?: Machine;
}

interface Machine {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
}

interface Input {
  readonly items: readonly unknown[];
}

/**
 * What an execution of a generated machine gives, whatever goes wrong around it: by a second, much smaller interpreter.
 * `undefined` for machines whose result depends on more than their input.
 */
export function referenceOf({
  definition,
}: GeneratedMachine): ((input: string) => unknown) | undefined {
  const machine = JSON.parse(definition) as Machine;
  return isCertain(machine) ? (input) => run(machine, JSON.parse(input) as Input) : undefined;
}

function isCertain({ States }: Machine): boolean {
  return Object.values(States).every(
    ({ Type, Branches = [], ItemProcessor }) =>
      Type !== "Task" &&
      Branches.every(isCertain) &&
      (ItemProcessor === undefined || isCertain(ItemProcessor)),
  );
}

function run({ StartAt, States }: Machine, input: Input): unknown {
  let data = input;
  for (let name: string | undefined = StartAt; name !== undefined;) {
    const state: State = States[name] as State;
    const result = resultOf(state, data);
    if (result !== undefined) data = { ...data, [(state.ResultPath as string).slice(2)]: result };
    // All ways of a generated Choice lead to the same state.
    name = state.Next ?? state.Default;
  }
  return data;
}

function resultOf({ Result, Branches, ItemProcessor }: State, data: Input): unknown {
  if (Branches !== undefined) return Branches.map((branch) => run(branch, data));
  if (ItemProcessor === undefined) return Result;
  const { items } = data;
  return items.map((n) => run(ItemProcessor, { n, items } as Input));
}
