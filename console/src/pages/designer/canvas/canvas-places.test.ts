import { describe, expect, test } from "vitest";
import { readDefinition } from "../../../designer/document/read-definition.ts";
import { isRefused } from "../../../designer/edits/edit-result.ts";
import { graphIndex } from "../../../designer/edits/graph-index.ts";
import { insertState } from "../../../designer/edits/insert.ts";
import { sampleDocuments } from "../../../designer/edits/samples.fixture.ts";
import type { DefinitionDocument } from "../../../designer/document/definition-document.ts";
import { layoutGraph } from "../../../graph/layout.ts";
import { graphModel } from "../../../graph/model.ts";
import { arrowStep, type Spot } from "./arrow-steps.ts";
import { collapsedCounts, withCollapsed } from "./collapsed.ts";
import { reasonAgainst, targetAt } from "./drop-targets.ts";
import { insertPoints } from "./insert-points.ts";
import { outlineRows } from "./outline-rows.ts";
import { placeBeside, selectionPlace, type Direction } from "./selection-place.ts";
import type { SteadyGraph } from "./steady-graph.ts";

/** Those in their own notation: the same graph in another one has the same places. */
const samples = sampleDocuments().filter(({ name }) => !name.endsWith("as YAML"));
const directions: readonly Direction[] = ["Up", "Down", "Left", "Right"];

async function drawn(document: DefinitionDocument): Promise<SteadyGraph> {
  const index = graphIndex(document);
  const model = graphModel(document.value);
  const elk = () => Promise.reject(new Error("Nobody needs it."));
  const layout = await layoutGraph(model, { elk, maxElkNodes: 0 });
  return { document, index, model, layout, isProvisional: false, collapsed: new Map() };
}

const pointsOf = ({ model, layout, index }: SteadyGraph) => insertPoints(model, layout, index);

describe("on every published definition", () => {
  test("each + takes a state", async () => {
    for (const { name, document } of samples) {
      const graph = await drawn(document);
      const points = pointsOf(graph);
      expect(new Set(points.map(({ id }) => id)).size, name).toBe(points.length);
      for (const { id, place } of points) {
        const result = insertState(document, place, { type: "Pass", name: "New" });
        expect(isRefused(result) ? result : "done", `${name} ${id}`).toBe("done");
      }
    }
  });

  test("arrows lead from the first state to every card that can be reached, and to every way", async () => {
    for (const { name, document } of samples) {
      const graph = await drawn(document);
      const points = pointsOf(graph);
      const start = graph.model.root.startAt;
      if (start === undefined) continue;
      const seen = new Set<string>();
      const open: Spot[] = [{ key: start }];
      for (let spot = open.pop(); spot !== undefined; spot = open.pop()) {
        const id = JSON.stringify(spot);
        if (seen.has(id)) continue;
        seen.add(id);
        for (const direction of directions) {
          const next = arrowStep(graph, points, spot, direction);
          if (next !== undefined) open.push(next);
        }
      }
      const lost = [...graph.model.nodes.values()]
        .filter(
          ({ key, type, isReachable }) =>
            isReachable && type !== "Start" && type !== "End" && !seen.has(JSON.stringify({ key })),
        )
        .map(({ key }) => key);
      expect(lost, name).toEqual([]);
      const ways = points.filter(
        ({ id, kind }) => kind === "edge" && !seen.has(JSON.stringify({ point: id })),
      );
      const reachable = ways.filter(({ from }) => graph.model.nodes.get(from ?? "")?.isReachable);
      expect(
        reachable.map(({ id }) => id),
        name,
      ).toEqual([]);
    }
  });

  test("the outline has each state once, and what is collapsed is not drawn", async () => {
    for (const { name, document } of samples) {
      const index = graphIndex(document);
      const keys = outlineRows(index).flatMap((row) => (row.kind === "state" ? [row.key] : []));
      expect(keys.toSorted(), name).toEqual([...index.states.keys()].toSorted());
      const containers = [...index.states.values()].filter(({ scopes }) => scopes.length > 0);
      const closed = new Set(containers.map(({ key }) => key));
      const model = graphModel(withCollapsed(document.value, index, closed));
      expect(
        [...model.nodes.values()].every(({ scopes }) => scopes.length === 0),
        name,
      ).toBe(true);
      const within = [...collapsedCounts(index, closed).values()];
      expect(within.length).toBe(containers.length);
    }
  });
});

const machine = readDefinition(
  JSON.stringify({
    StartAt: "A",
    States: {
      A: { Type: "Task", Resource: "arn:aws:states:::sqs:sendMessage", Next: "C" },
      C: { Type: "Choice", Choices: [{ Variable: "$.x", IsNull: true, Next: "P" }], Default: "Z" },
      P: {
        Type: "Parallel",
        Branches: [{ StartAt: "I", States: { I: { Type: "Pass", End: true } } }, {}],
        Next: "Z",
      },
      Z: { Type: "Succeed" },
    },
  }),
);

describe("what is dropped", () => {
  const item = {
    kind: "item",
    item: {
      id: "x",
      group: "flow",
      name: "X",
      detail: "",
      keywords: "",
      type: "Pass",
      build: () => ({ StartAt: "X", States: { X: { Type: "Pass", End: true } } }),
    },
  } as const;
  const middle = (graph: SteadyGraph, key: string) => {
    const box = graph.layout.nodes.get(key) ?? graph.layout.lanes.get(key);
    return { x: (box?.x ?? 0) + (box?.width ?? 0) / 2, y: (box?.y ?? 0) + 17 };
  };

  test("on a card is a rule, a branch or a way for failures; on an empty branch its first state", async () => {
    const graph = await drawn(machine);
    const at = (key: string) => targetAt(graph, pointsOf(graph), item, middle(graph, key));
    expect(at("/A")).toMatchObject({ place: { on: "catch", state: "/A" } });
    expect(at("/C")).toMatchObject({ place: { on: "rule", choice: "/C" } });
    expect(at("/P")).toMatchObject({ place: { on: "branch", parallel: "/P" } });
    expect(at("/P[1]")).toMatchObject({ place: { on: "start", scope: "/P[1]" } });
    expect(at("/nowhere")?.kind).not.toBe("start");
  });

  test("into itself or after an end is refused with the reason", async () => {
    const graph = await drawn(machine);
    const states = { kind: "states", keys: ["/P"] } as const;
    const inside = targetAt(graph, pointsOf(graph), states, middle(graph, "/P[1]"));
    expect(inside && reasonAgainst(machine, states, inside)).toBe("intoItself");
    const end = { kind: "edgeEnd", edge: "/C|choice:0" } as const;
    const inner = targetAt(graph, [], end, middle(graph, "/I"));
    expect(inner).toBeUndefined();
    const other = targetAt(graph, [], end, middle(graph, "/P/I"));
    expect(other).toBeUndefined();
  });
});

describe("without a place", () => {
  const index = graphIndex(machine);
  test("what is new goes where the selection expects it", () => {
    expect(selectionPlace(index, [], undefined)).toEqual({ on: "edge", edge: "/C|default" });
    expect(selectionPlace(index, ["/A"], undefined)).toEqual({ on: "after", state: "/A" });
    expect(selectionPlace(index, ["/C"], undefined)).toEqual({ on: "rule", choice: "/C" });
    expect(selectionPlace(index, ["/P"], undefined)).toEqual({ on: "start", scope: "/P[1]" });
    expect(selectionPlace(index, ["/Z"], undefined)).toEqual({ on: "edge", edge: "/C|default" });
    expect(selectionPlace(index, ["/A"], "/A|next")).toEqual({ on: "edge", edge: "/A|next" });
  });

  test("arrows move past a neighbour, and into the branch beside", () => {
    expect(placeBeside(index, ["/C"], "Up")).toEqual({ on: "edge", edge: "/#start|start" });
    expect(placeBeside(index, ["/A"], "Down")).toEqual({ on: "edge", edge: "/C|default" });
    expect(placeBeside(index, ["/P[0]/I"], "Right")).toEqual({ on: "start", scope: "/P[1]" });
    expect(placeBeside(index, ["/P[0]/I"], "Left")).toBeUndefined();
    expect(placeBeside(index, ["/A"], "Up")).toBeUndefined();
  });
});
