import { expect, test } from "vitest";
import { graphModel } from "../../../../graph/model.ts";
import { coverageMarks } from "./coverage-marks.tsx";

const definition = {
  StartAt: "Ask",
  States: {
    Ask: {
      Type: "Task",
      Resource: "arn:aws:states:::lambda:invoke",
      Catch: [{ ErrorEquals: ["States.ALL"], Next: "Sorry" }],
      Next: "Done",
    },
    Sorry: { Type: "Pass", Next: "Done" },
    Done: { Type: "Succeed" },
    Lost: { Type: "Pass", End: true },
  },
};

test("states that a case entered and ways that it went are covered, and no others", () => {
  const decoration = coverageMarks(
    {
      states: [
        { key: "/Ask", cases: ["A"] },
        { key: "/Sorry", cases: ["A"] },
        { key: "/Done", cases: ["A"] },
        { key: "/Lost", cases: [] },
      ],
      edges: [
        { kind: "catch", from: "/Ask", to: "/Sorry", cases: ["A"] },
        { kind: "next", from: "/Sorry", to: "/Done", cases: ["A"] },
      ],
      uncovered: ["/Lost"],
    },
    { isCovered: "covered", isUncovered: "not covered" },
  );
  expect([...decoration.marks].map(([key, { word }]) => [key, word])).toEqual([
    ["/Ask", "covered"],
    ["/Sorry", "covered"],
    ["/Done", "covered"],
    ["/Lost", "not covered"],
  ]);
  const gone = [...graphModel(definition).edges.values()]
    .filter((edge) => decoration.toneOfEdge(edge) !== undefined)
    .map(({ kind, source, target }) => `${kind} ${source} ${target}`);
  expect(gone.toSorted()).toEqual([
    "catch /Ask /Sorry",
    "end /Done /#end",
    "next /Sorry /Done",
    "start /#start /Ask",
  ]);
});
