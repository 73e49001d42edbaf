import { expect, test } from "vitest";
import type { ClusterView } from "../../ports/cluster-store.ts";
import { clusterStateView, databaseView } from "./cluster-desk.ts";

const node = (nodeId: string, leaseUntil: number) => ({
  nodeId,
  url: `http://${nodeId}:1`,
  version: "1.0.0",
  isLeaving: nodeId === "b",
  startedAt: 1,
  leaseUntil,
});
const view: ClusterView = {
  now: 1_000,
  nodes: [node("b", 2_500), node("a", 11_000)],
  partitions: [
    { partition: 0, epoch: 1, nodeId: "a" },
    { partition: 1, epoch: 4, nodeId: "gone" },
    { partition: 2, epoch: 0 },
    { partition: 3, epoch: 2, nodeId: "a" },
  ],
  changes: 0,
};
const status = { nodeId: "a", leaseMs: 10_000, leaseLeftMs: 8_000, view, takenOver: 3, lost: 1 };

test("partitions are those of live nodes, or nobody's", () => {
  const shown = clusterStateView(status, undefined);
  expect(shown.nodes.map(({ nodeId, partitions }) => [nodeId, partitions])).toEqual([
    ["a", 2],
    ["b", 0],
  ]);
  expect(shown.withoutOwner).toEqual([1, 2]);
  expect(shown.nodes[1]?.isLeaving).toBe(true);
});

test("leases are told as far as they have run since the view was seen", () => {
  const shown = clusterStateView(status, undefined);
  expect(shown.ageMs).toBe(2_000);
  expect(shown.nodes.map(({ leaseLeftMs }) => leaseLeftMs)).toEqual([8_000, -500]);
});

test("a node that has ended its lease knows no age, and one that has seen nothing yet shows nothing", () => {
  const ended = clusterStateView({ ...status, leaseLeftMs: Number.NEGATIVE_INFINITY }, undefined);
  expect(ended.ageMs).toBeUndefined();
  expect(ended.nodes.every(({ leaseLeftMs }) => leaseLeftMs <= 0)).toBe(true);
  const unseen = clusterStateView({ ...status, view: undefined }, undefined);
  expect(unseen).toMatchObject({ nodes: [], partitions: 0, withoutOwner: [] });
});

test("only a setting that is off is a risk: not one that the database does not have", () => {
  const { settings } = databaseView({
    serverVersion: "PostgreSQL 18.0",
    fsync: "off",
    fullPageWrites: "unknown",
    synchronousCommit: "local",
  });
  expect(settings.map(({ isRisky }) => isRisky)).toEqual([true, false, false]);
});
