import { expect, test } from "vitest";
import type { DocumentStore } from "../../../ports/document-store.ts";
import { createMemoryStore } from "../../../store/memory/memory-store.ts";
import { CodeStore } from "./code-store.ts";

const used = () => Promise.resolve(true);
const unused = () => Promise.resolve(false);

async function documents(store: DocumentStore): Promise<number> {
  return (await store.documents("lambda.code", { limit: 100 })).items.length;
}

test("an archive of several pieces is read as it was put, once however often it is put", async () => {
  const store = createMemoryStore();
  const code = new CodeStore(store);
  const archive = Buffer.alloc(1_200_000, "abc");
  const { codeSha256, codeSize } = await code.put(archive);
  await code.put(archive);
  expect(codeSize).toBe(archive.length);
  expect((await code.read(codeSha256))?.equals(archive)).toBe(true);
  expect(await documents(store)).toBe(4);
  await code.removeUnless(codeSha256, used);
  expect(await documents(store)).toBe(4);
  await code.removeUnless(codeSha256, unused);
  expect(await documents(store)).toBe(0);
  expect(await code.read(codeSha256)).toBe(undefined);
});

test("code that is put while somebody finds that nobody uses it stays", async () => {
  const code = new CodeStore(createMemoryStore());
  const archive = Buffer.from("archive");
  const { codeSha256 } = await code.put(archive);
  await code.removeUnless(codeSha256, async () => {
    await code.put(archive);
    return false;
  });
  expect(await code.read(codeSha256)).toEqual(archive);
});

test("code that is removed and put anew loses nothing to the end of its removal", async () => {
  const store = createMemoryStore();
  const archive = Buffer.from("archive");
  const { codeSha256 } = await new CodeStore(store).put(archive);
  // Another process puts it between the removal of the manifest and that of the pieces.
  const slow: DocumentStore = {
    document: (...of) => store.document(...of),
    documents: (...of) => store.documents(...of),
    putDocument: (record) => store.putDocument(record),
    async deleteDocument(...of) {
      const isGone = await store.deleteDocument(...of);
      if (!of[1].includes("/")) await new CodeStore(store).put(archive);
      return isGone;
    },
  };
  await new CodeStore(slow).removeUnless(codeSha256, unused);
  expect(await new CodeStore(store).read(codeSha256)).toEqual(archive);
});
