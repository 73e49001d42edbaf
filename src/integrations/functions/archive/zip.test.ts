import { deflateRawSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { maxUnzippedBytes, readZip } from "./read-zip.ts";
import { writeZip } from "./write-zip.ts";

const part = fc.stringMatching(/^[a-zA-Z0-9_é-]{1,8}$/);

test("what is written is read again, each file with its content and whether it is executable", async () => {
  const files = fc.uniqueArray(
    fc.record({
      // Of one depth, so that no file is a folder of another.
      path: fc.tuple(part, part).map((parts) => parts.join("/")),
      content: fc.uint8Array({ maxLength: 200 }),
      isExecutable: fc.boolean(),
    }),
    { selector: ({ path }) => path, maxLength: 8 },
  );
  await fc.assert(
    fc.asyncProperty(files, async (given) => {
      const found = await Promise.all(
        readZip(writeZip(given)).map(async ({ path, isExecutable, read }) => ({
          path,
          isExecutable,
          content: new Uint8Array(await read()),
        })),
      );
      const byPath = (one: { path: string }, other: { path: string }) =>
        one.path < other.path ? -1 : 1;
      expect(found).toEqual(given.toSorted(byPath));
    }),
    { numRuns: 30 },
  );
});

test("whatever bytes come, they are read or refused with a reason", () => {
  const archive = writeZip([{ path: "a", content: Buffer.from("text") }]);
  fc.assert(
    fc.property(fc.nat(archive.length - 1), fc.nat(255), (at, byte) => {
      const changed = Buffer.from(archive);
      changed[at] = byte;
      try {
        readZip(changed);
      } catch (error) {
        expect(error).toMatchObject({ name: "ZipError" });
      }
    }),
    { numRuns: 300 },
  );
});

describe("an archive is refused", () => {
  const one = (path: string): Buffer => writeZip([{ path, content: Buffer.from("x") }]);

  test.each([
    ["../x"],
    ["a/../../x"],
    ["/etc/x"],
    ["a//x"],
    ["./x"],
    ["..\\x"],
    ["C:\\x"],
    ["a\0"],
  ])("whose file %j would be elsewhere", (path) => {
    expect(() => readZip(one(path))).toThrow("is not that of a file in a folder");
  });

  /** Changes a field of the only entry of the central directory. */
  function withField(archive: Buffer, offset: number, value: number, bytes: 2 | 4): Buffer {
    const directory = archive.indexOf(Buffer.from([0x50, 0x4b, 1, 2]));
    archive.writeUIntLE(value, directory + offset, bytes);
    return archive;
  }

  test("that has a symbolic link", () => {
    const archive = withField(one("link"), 38, 0o120777 * 0x10000, 4);
    expect(() => readZip(archive)).toThrow("The file link is a symbolic link");
  });

  test("that says it would be larger than a function may be", () => {
    const archive = withField(one("large"), 24, maxUnzippedBytes + 1, 4);
    expect(() => readZip(archive)).toThrow("Unzipped size must be smaller than 262144000 bytes");
  });

  test("when it turns out to be larger than it says", async () => {
    const content = Buffer.alloc(1_000_000);
    const archive = withField(writeZip([{ path: "bomb", content }]), 24, 10, 4);
    expect(deflateRawSync(content).length).toBeLessThan(2_000);
    const [entry] = readZip(archive);
    await expect(entry?.read()).rejects.toThrow("The file bomb is damaged");
  });

  test("when a content is not what its checksum says", async () => {
    const [entry] = readZip(withField(one("a"), 16, 1, 4));
    await expect(entry?.read()).rejects.toThrow("The file a is damaged");
  });

  test("that is encrypted, packed in another way, or has a name twice", () => {
    expect(() => readZip(withField(one("a"), 8, 1, 2))).toThrow("is encrypted");
    expect(() => readZip(withField(one("a"), 10, 12, 2))).toThrow("by method 12");
    const x = Buffer.from("x");
    const twice = writeZip([
      { path: "a", content: x },
      { path: "a", content: x },
    ]);
    expect(() => readZip(twice)).toThrow("twice");
    const both = writeZip([
      { path: "a", content: x },
      { path: "a/b", content: x },
    ]);
    expect(() => readZip(both)).toThrow("both a file and a folder");
  });

  test("that is none", () => {
    expect(() => readZip(Buffer.from("no archive at all, but long enough"))).toThrow("not a ZIP");
    expect(() => readZip(one("a").subarray(0, 60))).toThrow("not a ZIP");
  });
});
