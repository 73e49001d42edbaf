import fc from "fast-check";
import { expect, test } from "vitest";
import type { JsonValue } from "../../expression/json.ts";
import { jsonItems } from "./json-items.ts";

async function read(bytes: Uint8Array, chunkBytes: number, pointer?: string): Promise<JsonValue[]> {
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
  }
  const items: JsonValue[] = [];
  for await (const rows of jsonItems(chunks(), { pointer, itemLength: 1e6 })) {
    items.push(...rows.map(({ value }) => value));
  }
  return items;
}

const document = fc.array(fc.jsonValue({ maxDepth: 4 }), { maxLength: 6 });
const chunkBytes = fc.integer({ min: 1, max: 12 });
const indent = fc.constantFrom(undefined, 2, "\t");

test("wherever the pieces break, the items are the array's elements", async () => {
  await fc.assert(
    fc.asyncProperty(document, chunkBytes, indent, async (value, size, space) => {
      const text = JSON.stringify(value, null, space);
      expect(await read(Buffer.from(text), size)).toEqual(JSON.parse(text));
    }),
  );
});

test("wherever the pieces break, what stands around the selected array does not matter", async () => {
  const around = fc.jsonValue({ maxDepth: 3 });
  await fc.assert(
    fc.asyncProperty(document, around, chunkBytes, async (value, other, size) => {
      const text = JSON.stringify({ before: other, list: [other, { items: value }], after: other });
      const items = await read(Buffer.from(text), size, "/list/1/items");
      expect(items).toEqual(JSON.parse(JSON.stringify(value)));
    }),
  );
});
