import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { compareDefinitions, type DefinitionChanges } from "./compare-definitions.ts";
import { layoutFaults } from "./layout-faults.ts";
import { layoutGraph } from "./layout.ts";
import { graphModel } from "./model.ts";

const pass = (next?: string) => ({ Type: "Pass", ...(next ? { Next: next } : { End: true }) });
const before = {
  StartAt: "Receive",
  States: {
    Receive: pass("Charge"),
    Charge: pass("Pack"),
    Pack: {
      Type: "Map",
      ItemProcessor: { StartAt: "Pick", States: { Pick: pass("Label"), Label: pass() } },
      Next: "Ship",
    },
    Ship: pass(),
  },
};

const kinds = ({ states }: DefinitionChanges) =>
  Object.fromEntries(states.map(({ key, kind }) => [key, kind]));

test("a definition differs in nothing from itself, however its members are ordered", () => {
  const shuffled = {
    States: Object.fromEntries(Object.entries(before.States).reverse()),
    StartAt: "Receive",
  };
  const changes = compareDefinitions(before, shuffled);
  expect(changes.states).toEqual([]);
  expect([...changes.edges]).toEqual([]);
  expect(changes.whole).toBeUndefined();
});

test("states are added, removed and changed where they stand, and what holds them is not", () => {
  const changes = compareDefinitions(before, {
    Comment: "Without packing slips",
    StartAt: "Receive",
    States: {
      Receive: pass("Check stock"),
      "Check stock": pass("Pack"),
      Pack: {
        Type: "Map",
        ItemProcessor: {
          StartAt: "Pick",
          States: { Pick: { ...pass(), Comment: "From the shelf" } },
        },
        Next: "Ship",
      },
      Ship: pass(),
    },
  });
  expect(kinds(changes)).toEqual({
    "/Receive": "changed",
    "/Charge": "removed",
    "/Check stock": "added",
    "/Pack/Pick": "changed",
    "/Pack/Label": "removed",
  });
  expect(changes.whole).toEqual({
    before: { StartAt: "Receive" },
    after: { StartAt: "Receive", Comment: "Without packing slips" },
  });
});

test("the graph has the ways of both, and says which are new and which are gone", () => {
  const after = { ...before, States: { ...before.States, Receive: pass("Pack") } };
  const { model, edges } = compareDefinitions(before, after);
  const named = [...edges].map(([id, change]) => {
    const edge = model.edges.get(id);
    return [edge?.source, edge?.target, change];
  });
  expect(named).toEqual([
    ["/Receive", "/Pack", "added"],
    ["/Receive", "/Charge", "removed"],
  ]);
});

test("a Map whose own fields change is changed, and the states in it are not", () => {
  const Pack = { ...before.States.Pack, MaxConcurrency: 3 };
  const changes = compareDefinitions(before, { ...before, States: { ...before.States, Pack } });
  expect(kinds(changes)).toEqual({ "/Pack": "changed" });
  expect(changes.states[0]?.after).toEqual({
    Type: "Map",
    ItemProcessor: { StartAt: "Pick" },
    MaxConcurrency: 3,
    Next: "Ship",
  });
});

test("one of several rules to the same state that goes takes one way with it", () => {
  const choice = (...values: readonly number[]) => ({
    StartAt: "Choose",
    States: {
      Choose: {
        Type: "Choice",
        Choices: values.map((value) => ({ Variable: "$.n", NumericEquals: value, Next: "Done" })),
        Default: "Done",
      },
      Done: pass(),
    },
  });
  const { edges } = compareDefinitions(choice(1, 2, 3), choice(1, 3));
  expect([...edges.values()]).toEqual(["removed"]);
});

test.each([[undefined], [null], [1], ["text"], [[]], [{ States: [] }]])(
  "a draft that is %j is compared, too",
  (draft) => {
    expect(compareDefinitions(draft, before).states.map(({ kind }) => kind)).toEqual(
      Array.from({ length: 6 }, () => "added"),
    );
    expect(compareDefinitions(before, draft).states).toHaveLength(6);
  },
);

const folder = new URL("../../../../shared/samples/", import.meta.url);
const samples = existsSync(folder)
  ? readdirSync(folder).filter((file) => /[.]asl[.](json|yaml)$/.test(file))
  : [];

/** JSON is YAML, too; some samples have the tags of templates, which say nothing here. */
function read(file: string): unknown {
  return parse(readFileSync(new URL(file, folder), "utf8"), { logLevel: "silent" });
}

describe.skipIf(samples.length === 0)("of every sample definition", () => {
  test("each state is added to nothing, and removed again", () => {
    for (const file of samples) {
      const definition = read(file);
      const count = graphModel(definition).nodes.size - 2;
      const added = compareDefinitions({}, definition);
      const removed = compareDefinitions(definition, {});
      expect(new Set(added.states.map(({ kind }) => kind)), file).toEqual(new Set(["added"]));
      expect([added.states.length, removed.states.length], file).toEqual([count, count]);
      expect(compareDefinitions(definition, definition).states, file).toEqual([]);
    }
  });

  test("the next sample in its place has a graph that can be drawn whole", async () => {
    const elk = () => Promise.reject(new Error("Not wanted here"));
    for (const [index, file] of samples.slice(0, 40).entries()) {
      const { model } = compareDefinitions(read(samples[index + 1] ?? file), read(file));
      const layout = await layoutGraph(model, { elk, cache: new Map(), maxElkNodes: 0 });
      const { faults } = layoutFaults(model, layout);
      expect(layout.nodes.size, file).toBe(model.nodes.size);
      expect(layout.edges.size, file).toBe(model.edges.size);
      expect(faults, file).toEqual([]);
    }
  }, 60_000);
});
