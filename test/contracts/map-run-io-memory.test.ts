import { Readable } from "node:stream";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { constants, createGzip, createZstdCompress } from "node:zlib";
import { describe, expect, test } from "vitest";
import { createItemReader } from "../../src/integrations/map-run/item-reader.ts";
import { createResultWriter } from "../../src/integrations/map-run/result-writer.ts";
import type { EvaluatedReaderConfig } from "../../src/ports/map-run-io.ts";
import type { ObjectStore } from "../../src/ports/object-store.ts";
import { memoryObjectStore } from "./memory-object-store.ts";

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

const megabyte = 1024 ** 2;
/** What reading and writing may hold at any time, of whatever size the data is. */
const heldBytes = 32 * megabyte;

/** Bytes that are still referred to. Buffers are given back beside the collection that finds them, so by the second. */
function retained(): number {
  collectGarbage();
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

const chunkBytes = 64 * 1024;

/** `count` records between a start and an end, in chunks; counts what it has given out. */
function generated(record: (index: number) => string, count: number, frame = ["", "", ""]) {
  const [start = "", separator = "", end = ""] = frame;
  const given = { bytes: 0 };
  async function* body(): AsyncGenerator<Uint8Array> {
    let text = start;
    for (let index = 0; index < count; index++) {
      text += (index === 0 ? "" : separator) + record(index);
      if (text.length < chunkBytes && index < count - 1) continue;
      const chunk = Buffer.from(index === count - 1 ? text + end : text);
      given.bytes += chunk.length;
      text = "";
      yield chunk;
    }
  }
  return { body, given };
}

const storeOf = (body: AsyncIterable<Uint8Array>): ObjectStore => ({
  ...memoryObjectStore(),
  get: async () => ({ size: 1, etag: '"1"', body }),
});

const request = (Key: string, readerConfig: EvaluatedReaderConfig) => ({
  resource: "arn:aws:states:::s3:getObject",
  arguments: { Bucket: "data", Key },
  readerConfig,
});

const filler = "x".repeat(900);
const json = (index: number) => JSON.stringify({ index, filler, quote: '"', nested: [{ a: [] }] });
const formats = {
  JSON: { record: json, frame: ["[", ",", "]"], config: { InputType: "JSON" } },
  "JSON with a pointer": {
    record: json,
    frame: [`{"skipped":{"a":["]"]},"items":[`, ",", "]}"],
    config: { InputType: "JSON", ItemsPointer: "/items" },
  },
  "JSON Lines": { record: json, frame: ["", "\n", "\n"], config: { InputType: "JSONL" } },
  CSV: {
    record: (index: number) => `${index},"${filler}","say ""hi""\n"`,
    frame: ["index,filler,text\n", "\n", "\n"],
    config: { InputType: "CSV", CSVHeaderLocation: "FIRST_ROW" },
  },
} as const;

describe.each(Object.entries(formats))("100 MB of %s", (_, { record, frame, config }) => {
  test("pass through a bounded memory", async () => {
    const count = 120_000;
    const { body, given } = generated(record, count, [...frame]);
    const before = retained();
    let items = 0;
    let high = 0;
    for await (const _item of createItemReader(storeOf(body())).open(request("file", config))) {
      items++;
      if (items % 20_000 === 0) high = Math.max(high, retained() - before);
    }
    expect(items).toBe(count);
    expect(given.bytes).toBeGreaterThan(100 * megabyte);
    expect(high).toBeLessThan(heldBytes);
  });

  test("are read no further than somebody asks", async () => {
    const { body, given } = generated(record, 120_000, [...frame]);
    const reader = createItemReader(storeOf(body()));
    for await (const _item of reader.open(request("file", { ...config, MaxItems: 10 })));
    expect(given.bytes).toBeLessThan(2 * chunkBytes);
  });
});

describe.each([
  ["file.gz", () => createGzip({ level: constants.Z_BEST_SPEED })],
  ["file.zstd", () => createZstdCompress()],
] as const)("%s", (key, compressor) => {
  test("is decompressed through a bounded memory", async () => {
    const count = 50_000;
    const { record, frame, config } = formats["JSON Lines"];
    const { body, given } = generated(record, count, [...frame]);
    const compressed = Readable.from(body()).compose(compressor()) as AsyncIterable<Uint8Array>;
    const before = retained();
    let items = 0;
    let high = 0;
    for await (const _item of createItemReader(storeOf(compressed)).open(request(key, config))) {
      items++;
      if (items % 10_000 === 0) high = Math.max(high, retained() - before);
    }
    expect(items).toBe(count);
    expect(given.bytes).toBeGreaterThan(45 * megabyte);
    expect(high).toBeLessThan(heldBytes);
  });
});

test("100 MB of results are written through a bounded memory", async () => {
  let bytes = 0;
  const store: ObjectStore = {
    ...memoryObjectStore(),
    async put(_, body) {
      if (body instanceof Uint8Array) return { size: body.length, etag: "" };
      for await (const chunk of body) bytes += chunk.length;
      return { size: bytes, etag: "" };
    },
  };
  const open = await createResultWriter(store).open({
    resource: "arn:aws:states:::s3:putObject",
    arguments: { Bucket: "results" },
    mapRunArn: "arn:aws:states:us-east-1:123456789012:mapRun:M/L:1",
    redriveCount: 0,
  });
  const before = retained();
  let high = 0;
  for (let index = 1; index <= 50_000; index++) {
    await open.write({
      status: index % 3 === 0 ? "FAILED" : "SUCCEEDED",
      executionArn: `arn:${index}`,
      stateMachineArn: "arn",
      name: `${index}`,
      input: json(index),
      output: json(index),
      redriveCount: 0,
    });
    if (index % 10_000 === 0) high = Math.max(high, retained() - before);
  }
  await open.finish();
  expect(bytes).toBeGreaterThan(100 * megabyte);
  expect(high).toBeLessThan(heldBytes);
});
