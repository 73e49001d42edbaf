import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { ExecutionStatus, ExecutionWrite, Page, Store } from "../../src/ports/store.ts";
import { createMemoryStore } from "../../src/store/memory/memory-store.ts";
import { openSqliteStore } from "../../src/store/sqlite/sqlite-store.ts";
import { postgresStores } from "./postgres-stores.ts";
import { sharedPostgres } from "./shared-postgres.ts";
import {
  activity,
  activityArn,
  alias,
  document,
  note,
  batch,
  executionArn,
  machineArn,
  revision,
  started,
  stateMachine,
  version,
} from "./store-fixtures.ts";

const machines = ["orders", "returns"];
const names = ["a", "b", "c", "d", "e", "f", "g", "h"];
const queues = ["pack", "ship"];
const aliasNames = ["live", "test"];
const ends: readonly ExecutionStatus[] = ["SUCCEEDED", "FAILED", "TIMED_OUT", "ABORTED"];

/** A seeded source of choices, so that a failing run can be had again. */
function choices(seed: number) {
  let state = seed;
  const below = (bound: number): number => {
    // The mulberry32 generator.
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % bound;
  };
  const chance = (percent: number): boolean => below(100) < percent;
  const oneOf = <T>(items: readonly T[]): T => items[below(items.length)] as T;
  const some = <T>(most: number, make: () => T): T[] =>
    Array.from({ length: below(most + 1) }, make);
  return { below, chance, oneOf, some };
}

type Choices = ReturnType<typeof choices>;

/** What the owner of the partition knows; part of it wrong now and then, so that refusals are compared too. */
interface World {
  epoch: number;
  sequence: number;
  eventId: number;
  /** How many stores are asked. */
  readonly stores: number;
  /** Where a listing goes on, by what is listed: each store's own position. */
  readonly after: Map<string, readonly string[]>;
}

function randomWrite({ below, chance, oneOf, some }: Choices, world: World): ExecutionWrite {
  const name = oneOf(names);
  const stateMachineArn = machineArn(oneOf(machines));
  const record = started(name, {
    stateMachineArn,
    ...(chance(40) ? { stateMachineVersionArn: `${stateMachineArn}:${below(2)}` } : {}),
    ...(chance(30) ? { stateMachineAliasArn: `${stateMachineArn}:${oneOf(aliasNames)}` } : {}),
    startDate: 1000 + below(5),
    ...(chance(20) ? { traceHeader: "trace" } : {}),
  });
  const first = world.eventId;
  world.eventId += 1 + below(3);
  const isPrivate = chance(20);
  const firstEventId = isPrivate ? 0 : first;
  const lastEventId = isPrivate ? 0 : world.eventId - 1;
  const task = () => ({
    activityArn: activityArn(oneOf(queues)),
    executionArn: record.executionArn,
    taskId: below(6),
  });
  return {
    executionArn: record.executionArn,
    ...(chance(40) ? { start: record } : {}),
    ...(chance(70) ? { chunk: { firstEventId, lastEventId, data: `[${first}]` } } : {}),
    ...(chance(15) ? { closed: { status: oneOf(ends), stopDate: 2000 + below(9) } } : {}),
    ...(chance(30)
      ? { parked: oneOf([null, { wakeAt: undefined }, { wakeAt: 3000 + below(9) }]) }
      : {}),
    ...(chance(30) ? { activityTasksAdded: some(3, task) } : {}),
    ...(chance(30) ? { activityTasksRemoved: some(3, () => below(6)) } : {}),
  };
}

/** Asks every store for the same page; each goes on from its own position. */
function paged<T>(
  { below, chance }: Choices,
  world: World,
  key: string,
  list: (store: Store, page: { limit: number; after?: string }) => Promise<Page<T>>,
): Step {
  const limit = 1 + below(3);
  const after = chance(60) ? world.after.get(key) : undefined;
  const next: string[] = [];
  return async (store, which) => {
    const from = after?.[which];
    const page = await list(store, { limit, ...(from !== undefined && { after: from }) });
    if (page.next !== undefined) next[which] = page.next;
    if (next.filter(Boolean).length === world.stores) world.after.set(key, next);
    else world.after.delete(key);
    return { items: page.items, goesOn: page.next !== undefined };
  };
}

type Step = (store: Store, which: number) => Promise<unknown>;

const operations: {
  readonly [M in Exclude<keyof Store, "partitions">]?: (c: Choices, w: World) => Step;
} = {
  acquire: (_, world) => async (store) => {
    world.epoch = await store.acquire(0);
    world.sequence = 0;
    return world.epoch;
  },
  release: ({ below }, world) => {
    const epoch = Math.max(1, world.epoch - below(3));
    return (store) => store.release(0, epoch);
  },
  commit: (c, world) => {
    const sequence = world.sequence + c.oneOf([1, 1, 1, 1, 1, 1, 0, 2]);
    const epoch = c.chance(95) ? world.epoch : world.epoch - 1;
    // Small batches mostly: one wrong write refuses all of it.
    const writes = c.some(c.chance(80) ? 2 : 6, () => randomWrite(c, world));
    const message = () => ({
      id: `m${c.below(8)}`,
      to: executionArn(c.oneOf(names)),
      body: String(world.eventId),
    });
    const messagesSent = c.some(2, message);
    const messagesDelivered = c.some(2, () => `m${c.below(8)}`);
    return async (store) => {
      const result = await store.commit(
        batch(epoch, sequence, writes, { messagesSent, messagesDelivered }),
      );
      if (result === "committed") world.sequence = sequence;
      return result;
    };
  },
  resolve: ({ below }, world) => {
    const epoch = Math.max(1, world.epoch - below(2));
    const sequence = Math.max(1, world.sequence - 3 + below(5));
    return async (store) => {
      const answer = await store.resolve(0, epoch, sequence);
      if (epoch === world.epoch) world.sequence = Math.max(world.sequence, sequence);
      return answer;
    };
  },
  execution: ({ oneOf }) => {
    const name = oneOf(names);
    return (store) => store.execution(executionArn(name));
  },
  executions: (c, world) => {
    const status = c.oneOf([undefined, "RUNNING", ...ends] as const);
    const stateMachineArn = machineArn(c.oneOf(machines));
    const through = c.oneOf([
      {},
      { stateMachineVersionArn: `${stateMachineArn}:${c.below(2)}` },
      { stateMachineAliasArn: `${stateMachineArn}:${c.oneOf(aliasNames)}` },
    ]);
    const filter = { stateMachineArn, ...(status && { status }), ...through };
    return paged(c, world, JSON.stringify(filter), (store, page) => store.executions(filter, page));
  },
  journal: ({ chance, below, oneOf }, world) => {
    const name = oneOf(names);
    const range = {
      ...(chance(50) ? { from: below(world.eventId + 2) } : {}),
      ...(chance(50) ? { reverse: chance(70) } : {}),
      ...(chance(50) ? { limit: 1 + below(4) } : {}),
    };
    return (store) => store.journal(executionArn(name), range);
  },
  journals: ({ some, oneOf }) => {
    const arns = some(5, () => executionArn(oneOf(names)));
    return (store) => store.journals(arns);
  },
  resident: (c, world) => paged(c, world, "resident", (store, page) => store.resident(0, page)),
  due: ({ below }) => {
    const until = 2999 + below(12);
    const limit = 1 + below(5);
    return (store) => store.due(0, until, limit);
  },
  nextWake: () => (store) => store.nextWake(0),
  activityTasks: ({ below, oneOf }) => {
    const queue = activityArn(oneOf(queues));
    const limit = 1 + below(9);
    return (store) => store.activityTasks(queue, limit);
  },
  messages: ({ below }) => {
    const limit = 1 + below(9);
    return (store) => store.messages(0, limit);
  },
  putStateMachine: ({ below, chance, oneOf }) => {
    const name = oneOf(machines);
    const revisionId = `revision-${below(4)}`;
    const record = stateMachine(name, { createdAt: 500 + below(3), revisionId });
    const made = revision(name, { revisionId, definition: String(below(100)) });
    const withRevision = chance(60);
    const published = chance(60) ? version(name, 1 + below(8), { revisionId }) : undefined;
    return (store) => store.putStateMachine(record, withRevision ? made : undefined, published);
  },
  stateMachine: ({ oneOf }) => {
    const arn = machineArn(oneOf(machines));
    return (store) => store.stateMachine(arn);
  },
  stateMachines: (c, world) =>
    paged(c, world, "machines", (store, page) => store.stateMachines("", page)),
  deleteStateMachine: ({ oneOf }) => {
    const arn = machineArn(oneOf(machines));
    return (store) => store.deleteStateMachine(arn);
  },
  revision: ({ below, oneOf }) => {
    const arn = machineArn(oneOf(machines));
    const revisionId = `revision-${below(4)}`;
    return (store) => store.revision(arn, revisionId);
  },
  version: ({ below, oneOf }) => {
    const arn = machineArn(oneOf(machines));
    const number = below(9);
    return (store) => store.version(arn, number);
  },
  versions: (c, world) => {
    const arn = machineArn(c.oneOf(machines));
    return paged(c, world, `versions ${arn}`, (store, page) => store.versions(arn, page));
  },
  deleteVersion: ({ below, oneOf }) => {
    const arn = machineArn(oneOf(machines));
    const number = below(9);
    return (store) => store.deleteVersion(arn, number);
  },
  putAlias: ({ below, chance, oneOf }) => {
    const record = alias(oneOf(machines), oneOf(aliasNames), {
      updatedAt: 600 + below(3),
      ...(chance(50) ? { description: String(below(9)) } : {}),
    });
    return (store) => store.putAlias(record);
  },
  aliases: ({ oneOf }) => {
    const arn = machineArn(oneOf(machines));
    return (store) => store.aliases(arn);
  },
  deleteAlias: ({ oneOf }) => {
    const arn = machineArn(oneOf(machines));
    const name = oneOf(aliasNames);
    return (store) => store.deleteAlias(arn, name);
  },
  putNote: ({ below, oneOf }) => {
    const version = 1 + below(3);
    const record = note(oneOf(machines), oneOf(aliasNames), { version, body: String(below(3)) });
    return (store) => store.putNote(record);
  },
  note: ({ oneOf }) => {
    const arn = machineArn(oneOf(machines));
    const kind = oneOf(aliasNames);
    return (store) => store.note(arn, kind);
  },
  putDocument: ({ below, oneOf }) => {
    const version = 1 + below(3);
    const record = document(oneOf(names), { version, body: String(below(3)) });
    return (store) => store.putDocument(record);
  },
  document: ({ oneOf }) => {
    const id = oneOf(names);
    return (store) => store.document("iam.user", id);
  },
  deleteDocument: ({ below, oneOf }) => {
    const [id, version] = [oneOf(names), 1 + below(3)];
    return (store) => store.deleteDocument("iam.user", id, version);
  },
  putActivity: ({ below, oneOf }) => {
    const record = activity(oneOf(names), { createdAt: 700 + below(3) });
    return (store) => store.putActivity(record);
  },
  activity: ({ oneOf }) => {
    const arn = activityArn(oneOf(names));
    return (store) => store.activity(arn);
  },
  activities: (c, world) =>
    paged(c, world, "activities", (store, page) => store.activities("", page)),
  deleteActivity: ({ oneOf }) => {
    const arn = activityArn(oneOf(names));
    return (store) => store.deleteActivity(arn);
  },
  deleteClosed: ({ below }) => {
    const before = 2000 + below(10);
    const limit = 1 + below(3);
    return (store) => store.deleteClosed(before, limit);
  },
  packClosed: ({ below }) => {
    const before = 2000 + below(10);
    const limit = 1 + below(3);
    // How many it worked on is the store's own matter; what is read afterwards is not.
    return async (store) => void (await store.packClosed?.(before, limit));
  },
};

type Outcome = { readonly value: unknown } | { readonly refused: string };

async function outcomeOf(step: Promise<unknown>): Promise<Outcome> {
  try {
    return { value: await step };
  } catch (error) {
    if (!(error instanceof Error) || error.name === "StoreFailure") throw error;
    // Which revision or version is stored already is worded by SQLite there, and by us here.
    return {
      refused: error.message.replace(
        /UNIQUE constraint failed.*|(revision|version) .* is stored already/,
        "stored already",
      ),
    };
  }
}

/** Whether an answer shows that its operation had something to work on. */
function isTelling({ value }: { readonly value: unknown }): boolean {
  if (value === undefined || value === 0) return false;
  if (Array.isArray(value)) return value.length > 0;
  if (typeof value === "object" && value !== null && "items" in value) {
    return Array.isArray(value.items) && value.items.length > 0;
  }
  return true;
}

const silent = new Set([
  "release",
  "putStateMachine",
  "deleteStateMachine",
  "deleteVersion",
  "putAlias",
  "deleteAlias",
  "putActivity",
  "deleteActivity",
  "packClosed",
]);

/** A store that is compared with memory, as it is opened for the first time and again. */
type Open = () => Promise<Store>;

const server = await sharedPostgres();
const servers = typeof server === "string" ? [] : [server];

async function openersOf(seed: number, dataDir: string): Promise<readonly Open[]> {
  const sqlite: Open = () => openSqliteStore({ dataDir });
  // A server is asked over a network, which takes ten times as long.
  const postgres = servers
    .filter(() => seed === 1)
    .map(
      ({ url }): Open =>
        () =>
          postgresStores(url).open({ partitions: 1, schema: `s${seed}` }),
    );
  return [sqlite, ...postgres];
}

test.for([1, 2, 3])(
  "sqlite and postgres answer a random sequence of operations as memory does (seed %i)",
  { timeout: 60_000 },
  async (seed) => {
    const dataDir = await mkdtemp(join(tmpdir(), "stepwell-differential-"));
    const memory = createMemoryStore();
    const open = await openersOf(seed, dataDir);
    const others = await Promise.all(open.map((each) => each()));
    const told = new Set<string>();
    const refused = new Set<string>();
    try {
      const c = choices(seed);
      const world: World = {
        epoch: 0,
        sequence: 0,
        eventId: 1,
        stores: 1 + others.length,
        after: new Map(),
      };
      // Commits are most of what a store does, and owners change seldom.
      const weights: { readonly [method: string]: number } = {
        acquire: 0.3,
        release: 0.2,
        commit: 14,
        deleteVersion: 0.3,
        version: 6,
        note: 4,
        putNote: 2,
        packClosed: 3,
      };
      const deck = Object.entries(operations).flatMap(([method, operation]) =>
        Array.from(
          { length: Math.ceil(10 * (weights[method] ?? 1)) },
          () => [method, operation] as const,
        ),
      );
      for (let count = 0; count < 2000; count += 1) {
        const [method, operation] =
          count === 0 ? (["acquire", operations.acquire] as const) : c.oneOf(deck);
        const step = operation?.(c, world) ?? (() => Promise.reject(new Error("no such step")));
        const { epoch, sequence } = world;
        const expected = await outcomeOf(step(memory, 0));
        for (const [index, other] of others.entries()) {
          // The step sees for each store what the owner knew before it.
          Object.assign(world, { epoch, sequence });
          const answer = await outcomeOf(step(other, index + 1));
          const where = `${index === 0 ? "sqlite" : "postgres"}, step ${count}: ${method}`;
          expect(answer, where).toStrictEqual(expected);
        }
        if ("refused" in expected) refused.add(method);
        else if (silent.has(method) || isTelling(expected)) told.add(method);
        if (c.below(300) === 0) {
          for (const [index, again] of open.entries()) {
            await others[index]?.close();
            others[index] = await again();
          }
        }
      }
      expect([...told].toSorted()).toEqual(Object.keys(operations).toSorted());
      expect(refused).toContain("commit");
    } finally {
      await Promise.all(others.map((other) => other.close()));
      await rm(dataDir, { recursive: true });
    }
  },
);
