import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import type { JsonObject } from "../../expression/json.ts";
import { parseDefinition } from "../parse-definition.ts";
import { variableReferences } from "./variable-references.ts";
import { variablesInScope } from "./variables-in-scope.ts";

const pass = (Next: string, more: object = {}) => ({ Type: "Pass", Next, ...more });
const end = (more: object = {}) => ({ Type: "Pass", End: true, ...more });
const machine = (StartAt: string, States: object) => ({ StartAt, States }) as JsonObject;

test("what was assigned on every way is certain, what on one of them is not", () => {
  const definition = machine("A", {
    A: pass("Which", { Assign: { always: 1, "computed.$": "$.x" } }),
    Which: {
      Type: "Choice",
      Choices: [{ Condition: "{% true %}", Next: "Last", Assign: { byRule: 1 } }],
      Default: "B",
      Assign: { byDefault: 1 },
    },
    B: pass("Last", { Assign: { byDefault: 2 } }),
    Last: end({ Assign: { tooLate: 1 } }),
  });
  expect(variablesInScope(definition, "Last")).toEqual([
    { name: "always", assignedBy: ["A"], isCertain: true },
    { name: "computed", assignedBy: ["A"], isCertain: true },
    { name: "byDefault", assignedBy: ["Which", "B"], isCertain: false },
    { name: "byRule", assignedBy: ["Which"], isCertain: false },
  ]);
  expect(variablesInScope(definition, "A")).toEqual([]);
});

test("a Catcher's way has what it assigns itself, and not what its state assigns", () => {
  const definition = machine("A", {
    A: {
      Type: "Task",
      Next: "Done",
      Assign: { result: 1 },
      Catch: [{ ErrorEquals: ["States.ALL"], Next: "Failed", Assign: { error: 1 } }],
    },
    Done: end(),
    Failed: end(),
  });
  const names = (state: string) => variablesInScope(definition, state)?.map(({ name }) => name);
  expect(names("Done")).toEqual(["result"]);
  expect(names("Failed")).toEqual(["error"]);
});

test("what a state in a loop assigns is there when it begins again, but not the first time", () => {
  const definition = machine("Look", {
    Look: pass("Again", { Assign: { tries: 1 } }),
    Again: { Type: "Choice", Choices: [], Default: "Look" },
  });
  expect(variablesInScope(definition, "Look")).toEqual([
    { name: "tries", assignedBy: ["Look"], isCertain: false },
  ]);
});

test("states within others see what was assigned around them, which names the state that holds them", () => {
  const inner = { StartAt: "I", States: { I: pass("J", { Assign: { own: 1 } }), J: end() } };
  const definition = machine("A", {
    A: pass("Both", { Assign: { around: 1 } }),
    Both: { Type: "Parallel", Branches: [inner], Next: "Z", Assign: { after: 1 } },
    Z: end(),
  });
  expect(variablesInScope(definition, "J")).toEqual([
    { name: "own", assignedBy: ["I"], isCertain: true },
    { name: "around", assignedBy: ["A"], isCertain: true, outer: "Both" },
  ]);
  expect(variablesInScope(definition, "Z")?.map(({ name }) => name)).toEqual(["around", "after"]);
});

test("a distributed Map's children see nothing of what is around them", () => {
  const processor = (Mode: string) => ({
    ProcessorConfig: { Mode },
    StartAt: "I",
    States: { I: end() },
  });
  const names = (Mode: string) =>
    variablesInScope(
      machine("A", {
        A: pass("M", { Assign: { around: 1 } }),
        M: { Type: "Map", ItemProcessor: processor(Mode), End: true },
      }),
      "I",
    );
  expect(names("INLINE")).toHaveLength(1);
  expect(names("DISTRIBUTED")).toEqual([]);
});

test("a state that nothing leads to from the start has what is before it, without certainty", () => {
  const definition = machine("A", {
    A: end(),
    Loose: pass("Next", { Assign: { x: 1 } }),
    Next: end(),
  });
  expect(variablesInScope(definition, "Next")).toEqual([
    { name: "x", assignedBy: ["Loose"], isCertain: false },
  ]);
});

test("a definition that is not valid is read as far as it goes", () => {
  const broken = { States: { A: 1, B: { Next: 5, Choices: "x", Catch: [1] }, C: { Next: "B" } } };
  expect(variablesInScope(broken as unknown as JsonObject, "B")).toEqual([]);
  expect(variablesInScope({}, "B")).toBeUndefined();
});

test("in a very large definition variables are listed, and some are not looked at for certainty", () => {
  const States = Object.fromEntries(
    Array.from({ length: 5_000 }, (_, index) => [
      `S${index}`,
      pass(`S${index + 1}`, index % 5 === 0 ? { Assign: { [`v${index}`]: 1 } } : {}),
    ]),
  );
  const variables = variablesInScope(machine("S0", { ...States, S5000: end() }), "S5000") ?? [];
  expect(variables).toHaveLength(1_000);
  expect(variables[0]?.isCertain).toBe(true);
  expect(variables.at(-1)?.isCertain).toBe(false);
});

const samples = fileURLToPath(new URL("../../../../shared/samples", import.meta.url));

test.skipIf(!existsSync(samples))(
  "what states of published definitions read is in their scope (needs ../shared/samples)",
  () => {
    let read = 0;
    for (const name of readdirSync(samples).filter((each) => each.endsWith(".json"))) {
      const text = readFileSync(`${samples}/${name}`, "utf8");
      const { definition } = parseDefinition(text);
      if (definition === undefined) continue;
      const written = JSON.parse(text) as JsonObject;
      for (const [state, names] of Object.entries(variableReferences(definition))) {
        const inScope = variablesInScope(written, state)?.map((variable) => variable.name);
        for (const variable of names)
          expect([name, state, inScope]).toContainEqual(expect.arrayContaining([variable]));
        read += names.length;
      }
    }
    expect(read).toBeGreaterThan(0);
  },
);
