import { expect, test } from "vitest";
import { type Store, StoreFailure } from "../../ports/store.ts";
import { JournalReader } from "./journal-reader.ts";

/** A store in which the journals of some executions are damaged; tells what it was asked for. */
function storeWith(damaged: readonly string[], failure = new Error("its checksum is wrong")) {
  const asked: (readonly string[])[] = [];
  const journals: Store["journals"] = async (arns) => {
    asked.push(arns);
    if (arns.some((arn) => damaged.includes(arn))) throw failure;
    return [];
  };
  return { asked, journals };
}

async function loadAll(store: Pick<Store, "journals">, arns: readonly string[]) {
  const reader = new JournalReader(store, () => Promise.reject(new Error("there is none")));
  return Promise.allSettled(arns.map((arn) => reader.load(arn)));
}

test("one damaged journal among many keeps none of the others from being read", async () => {
  const store = storeWith(["b"]);
  const loaded = await loadAll(store, ["a", "b", "c"]);
  expect(loaded.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"]);
  expect(loaded[1]).toMatchObject({ reason: { message: "its checksum is wrong" } });
  expect(store.asked).toEqual([["a", "b", "c"], ["a"], ["b"], ["c"]]);
});

test("a store that fails is not asked again for each", async () => {
  const store = storeWith(["b"], new StoreFailure("unavailable", "gone"));
  const loaded = await loadAll(store, ["a", "b", "c"]);
  expect(loaded.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
  expect(store.asked).toHaveLength(1);
});
