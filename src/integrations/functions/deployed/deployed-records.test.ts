import { expect, test } from "vitest";
import type { DocumentStore } from "../../../ports/document-store.ts";
import { createMemoryStore } from "../../../store/memory/memory-store.ts";
import { DeployedRecords } from "./deployed-records.ts";

const region = "eu-west-1";

/** A store of one function, whose documents are counted as they are read. */
function oneFunction() {
  const store = createMemoryStore();
  const counted = { reads: 0, now: 0 };
  const counting = {
    document(...of: Parameters<DocumentStore["document"]>) {
      counted.reads++;
      return store.document(...of);
    },
  } as DocumentStore;
  let version = 0;
  const put = async (name: string, handler: string): Promise<void> => {
    const body = JSON.stringify({ name, latest: { handler } });
    const id = `${region}/${name}`;
    await store.putDocument({ collection: "lambda.function", id, version: ++version, body });
  };
  const records = new DeployedRecords(counting, { now: () => counted.now });
  const handler = async () => (await records.find(region, "f"))?.record.latest.handler;
  return { counted, records, put, handler };
}

test("a function is read once a second, however often it is called, and so is one that is not there", async () => {
  const { counted, records, put, handler } = oneFunction();
  await Promise.all([records.find(region, "none"), records.find(region, "none")]);
  expect(records.find(region, "none")).toBe(undefined);
  expect(counted.reads).toBe(1);
  await put("f", "a");
  expect([await handler(), await handler()]).toEqual(["a", "a"]);
  expect(counted.reads).toBe(2);
});

test("what another node has changed is seen after a second, what this one has at once", async () => {
  const { counted, records, put, handler } = oneFunction();
  await put("f", "a");
  await handler();
  await put("f", "b");
  expect(await handler()).toBe("a");
  counted.now = 1_000;
  expect(await handler()).toBe("b");
  await put("f", "c");
  records.forget(region, "f");
  expect(await handler()).toBe("c");
});

test("what was read before a change is not remembered after it", async () => {
  const { records, put, handler } = oneFunction();
  await put("f", "a");
  const before = handler();
  await put("f", "b");
  records.forget(region, "f");
  await before;
  expect(await handler()).toBe("b");
});
