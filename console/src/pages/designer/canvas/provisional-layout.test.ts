import { expect, test } from "vitest";
import { graphModel } from "../../../graph/model.ts";
import { layoutGraph } from "../../../graph/layout.ts";
import { provisionalLayout } from "./provisional-layout.ts";

const chain = (...names: readonly string[]) =>
  graphModel({
    StartAt: names[0],
    States: Object.fromEntries(
      names.map((name, at) => {
        const next = names[at + 1];
        return [name, { Type: "Pass", ...(next === undefined ? { End: true } : { Next: next }) }];
      }),
    ),
  });

const laidOut = (model: ReturnType<typeof chain>) =>
  layoutGraph(model, {
    elk: () => Promise.reject(new Error("Nobody needs it.")),
    maxElkNodes: 0,
  });

test("a new state stands between those around it, and nothing lies on another", async () => {
  const before = await laidOut(chain("A", "B", "C"));
  const model = chain("A", "X", "B", "C");
  const after = provisionalLayout(before, model);
  expect(after?.nodes.get("/A")).toBe(before.nodes.get("/A"));
  const boxes = ["/A", "/X", "/B", "/C"].map((key) => after?.nodes.get(key));
  for (const [at, box] of boxes.entries()) {
    const next = boxes[at + 1];
    if (box !== undefined && next !== undefined) expect(next.y).toBeGreaterThan(box.y + box.height);
  }
  expect([...(after?.edges.keys() ?? [])].toSorted()).toEqual([...model.edges.keys()].toSorted());
});

test("what is gone has no place, and what led past it keeps its way", async () => {
  const before = await laidOut(chain("A", "B", "C"));
  const after = provisionalLayout(before, chain("A", "C"));
  expect(after?.nodes.has("/B")).toBe(false);
  expect(after?.edges.get("/#start|start")).toBe(before.edges.get("/#start|start"));
});
