import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { call, linesIn, logIn, newFolder, recordsIn } from "./audit-log.fixture.ts";
import { auditFiles, readHead } from "./audit-folder.ts";
import { hashOf } from "./chain.ts";
import { usualAuditSettings } from "./audit-trail.ts";
import { verifyTrail } from "./verify-trail.ts";

/** A log of several files, for all tests to change copies of. */
const original = newFolder();
let names: readonly string[] = [];
let lines: readonly string[] = [];

beforeAll(async () => {
  const log = logIn(original, { settings: { ...usualAuditSettings, maxFileBytes: 4_000 } });
  for (let group = 0; group < 6; group++) {
    for (let index = 0; index < 4; index++) {
      void log.trail?.record(call(`Call${group}`, { requestId: String(index) }));
    }
    await log.flushed();
  }
  await log.close();
  names = (await auditFiles(original)).map(({ name }) => name);
  lines = await linesIn(original);
});

/** Changes one file's lines in a copy, and verifies that. */
async function verifiedWith(name: string, change: (lines: string[]) => readonly string[]) {
  const folder = newFolder();
  mkdirSync(folder, { recursive: true });
  cpSync(original, folder, { recursive: true });
  const path = join(folder, name);
  const before = readFileSync(path, "utf8").split("\n").slice(0, -1);
  writeFileSync(
    path,
    change([...before])
      .map((line) => `${line}\n`)
      .join(""),
  );
  const verified = await verifyTrail(folder);
  rmSync(folder, { recursive: true });
  return verified;
}

/** A line of the log, by its file and its place there. */
const anyLine = fc
  .nat()
  .map((seed) => seed % lines.length)
  .map((index) => {
    let [file, place] = [0, index];
    for (;;) {
      const name = names[file] ?? "";
      const count = readFileSync(join(original, name), "utf8").split("\n").length - 1;
      if (place < count) return { name, place, index };
      [file, place] = [file + 1, place - count];
    }
  });

test("a log as it was written is whole, over all of its files", async () => {
  expect(names.length).toBeGreaterThan(2);
  expect(await verifyTrail(original)).toEqual({
    files: names.length,
    records: 24,
    problems: [],
    isTorn: false,
  });
  expect((await recordsIn(original)).map(({ sequence }) => sequence)).toEqual(
    Array.from({ length: 24 }, (_, index) => index + 1),
  );
});

describe("whichever line", () => {
  test("is changed in one character, it is named", async () => {
    await fc.assert(
      fc.asyncProperty(anyLine, fc.nat(), async ({ name, place }, at) => {
        const { problems } = await verifiedWith(name, (all) => {
          const line = all[place] ?? "";
          const character = at % line.length;
          const other = line[character] === "0" ? "1" : "0";
          return all.with(place, line.slice(0, character) + other + line.slice(character + 1));
        });
        expect(problems).toContainEqual(expect.objectContaining({ file: name, line: place + 1 }));
      }),
      { numRuns: 60 },
    );
  });

  test("is removed, the gap is found", async () => {
    await fc.assert(
      fc.asyncProperty(anyLine, async ({ name, place }) => {
        const { problems } = await verifiedWith(name, (all) => all.toSpliced(place, 1));
        expect(problems).not.toEqual([]);
        expect(problems.every(({ tampering }) => tampering === "removed")).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  test("is put in again, or made up, it is found where it is", async () => {
    await fc.assert(
      fc.asyncProperty(anyLine, fc.boolean(), async ({ name, place }, isAgain) => {
        const { problems } = await verifiedWith(name, (all) =>
          all.toSpliced(place, 0, isAgain ? (all[place] ?? "") : "{}"),
        );
        const found = problems.filter(({ file }) => file === name).map(({ line }) => line);
        expect(found.some((line) => line === place + 1 || line === place + 2)).toBe(true);
      }),
      { numRuns: 40 },
    );
  });

  test("changes places with the next one, that is found", async () => {
    const { problems } = await verifiedWith(names[0] ?? "", (all) => [
      all[1] ?? "",
      all[0] ?? "",
      ...all.slice(2),
    ]);
    expect(problems).not.toEqual([]);
  });
});

test("a file that is gone from the midst or from the end is missed, and so is the head", async () => {
  for (const name of [...names, "head.json"]) {
    const folder = newFolder();
    cpSync(original, folder, { recursive: true });
    rmSync(join(folder, name));
    expect((await verifyTrail(folder)).problems, name).not.toEqual([]);
  }
});

test("lines that were removed while no server ran stay missed when one goes on", async () => {
  const folder = newFolder();
  cpSync(original, folder, { recursive: true });
  const path = join(folder, names.at(-1) ?? "");
  const all = readFileSync(path, "utf8").split("\n").slice(0, -1);
  writeFileSync(
    path,
    all
      .slice(0, -1)
      .map((line) => `${line}\n`)
      .join(""),
  );
  const log = logIn(folder);
  void log.trail?.record(call("Later"));
  await log.close();
  expect((await verifyTrail(folder)).problems).toContainEqual(
    expect.objectContaining({ tampering: "found" }),
  );
});

test("a head whose line was kept long enough is that of what is kept", async () => {
  const folder = newFolder();
  let now = Date.UTC(2027, 0, 1);
  const settings = { ...usualAuditSettings, retentionDays: 1 };
  const log = logIn(folder, { clock: { now: () => now }, settings });
  const heads = [];
  for (let day = 0; day < 4; day++) {
    void log.trail?.record(call(`Day${day}`));
    await log.flushed();
    heads.push(await readHead(folder));
    now += 86_400_000;
  }
  await log.close();
  const isThere = heads.map(
    async (head) => (await verifyTrail(folder, head)).problems.length === 0,
  );
  expect(await Promise.all(isThere)).toEqual([false, true, true, true]);
});

test("a chain that was made anew is whole, but does not lead by a head that was kept elsewhere", async () => {
  const kept = await readHead(original);
  const first = { sequence: 1, hash: hashOf(lines[0] ?? "") };
  for (const anchor of [kept, first]) {
    expect((await verifyTrail(original, anchor)).problems).toEqual([]);
  }
  const folder = newFolder();
  const forged = logIn(folder);
  for (let index = 0; index < 30; index++) void forged.trail?.record(call("Forged"));
  await forged.close();
  expect((await verifyTrail(folder)).problems).toEqual([]);
  const rewritten = [expect.objectContaining({ tampering: "rewritten" })];
  for (const anchor of [kept, first, { sequence: 31, hash: first.hash }]) {
    expect((await verifyTrail(folder, anchor)).problems).toEqual(rewritten);
  }
});
