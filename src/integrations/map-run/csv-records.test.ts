import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { csvRecords } from "./csv-records.ts";

async function read(
  text: string,
  { delimiter = ",", chunkBytes = 3, recordLength = 1e6 } = {},
): Promise<(readonly string[])[]> {
  const bytes = Buffer.from(text);
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
  }
  const records: (readonly string[])[] = [];
  for await (const batch of csvRecords(chunks(), { delimiter, recordLength })) {
    records.push(...batch);
  }
  return records;
}

describe("a record", () => {
  test.each<[name: string, text: string, records: string[][]]>([
    [
      "ends at a newline",
      "a,b\nc,d\n",
      [
        ["a", "b"],
        ["c", "d"],
      ],
    ],
    [
      "ends at CR LF",
      "a,b\r\nc,d\r\n",
      [
        ["a", "b"],
        ["c", "d"],
      ],
    ],
    ["needs no newline at the end", "a,b", [["a", "b"]]],
    ["with nothing in it has one empty field", "a\n\nb\n", [["a"], [""], ["b"]]],
    ["that ends in a delimiter has an empty last field", "a,\n", [["a", ""]]],
    ["may be an empty string in quotes", '""', [[""]]],
    ["keeps blanks", " a , b \n", [[" a ", " b "]]],
    ["keeps a CR that is no newline", "a\rb,c\n", [["a\rb", "c"]]],
  ])("%s", async (_, text, records) => {
    expect(await read(text)).toEqual(records);
  });
});

describe("quotes", () => {
  test.each<[name: string, text: string, fields: string[]]>([
    ["protect delimiters and newlines", '"a,b\r\nc",d', ["a,b\r\nc", "d"]],
    ["are doubled to be one", '"say ""hi""",x', ['say "hi"', "x"]],
    ["may hold nothing but a quote", '"""",x', ['"', "x"]],
    ["are doubled to be one in a field without quotes, too", 'a,{""k"":""v""}', ["a", '{"k":"v"}']],
    ["are one where three stand in a field", 'a"""b,c', ['a""b', "c"]],
    ["inside a field are characters", 'a"b"c,5"', ['a"b"c', '5"']],
    ["may be followed by more of the field", '"a"b,c', ["ab", "c"]],
  ])("%s", async (_, text, fields) => {
    expect(await read(text)).toEqual([fields]);
  });
});

describe("a backslash", () => {
  test.each<[name: string, text: string, fields: string[]]>([
    ["takes a backslash", String.raw`C:\\Files\\x,1`, [String.raw`C:\Files\x`, "1"]],
    ["takes a quote", String.raw`\"a\",b`, ['"a"', "b"]],
    ["takes a quote in quotes", String.raw`"a\"b",c`, ['a"b', "c"]],
    ["takes the delimiter", String.raw`a\,b,c`, ["a,b", "c"]],
    ["is dropped before anything else", String.raw`\a\n\;,b`, ["an;", "b"]],
    ["is dropped at the end", "a\\", ["a"]],
  ])("%s", async (_, text, fields) => {
    expect(await read(text)).toEqual([fields]);
  });

  test("before a newline is dropped, and the record ends", async () => {
    expect(await read("a\\\nb")).toEqual([["a"], ["b"]]);
  });

  test("takes the delimiter that is configured, and no other", async () => {
    expect(await read(String.raw`a\|b\,c|d`, { delimiter: "|" })).toEqual([["a|b,c", "d"]]);
  });
});

test("wherever the pieces break, what was quoted comes back", async () => {
  const field = fc.string({ unit: fc.constantFrom("a", '"', ",", "\n", "\r", "é", "😀", " ") });
  const records = fc.array(fc.array(field, { minLength: 1, maxLength: 4 }), { maxLength: 5 });
  await fc.assert(
    fc.asyncProperty(records, fc.integer({ min: 1, max: 9 }), async (value, chunkBytes) => {
      const text = value
        .map((fields) => fields.map((one) => `"${one.replaceAll('"', '""')}"`).join(","))
        .join("\n");
      expect(await read(text, { chunkBytes })).toEqual(value);
    }),
  );
});

test("wherever the pieces break, any text reads the same", async () => {
  const text = fc.string({ unit: fc.constantFrom("a", '"', ",", "\n", "\r", "\\") });
  await fc.assert(
    fc.asyncProperty(text, fc.integer({ min: 1, max: 9 }), async (value, chunkBytes) => {
      expect(await read(value, { chunkBytes })).toEqual(await read(value, { chunkBytes: 1e6 }));
    }),
  );
});

test("nothing but quotes does not fill the memory", async () => {
  await expect(read('"'.repeat(500), { recordLength: 100 })).rejects.toThrow(/maximum size/);
});
