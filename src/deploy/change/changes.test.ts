import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../expression/json.ts";
import type { Caller } from "../../ports/caller.ts";
import type { DocumentStore } from "../../ports/document-store.ts";
import { ServiceError } from "../../ports/service-api.ts";
import { systemIds } from "../../runtime/system-ids.ts";
import { createMemoryStore } from "../../store/memory/memory-store.ts";
import { stepClock } from "../../../test/runtime/step-clock.ts";
import { createDeployer } from "../create-deployer.ts";
import type { ResourceProvider } from "../providers/provider.ts";
import type { StackRecord } from "../stacks/stack-record.ts";
import { isInProgress } from "../stacks/stack-status.ts";
import { holdMs } from "./held-stack.ts";

/** What is there of resources that a test makes: sizes by their ids, and what cannot be made. */
class World {
  readonly things = new Map<string, JsonObject>();
  isRefused: (logicalId: string, properties: JsonObject) => boolean = () => false;

  readonly provider: ResourceProvider = {
    replacing: ["Fixed"],
    create: async (properties, context) => {
      this.#check(context.logicalId, properties);
      const physicalId = context.generatedName({ maxLength: 60 });
      if (this.things.has(physicalId)) throw new ServiceError("AlreadyExists", physicalId);
      this.things.set(physicalId, properties);
      return { physicalId, attributes: { Arn: `arn:${physicalId}` } };
    },
    update: async (properties, { physicalId, attributes }, { logicalId }) => {
      this.#check(logicalId, properties);
      if (!this.things.has(physicalId)) throw new ServiceError("NotFound", physicalId);
      this.things.set(physicalId, properties);
      return { physicalId, attributes };
    },
    adopt: async (properties, context) => {
      const physicalId = context.generatedName({ maxLength: 60 });
      this.things.set(physicalId, properties);
      return { physicalId, attributes: { Arn: `arn:${physicalId}` } };
    },
    delete: async ({ physicalId }) => {
      const isNeeded = [...this.things.values()].some(({ To }) => To === physicalId);
      if (isNeeded) throw new ServiceError("InUse", physicalId);
      if (!this.things.delete(physicalId)) throw new ServiceError("NotFound", physicalId);
    },
  };

  #check(logicalId: string, properties: JsonObject): void {
    if (this.isRefused(logicalId, properties)) throw new Error(`${logicalId} cannot be made`);
  }
}

/** A store that a process has until it is killed: from then on it writes nothing any more. */
function killable(store: DocumentStore, putsUntilKilled: number): DocumentStore {
  let left = putsUntilKilled;
  return {
    document: (...asked) => store.document(...asked),
    documents: (...asked) => store.documents(...asked),
    putDocument: (record) =>
      left-- > 0 ? store.putDocument(record) : Promise.reject(new Error("killed")),
    deleteDocument: (...asked) =>
      left > 0 ? store.deleteDocument(...asked) : Promise.reject(new Error("killed")),
  };
}

const caller: Caller = {
  partition: "aws",
  region: "us-east-1",
  accountId: "123456789012",
  principal: { type: "owner" },
};
const request = { caller, signal: new AbortController().signal };
const notCalled = () => Promise.reject(new Error("nothing is called"));

function process(store: DocumentStore, world: World, clock = stepClock()) {
  const quiet = { debug() {}, info() {}, warn() {}, error() {} };
  const services = {
    service: { call: notCalled },
    iam: { call: notCalled },
    services: { call: notCalled, isOff: () => false },
  };
  const find = (type: string) => (type === "Test::Thing" ? world.provider : undefined);
  const deployer = createDeployer({ store, clock, ids: systemIds, logger: quiet, services, find });
  const { desk } = deployer;
  const settled = async (): Promise<StackRecord | undefined> => {
    for (let turn = 0; turn < 200; turn++) {
      const stack = (await desk.tools.store.stack("us-east-1", "s"))?.value;
      if (stack === undefined) return undefined;
      await desk.runner.ended(stack.stackId);
      if (!isInProgress(stack.status)) return stack;
      await new Promise((resolve) => setImmediate(resolve));
    }
    return (await desk.tools.store.stack("us-east-1", "s"))?.value;
  };
  return { ...deployer, clock, settled };
}

type Thing = { readonly size: number; readonly fixed: number; readonly to: string | undefined };
type Wanted = { readonly [name: string]: Thing };

function templateOf(wanted: Wanted): string {
  return JSON.stringify({
    Resources: Object.fromEntries(
      Object.entries(wanted).map(([name, { size, fixed, to }]) => [
        name,
        {
          Type: "Test::Thing",
          Properties: {
            Size: size,
            Fixed: fixed,
            ...(to !== undefined && to in wanted && { To: { Ref: to } }),
          },
        },
      ]),
    ),
  });
}

const wantedOf = (template: string) => ({
  template,
  given: {},
  tags: {},
  capabilities: [],
  notificationArns: [],
});

/** References go back in the alphabet only, so that there is no circle. */
const thing = (to: readonly string[]) =>
  fc.record({
    size: fc.nat(2),
    fixed: fc.nat(1),
    to:
      to.length === 0
        ? fc.constant(undefined)
        : fc.option(fc.constantFrom(...to), { nil: undefined }),
  });
const wantedThings: fc.Arbitrary<Wanted> = fc
  .record({ A: thing([]), B: thing(["A"]), C: thing(["A", "B"]) }, { requiredKeys: [] })
  .filter((wanted) => Object.keys(wanted).length > 0) as fc.Arbitrary<Wanted>;

/** What there is, by the stack's record: exactly that has to be in the world. */
function inRecord(stack: StackRecord | undefined): Map<string, JsonObject> {
  return new Map(
    Object.values(stack?.resources ?? {}).map(({ physicalId, properties }) => [
      physicalId,
      properties,
    ]),
  );
}

function sizesIn(world: World): readonly string[] {
  return [...world.things]
    .map(([id, { Size, Fixed }]) => `${id.split("-")[1]} ${Number(Size)} ${Number(Fixed)}`)
    .sort();
}

function sizesOf(wanted: Wanted): readonly string[] {
  return Object.entries(wanted)
    .map(([name, { size, fixed }]) => `${name} ${size} ${fixed}`)
    .sort();
}

describe("a change of a stack", () => {
  test("leaves what the template says or what was there before, and nothing else", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(wantedThings, { minLength: 1, maxLength: 3 }),
        fc.option(fc.record({ name: fc.constantFrom("A", "B", "C"), size: fc.nat(2) })),
        async (steps, refused) => {
          const world = new World();
          const deployer = process(createMemoryStore(), world);
          const { desk, settled } = deployer;
          let before: readonly string[] = [];
          for (const [index, wanted] of steps.entries()) {
            const isLast = index === steps.length - 1;
            if (isLast && refused !== null) {
              // Once: what it was before is taken again.
              let isDone = false;
              world.isRefused = (name, { Size }) =>
                !isDone && (isDone = name === refused.name && Size === refused.size);
            }
            const asked = wantedOf(templateOf(wanted));
            try {
              await (index === 0
                ? desk.create("s", asked, request)
                : desk.update("s", asked, request));
            } catch (error) {
              expect((error as Error).message).toBe("No updates are to be performed.");
            }
            const stack = await settled();
            expect(world.things).toEqual(inRecord(stack));
            const isUndone = stack?.status.includes("ROLLBACK") === true;
            expect(sizesIn(world)).toEqual(isUndone ? before : sizesOf(wanted));
            if (isUndone) expect(stack?.status).not.toContain("FAILED");
            before = sizesIn(world);
          }
          world.isRefused = () => false;
          await desk.delete("s", request);
          expect(await settled()).toBeUndefined();
          expect(world.things.size).toBe(0);
          await deployer.close();
        },
      ),
      { numRuns: 60 },
    );
  });

  test("that a process was killed in the middle of is finished by the next, wherever that was", async () => {
    await fc.assert(
      fc.asyncProperty(
        wantedThings,
        wantedThings,
        fc.integer({ min: 1, max: 30 }),
        async (first, second, puts) => {
          const world = new World();
          const store = createMemoryStore();
          const made = process(store, world);
          await made.desk.create("s", wantedOf(templateOf(first)), request);
          await made.settled();
          await made.close();

          const killed = process(killable(store, puts), world);
          const isAsked = await killed.desk.update("s", wantedOf(templateOf(second)), request).then(
            () => true,
            () => false,
          );
          const stackId =
            (await store.documents("deploy.stack", { limit: 1 })).items[0]?.body ?? "";
          await killed.desk.runner.ended((JSON.parse(stackId) as StackRecord).stackId);
          await killed.close();

          const clock = stepClock();
          clock.advance(holdMs * 2);
          const next = process(store, world, clock);
          await new Promise((resolve) => setImmediate(resolve));
          const stack = await next.settled();
          expect(isInProgress(stack?.status ?? "CREATE_IN_PROGRESS")).toBe(false);
          expect(world.things).toEqual(inRecord(stack));
          const begun = isAsked || stack?.generation === 2;
          expect(sizesIn(world)).toEqual(sizesOf(begun ? second : first));
          await next.close();
        },
      ),
      { numRuns: 60 },
    );
  });
});
