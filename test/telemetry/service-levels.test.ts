import { expect, test } from "vitest";
import type { Store } from "../../src/ports/store.ts";
import { createMemoryStore } from "../../src/store/memory/memory-store.ts";
import { ServiceLevels } from "../../src/telemetry/counting/service-levels.ts";
import {
  activity,
  alias,
  mapRun,
  machineArn,
  own,
  start,
  started,
  stateMachine,
  version,
  write,
} from "../contracts/store-fixtures.ts";

async function filled(): Promise<Store> {
  const store = createMemoryStore();
  const owner = await own(store);
  await store.putStateMachine(stateMachine("orders"));
  await store.putStateMachine({ ...stateMachine("quick"), type: "EXPRESS" });
  await store.putActivity(activity("pack"));
  await owner.commit([start(started("a")), start(started("b"))]);
  const run = mapRun("r");
  await store.putMapRun({ ...run, itemCounts: { ...run.itemCounts, pending: 12 } });
  return store;
}

async function read(store: Store, at: number, levels = teller(store)) {
  const found = await levels.read(at);
  return Object.fromEntries(
    found.map(({ name, dimensions, statistics }) => [
      [name, dimensions["Resource"], dimensions["ResourceArn"]].filter(Boolean).join(" "),
      statistics.sum,
    ]),
  );
}

function teller(store: Store, isTeller = true): ServiceLevels {
  return new ServiceLevels({ store, region: "us-east-1", isTeller: () => isTeller });
}

test("what is open and what there is, is told beside AWS's quotas", async () => {
  const store = await filled();
  expect(await read(store, 0)).toMatchObject({
    OpenExecutionCount: 2,
    OpenExecutionLimit: 1_000_000,
    ApproximateOpenMapRunCount: 1,
    OpenMapRunLimit: 1_000,
    ApproximateMapRunBacklogSize: 12,
    "ResourceCount StateMachineCount": 2,
    "ResourceCount ActivityCount": 1,
    [`VersionCount ${machineArn("orders")}`]: 0,
  });
});

test("open executions are told of each state machine that has some, and once when they have ended", async () => {
  const store = createMemoryStore();
  const owner = await own(store);
  await store.putStateMachine(stateMachine("orders"));
  await store.putStateMachine(stateMachine("idle"));
  await owner.commit([start(started("a")), start(started("b"))]);
  const levels = teller(store);
  const open = async (at: number) =>
    Object.entries(await read(store, at, levels)).filter(([name]) =>
      name.includes("OpenExecutionCountPerStateMachine"),
    );
  const name = `ResourceCount OpenExecutionCountPerStateMachine ${machineArn("orders")}`;
  expect(await open(0)).toEqual([[name, 2]]);
  const closed = { status: "SUCCEEDED", stopDate: 2_000 } as const;
  await owner.commit([write("a", { closed }), write("b", { closed })]);
  expect(await open(60_000)).toEqual([[name, 0]]);
  expect(await open(120_000)).toEqual([]);
});

test("versions and aliases are counted now and then, and told all the time", async () => {
  const store = await filled();
  const levels = teller(store);
  await read(store, 0, levels);
  await store.putStateMachine(stateMachine("orders"), undefined, version("orders", 1));
  await store.putAlias(alias("orders", "live"));
  const [versions, aliases] = ["VersionCount", "AliasCount"].map(
    (name) => `${name} ${machineArn("orders")}`,
  ) as [string, string];
  expect(await read(store, 60_000, levels)).toMatchObject({ [versions]: 0, [aliases]: 0 });
  expect(await read(store, 600_000, levels)).toMatchObject({ [versions]: 1, [aliases]: 1 });
});

test("a node that is not the one to tell says nothing", async () => {
  const store = await filled();
  expect(await read(store, 0, teller(store, false))).toEqual({});
});
