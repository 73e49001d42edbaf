import { expect, test } from "vitest";
import { layoutGraph } from "../../../graph/layout.ts";
import { graphModel } from "../../../graph/model.ts";
import { carriedLayout } from "./carried-layout.ts";

const order = (names: { readonly charge: string; readonly label: string }, more: object = {}) => ({
  StartAt: "Check",
  States: {
    Check: {
      Type: "Choice",
      Choices: [{ Condition: "{% $states.input.isHeavy %}", Next: "Pack" }],
      Default: names.charge,
    },
    Pack: {
      Type: "Map",
      ItemProcessor: {
        StartAt: names.label,
        States: {
          [names.label]: { Type: "Pass", Next: "Weigh" },
          Weigh: { Type: "Pass", End: true },
        },
      },
      Next: names.charge,
    },
    [names.charge]: { Type: "Pass", End: true, ...more },
  },
});

const laidOut = async (definition: object) => {
  const model = graphModel(definition);
  const elk = () => Promise.reject(new Error("Nobody needs it."));
  const layout = await layoutGraph(model, { elk, maxElkNodes: 0, cache: new Map() });
  return { model, layout };
};

const first = order({ charge: "Charge", label: "Label" });

test("a graph of other names has the places that it would be given anew", async () => {
  const before = await laidOut(first);
  const after = await laidOut(order({ charge: "Charge card", label: "Print" }));
  expect(carriedLayout(before, after.model)).toEqual(after.layout);
});

test("a field that no place depends on changes nothing: not a card is drawn again", async () => {
  const before = await laidOut(first);
  const { model } = await laidOut(order({ charge: "Charge", label: "Label" }, { Comment: "x" }));
  expect(carriedLayout(before, model)).toBe(before.layout);
});

test.each([
  ["a state more", { ...first.States, More: { Type: "Pass", End: true } }],
  [
    "a way that leads elsewhere",
    { ...first.States, Pack: { ...first.States.Pack, Next: "Check" } },
  ],
  [
    "another label",
    {
      ...first.States,
      Check: {
        ...first.States.Check,
        Choices: [{ Condition: "{% $states.input.isAtLeastAsHeavy %}", Next: "Pack" }],
      },
    },
  ],
  [
    "an empty container",
    {
      ...first.States,
      Pack: { ...first.States.Pack, ItemProcessor: {} },
      A: { Type: "Pass" },
      B: { Type: "Pass" },
    },
  ],
])("%s has to be laid out", async (_, States) => {
  const before = await laidOut(first);
  expect(carriedLayout(before, graphModel({ ...first, States }))).toBeUndefined();
});

test("another start has to be laid out", async () => {
  const loop = (StartAt: string) => ({
    StartAt,
    States: { A: { Type: "Pass", Next: "B" }, B: { Type: "Pass", Next: "A" } },
  });
  const before = await laidOut(loop("A"));
  expect(carriedLayout(before, graphModel(loop("B")))).toBeUndefined();
});
