import { mkdir, mkdtemp, readdir, readFile, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createMemoryStore } from "../../../store/memory/memory-store.ts";
import { writeZip } from "../archive/write-zip.ts";
import { CodeStore } from "./code-store.ts";
import { UnpackedCode } from "./unpacked-code.ts";
import { sweepUnpacked } from "./used-code.ts";

async function unpacking() {
  const folder = await mkdtemp(join(tmpdir(), "stepwell-unpacked-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const store = createMemoryStore();
  const code = new CodeStore(store);
  const put = async (text: string): Promise<string> => {
    const files = [
      { path: "a/b.txt", content: Buffer.from(text) },
      { path: "run", content: Buffer.from("#!"), isExecutable: true },
    ];
    return (await code.put(writeZip(files))).codeSha256;
  };
  return { folder, store, code, put, unpacked: new UnpackedCode(folder, code) };
}

test("an archive becomes a folder, once for all who want it at a time", async () => {
  const { folder, put, unpacked } = await unpacking();
  const checksum = await put("text");
  const [one, other] = await Promise.all([
    unpacked.folderOf(checksum),
    unpacked.folderOf(checksum),
  ]);
  expect(one).toBe(other);
  expect(await readFile(join(one, "a", "b.txt"), "utf8")).toBe("text");
  expect((await stat(join(one, "run"))).mode & 0o111).not.toBe(0);
  expect((await stat(join(one, "a", "b.txt"))).mode & 0o111).toBe(0);
  // Modules in it are of no package above it.
  expect((await readdir(folder)).toSorted()).toContain("package.json");
  expect(await unpacked.folders()).toHaveLength(1);
});

test("an archive that cannot be unpacked whole leaves nothing", async () => {
  const { folder, code, unpacked } = await unpacking();
  const archive = writeZip([{ path: "a", content: Buffer.alloc(1_000, "abc") }]);
  archive[35] = 0xff;
  const { codeSha256 } = await code.put(archive);
  await expect(unpacked.folderOf(codeSha256)).rejects.toThrow("The file a is damaged");
  expect(await readdir(folder)).toEqual(["package.json"]);
});

test("what no function and no layer has any more is swept, and nothing else", async () => {
  const { folder, store, put, unpacked } = await unpacking();
  const [ofFunction, ofVersion, ofLayer, ofNobody] = await Promise.all(
    ["f", "v", "l", "n"].map(put),
  );
  const layered = { codeSha256: ofVersion, layers: [{ codeSha256: ofLayer }] };
  const documents = [
    ["lambda.function", { latest: { codeSha256: ofFunction, layers: [] } }],
    ["lambda.version", layered],
  ] as const;
  for (const [collection, document] of documents) {
    await store.putDocument({ collection, id: "r/f", version: 1, body: JSON.stringify(document) });
  }
  const all = [ofFunction, ofVersion, ofLayer, ofNobody].map(String);
  const folders = await Promise.all(all.map((checksum) => unpacked.folderOf(checksum)));
  await mkdir(join(folder, "somebody-elses"));
  await sweepUnpacked(store, unpacked);
  const left = (await readdir(folder)).map((name) => join(folder, name));
  expect(folders.map((one) => left.includes(one))).toEqual([true, true, true, false]);
  expect(left).toContain(join(folder, "somebody-elses"));
});
