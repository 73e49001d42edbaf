import { expect, test } from "vitest";
import { stepClock } from "../../../test/runtime/step-clock.ts";
import type { DocumentStore } from "../../ports/document-store.ts";
import { createMemoryStore } from "../../store/memory/memory-store.ts";
import { Outcomes } from "./outcomes.ts";

const source = "arn:aws:events:us-east-1:123456789012:rule/placed";
const request = {
  sourceArn: source,
  arn: "arn:aws:states:us-east-1:123456789012:stateMachine:Orders",
} as Parameters<Outcomes["note"]>[0];
const refused = {
  type: "failed",
  code: "Gone",
  message: "It is not there.",
  isTransient: false,
} as const;
const dayMs = 86_400_000;

const settled = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
};

/** Nodes that share a store and a clock. */
function nodes(count: number, store: DocumentStore = createMemoryStore()) {
  const clock = stepClock();
  const warnings: string[] = [];
  const logger = { warn: (message: string) => void warnings.push(message) };
  const all = Array.from({ length: count }, () => new Outcomes({ store, clock, logger }));
  const started = (name: string) => ({ type: "taken", output: { executionArn: name } }) as const;
  return {
    all,
    clock,
    warnings,
    started,
    advance: (ms: number): Promise<void> => {
      clock.advance(ms);
      return settled();
    },
  };
}

test("what several nodes have done is one count on each, with the newest of all first, and outlives them", async () => {
  const store = createMemoryStore();
  const { all, clock, started, advance } = nodes(2, store);
  const [one, other] = all as [Outcomes, Outcomes];
  one.note(request, started("first"));
  clock.advance(1);
  other.note(request, refused);
  other.noteGivenUp(request);
  clock.advance(1);
  one.note(request, started("last"));
  expect(await one.of(source)).toMatchObject({ taken: 2, failed: 0 });
  await advance(5_000);
  const expected = {
    taken: 2,
    failed: 1,
    givenUp: 1,
    newest: [{ executionArn: "last" }, { code: "Gone" }, { executionArn: "first" }],
  };
  expect(await one.of(source)).toMatchObject(expected);
  expect(await other.of(source)).toMatchObject(expected);
  other.note(request, started("at the end"));
  await other.stop();
  const [next] = nodes(1, store).all as [Outcomes];
  expect(await next.of(source)).toMatchObject({
    taken: 3,
    newest: [{ executionArn: "at the end" }, ...expected.newest],
  });
});

test("what is older than seven days is not counted, and what was counted of triggers that are gone goes", async () => {
  const store = createMemoryStore();
  const { all, started, advance } = nodes(1, store);
  const [node] = all as [Outcomes];
  node.note(request, started("old"));
  await advance(5_000);
  await advance(6 * dayMs);
  expect(await node.of(source)).toMatchObject({ taken: 1 });
  await advance(dayMs);
  expect(await node.of(source)).toMatchObject({ taken: 0, newest: [] });
  node.note({ ...request, sourceArn: `${source}-other` }, started("new"));
  await advance(5_000);
  const { items } = await store.documents("event.outcomes", { limit: 10 });
  expect(items.map(({ id }) => id)).toEqual([`${source}-other`]);
});

test("what cannot be stored is counted by the node meanwhile, and stored later", async () => {
  const store = createMemoryStore();
  let isThere = false;
  const failing: DocumentStore = {
    document: (...asked) => store.document(...asked),
    documents: (...asked) => store.documents(...asked),
    deleteDocument: (...asked) => store.deleteDocument(...asked),
    putDocument: (record) =>
      isThere ? store.putDocument(record) : Promise.reject(new Error("away")),
  };
  const { all, started, warnings, advance } = nodes(1, failing);
  const [node] = all as [Outcomes];
  node.note(request, started("one"));
  await advance(5_000);
  expect(warnings).toHaveLength(1);
  expect(await node.of(source)).toMatchObject({ taken: 1 });
  isThere = true;
  await advance(5_000);
  const [next] = nodes(1, store).all as [Outcomes];
  expect(await next.of(source)).toMatchObject({ taken: 1 });
});
