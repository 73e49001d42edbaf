import { expect, test } from "vitest";
import type { StateMachineRecord, Store } from "../../ports/store.ts";
import { parseDefinition } from "../../asl/parse-definition.ts";
import { type Compile, createDirectory } from "./state-machine-directory.ts";

const arn = "arn:aws:states:eu-west-1:123456789012:stateMachine:orders";

/**
 * A store of one state machine with the versions 1 and 2 and the alias `live` of both; `reads` has what was asked of
 * it, and `hold` keeps the answers of one method back until the promise resolves.
 */
function oneMachine() {
  const reads: string[] = [];
  const held = new Map<string, Promise<void>>();
  let record: StateMachineRecord = {
    stateMachineArn: arn,
    name: "orders",
    type: "STANDARD",
    status: "ACTIVE",
    createdAt: 0,
    revisionId: "r3",
    tags: {},
  };
  async function answer<T>(read: string, value: T): Promise<T> {
    reads.push(read);
    await held.get(read);
    return value;
  }
  const store: Pick<
    Store,
    "stateMachine" | "revision" | "version" | "aliases" | "putStateMachine" | "deleteAlias"
  > = {
    stateMachine: (asked) => answer("stateMachine", asked === arn ? record : undefined),
    revision: (stateMachineArn, revisionId) =>
      answer(`revision ${revisionId}`, {
        stateMachineArn,
        revisionId,
        initial: false,
        createdAt: 0,
        definition: `{"Comment":"${revisionId}","StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}`,
        roleArn: `role of ${revisionId}`,
      }),
    version: (stateMachineArn, version) =>
      answer(
        `version ${version}`,
        version < 3
          ? { stateMachineArn, version, revisionId: `r${version}`, createdAt: 0 }
          : undefined,
      ),
    aliases: (stateMachineArn) =>
      answer("aliases", [
        {
          stateMachineArn,
          name: "live",
          routes: [
            { version: 2, weight: 70 },
            { version: 1, weight: 30 },
          ],
          createdAt: 0,
          updatedAt: 0,
        },
      ]),
    async putStateMachine(changed) {
      record = changed;
    },
    async deleteAlias() {},
  };
  return {
    reads,
    store: store as Store,
    directory: createDirectory(store as Store),
    record: () => record,
    hold: (read: string): (() => void) => {
      let release = () => {};
      held.set(read, new Promise((resolve) => (release = resolve)));
      return () => {
        held.delete(read);
        release();
      };
    },
  };
}

test("an alias stands for its versions, each with its own revision", async () => {
  const { directory } = oneMachine();
  const target = await directory.find(`${arn}:live`);
  expect(target?.alias?.name).toBe("live");
  expect(
    target?.routes.map(({ stateMachine, version, weight }) => ({
      role: stateMachine.revision.roleArn,
      comment: stateMachine.definition.Comment,
      version: version?.version,
      weight,
    })),
  ).toEqual([
    { role: "role of r2", comment: "r2", version: 2, weight: 70 },
    { role: "role of r1", comment: "r1", version: 1, weight: 30 },
  ]);
  expect((await directory.get(arn))?.revision.revisionId).toBe("r3");
});

test.each([arn, `${arn}:1`, `${arn}:live`])("%s is read once", async (asked) => {
  const { directory, reads } = oneMachine();
  const first = await directory.find(asked);
  const count = reads.length;
  expect(count).toBeGreaterThan(0);
  expect(await directory.find(asked)).toBe(first);
  expect(reads).toHaveLength(count);
});

test.each([`${arn}:3`, `${arn}:test`, `${arn}:01`, `${arn}s`, `${arn}s:1`, "nonsense"])(
  "%s stands for nothing",
  async (asked) => {
    expect(await oneMachine().directory.find(asked)).toBeUndefined();
  },
);

test("a version or an alias is not a state machine", async () => {
  const { directory } = oneMachine();
  await directory.find(`${arn}:1`);
  expect(await directory.get(`${arn}:1`)).toBeUndefined();
});

test("a change of a state machine is seen through its versions and aliases", async () => {
  const { directory, record } = oneMachine();
  for (const asked of [arn, `${arn}:1`, `${arn}:live`]) await directory.find(asked);
  await directory.put({ ...record(), status: "DELETING" });
  for (const asked of [arn, `${arn}:1`, `${arn}:live`]) {
    expect((await directory.find(asked))?.stateMachine.record.status).toBe("DELETING");
  }
});

test.each([
  [arn, "stateMachine"],
  [`${arn}:1`, "version 1"],
  [`${arn}:live`, "aliases"],
])("what was read of %s before a change is not kept after it", async (asked, read) => {
  const { directory, record, hold } = oneMachine();
  const release = hold(read);
  const early = directory.find(asked);
  await new Promise((resolve) => setImmediate(resolve));
  await directory.put({ ...record(), tags: { changed: "yes" } });
  release();
  await early;
  const late = await directory.find(asked);
  expect(late?.stateMachine.record.tags).toEqual({ changed: "yes" });
});

test("a revision whose definition was compiled when it was checked is not compiled again", async () => {
  let compiled = 0;
  const compile: Compile = (text, prepared) => {
    compiled++;
    return parseDefinition(text, prepared);
  };
  const { record, store } = oneMachine();
  const directory = createDirectory(store, compile);
  const text = '{"StartAt":"P","States":{"P":{"Type":"Pass","End":true}}}';
  const revision = { stateMachineArn: arn, revisionId: "r4", initial: false, createdAt: 0 };
  const { definition } = parseDefinition(text);
  await directory.put(
    { ...record(), revisionId: "r4" },
    { ...revision, definition: text, roleArn: "role of r4" },
    undefined,
    definition,
  );
  expect((await directory.get(arn))?.definition).toBe(definition);
  expect(compiled).toBe(0);
});

test("an alias that is deleted is read anew", async () => {
  const { directory, reads } = oneMachine();
  await directory.find(`${arn}:live`);
  await directory.deleteAlias(arn, "live");
  const count = reads.length;
  await directory.find(`${arn}:live`);
  expect(reads.slice(count)).toContain("aliases");
});
