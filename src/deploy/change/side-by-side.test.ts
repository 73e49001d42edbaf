import fc from "fast-check";
import { expect, test } from "vitest";
import type { PlannedResource } from "../../template/template.ts";
import { ResourceFailed } from "./make-resource.ts";
import { inOrderOfRemoval } from "./delete-resources.ts";
import { sideBySide } from "./side-by-side.ts";

/** Resources by how many of those before them each depends on, in bits. */
const graphs = fc.array(fc.nat(255), { minLength: 1, maxLength: 12 });

function resourcesOf(graph: readonly number[]): readonly PlannedResource[] {
  return graph.map((bits, index) => ({
    logicalId: `R${index}`,
    type: "Test::Thing",
    dependencies: graph.flatMap((_, other) =>
      other < index && (bits >> other) & 1 ? [`R${other}`] : [],
    ),
    deletionPolicy: "Delete",
    updateReplacePolicy: "Delete",
  })) as unknown as readonly PlannedResource[];
}

/** What happened, in order; each takes as many turns as its number says. */
async function performed(
  graph: readonly number[],
  turns: readonly number[],
  failing?: string,
): Promise<{ readonly log: readonly string[]; readonly most: number; readonly error: unknown }> {
  const log: string[] = [];
  let atOnce = 0;
  let most = 0;
  const error: unknown = await sideBySide(
    resourcesOf(graph),
    async ({ logicalId }) => {
      log.push(`begin ${logicalId}`);
      most = Math.max(most, ++atOnce);
      const wanted = turns[Number(logicalId.slice(1)) % turns.length] ?? 0;
      for (let turn = 0; turn < wanted; turn++) await Promise.resolve();
      atOnce--;
      if (logicalId === failing) throw new ResourceFailed(logicalId, "create", "no");
      log.push(`end ${logicalId}`);
    },
    () => log.push("given up"),
  ).catch((thrown: unknown) => thrown);
  return { log, most, error };
}

const turns = fc.array(fc.nat(9), { minLength: 1, maxLength: 12 });

test("all are made, each when what it depends on has been made, and at most four at once", async () => {
  await fc.assert(
    fc.asyncProperty(graphs, turns, async (graph, lengths) => {
      const { log, most, error } = await performed(graph, lengths);
      expect(error).toBeUndefined();
      expect(most).toBeLessThanOrEqual(4);
      expect(log).toHaveLength(graph.length * 2);
      for (const { logicalId, dependencies } of resourcesOf(graph)) {
        const begun = log.indexOf(`begin ${logicalId}`);
        for (const name of dependencies) {
          expect(log.indexOf(`end ${name}`)).toBeLessThan(begun);
        }
      }
    }),
  );
});

test("what does not depend on anything is made at the same time", async () => {
  expect((await performed([0, 0, 0], [3])).most).toBe(3);
});

test("when one fails no other begins, and those that have begun come to their end", async () => {
  await fc.assert(
    fc.asyncProperty(graphs, turns, fc.nat(), async (graph, lengths, at) => {
      const failing = `R${at % graph.length}`;
      const { log, error } = await performed(graph, lengths, failing);
      expect(error).toMatchObject({ logicalId: failing });
      const after = log.slice(log.indexOf("given up"));
      expect(after.filter((line) => line.startsWith("begin"))).toEqual([]);
      const begun = log.filter((line) => line.startsWith("begin")).length;
      expect(log.filter((line) => line.startsWith("end"))).toHaveLength(begun - 1);
    }),
  );
});

const removalsOf = (resources: readonly Pick<PlannedResource, "logicalId" | "dependencies">[]) =>
  inOrderOfRemoval(resources, ({ logicalId, dependencies }) => ({
    key: `key of ${logicalId}`,
    name: logicalId,
    dependencies,
  }));

test("what is removed waits for all that depends on it, and for nothing else", async () => {
  await fc.assert(
    fc.asyncProperty(graphs, async (graph) => {
      const resources = resourcesOf(graph);
      const gone: string[] = [];
      await sideBySide(removalsOf(resources), async ({ item }) => {
        await Promise.resolve();
        gone.push(item.logicalId);
      });
      expect(gone).toHaveLength(graph.length);
      for (const { logicalId, dependencies } of resources) {
        for (const name of dependencies) {
          expect(gone.indexOf(logicalId)).toBeLessThan(gone.indexOf(name));
        }
      }
    }),
  );
  expect(removalsOf(resourcesOf([0, 0])).map(({ dependencies }) => dependencies)).toEqual([[], []]);
});

test("what depends on each other in a circle is removed one after the other, the last first", async () => {
  const gone: string[] = [];
  const circle = [
    { logicalId: "A", dependencies: ["B"] },
    { logicalId: "B", dependencies: ["A"] },
    { logicalId: "C", dependencies: [] },
  ];
  await sideBySide(removalsOf(circle), async ({ item }) => void gone.push(item.logicalId));
  expect(gone).toEqual(["C", "B", "A"]);
});
