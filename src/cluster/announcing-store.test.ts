import { expect, test } from "vitest";
import { createMemoryStore } from "../store/memory/memory-store.ts";
import { announcingStore } from "./announcing-store.ts";

test("a change of a document that nodes remember is announced before it is answered, no other", async () => {
  const store = createMemoryStore();
  const told: string[] = [];
  const announcing = announcingStore(store, async () => {
    // What others read now is what was written.
    told.push((await store.document("iam.user", "a"))?.body ?? "gone");
  });
  const put = (collection: string, version: number, body: string) =>
    announcing.putDocument({ collection, id: "a", version, body });
  expect(await put("iam.user", 1, "1")).toBe(true);
  expect(await put("iam.user", 5, "5")).toBe(false);
  expect(await put("iam-use.accessKey", 1, "1")).toBe(true);
  expect(told).toEqual(["1"]);
  expect(await announcing.deleteDocument("iam.user", "a", 7)).toBe(false);
  expect(await announcing.deleteDocument("iam.user", "a", 1)).toBe(true);
  expect(told).toEqual(["1", "gone"]);
  // Counted as well, for a node that cannot be told now.
  expect((await store.clusterView()).changes).toBe(2);
});
