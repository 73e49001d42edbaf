import { expect, test } from "vitest";
import type { VisitView } from "../../../../src/console/view-types.ts";
import { variablesInScope } from "./variables-in-scope.ts";

function visit(id: number, more: Partial<VisitView> = {}): VisitView {
  return {
    id,
    parent: 0,
    lane: 0,
    key: `/s${id}`,
    name: `s${id}`,
    type: "Pass",
    status: "succeeded",
    enteredAt: id,
    exitedAt: id + 1,
    exitEventId: id + 1,
    attempts: [],
    within: 0,
    ...more,
  };
}

const first = visit(2, { assigned: ["total", "name"] });
const map = visit(4, { type: "Map", exitEventId: 20, assigned: ["sum"] });
const inLane0 = visit(6, { parent: 4, lane: 0, assigned: ["price"] });
const next0 = visit(8, { parent: 4, lane: 0, assigned: ["price"] });
const inLane1 = visit(10, { parent: 4, lane: 1 });
const last = visit(21, { assigned: ["total"] });
const all = [first, map, inLane0, next0, inLane1, last];

function namesOf(at: VisitView, visits = all) {
  return variablesInScope(visits, at).map(({ name, found, own }) => [
    name,
    found?.visit.name,
    own?.visit.name,
  ]);
}

test("a state finds what those before it assigned, and what it assigns itself is told apart", () => {
  expect(namesOf(first)).toEqual([
    ["name", undefined, "s2"],
    ["total", undefined, "s2"],
  ]);
  expect(namesOf(last)).toEqual([
    ["name", "s2", undefined],
    ["sum", "s4", undefined],
    ["total", "s2", "s21"],
  ]);
});

test("an item finds what is around it and its own, and nothing of another item", () => {
  expect(namesOf(next0)).toEqual([
    ["name", "s2", undefined],
    ["price", "s6", "s8"],
    ["total", "s2", undefined],
  ]);
  expect(namesOf(inLane1)).toEqual([
    ["name", "s2", undefined],
    ["total", "s2", undefined],
  ]);
});

test("the history has the newest value first", () => {
  const total = variablesInScope(all, last).find(({ name }) => name === "total");
  expect(total?.history.map(({ eventId }) => eventId)).toEqual([22, 3]);
});

test("at an earlier moment what had not been left then has assigned nothing", () => {
  const { exitEventId: _id, exitedAt: _at, ...running } = next0;
  const moment = [first, map, inLane0, running as VisitView];
  expect(namesOf(running as VisitView, moment)).toEqual([
    ["name", "s2", undefined],
    ["price", "s6", undefined],
    ["total", "s2", undefined],
  ]);
});
