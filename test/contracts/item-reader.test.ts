import { gzipSync, zstdCompressSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { JsonValue } from "../../src/expression/json.ts";
import { createItemReader } from "../../src/integrations/map-run/item-reader.ts";
import { awsReaderLimits } from "../../src/integrations/map-run/reader-limits.ts";
import {
  MapRunIoError,
  type EvaluatedReaderConfig,
  type Item,
  type ItemReaderRequest,
} from "../../src/ports/map-run-io.ts";
import { memoryObjectStore, type MemoryObjectStore } from "./memory-object-store.ts";
import { parquetFile, type ParquetColumn } from "./parquet-file.ts";

const getObject = "arn:aws:states:::s3:getObject";
const listObjects = "arn:aws:states:::s3:listObjectsV2";

async function all(
  store: MemoryObjectStore,
  request: Partial<ItemReaderRequest>,
  limits = {},
): Promise<Item[]> {
  const reader = createItemReader(store, { ...awsReaderLimits, ...limits });
  const args = { Bucket: "data", Key: "file" };
  const items: Item[] = [];
  for await (const item of reader.open({ resource: getObject, arguments: args, ...request })) {
    items.push(item);
  }
  expect(store.openBodies()).toBe(0);
  return items;
}

/** The values of the items in one file. */
async function read(
  content: string | Uint8Array,
  readerConfig: EvaluatedReaderConfig,
  { key = "file", limits = {}, chunkBytes = 7 } = {},
): Promise<JsonValue[]> {
  const store = memoryObjectStore({ chunkBytes });
  store.set("data", key, content);
  const args = { Bucket: "data", Key: key };
  const items = await all(store, { arguments: args, readerConfig }, limits);
  return items.map(({ value }) => value);
}

async function failure(reading: Promise<unknown>): Promise<string> {
  const error = await reading.then(
    () => expect.unreachable("it was read"),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof MapRunIoError)) throw error;
  expect(error.error).toBe("States.ItemReaderFailed");
  return error.causeText;
}

/** Numbers that a double changes, and names that JavaScript reorders. */
const exact = '{"id":9007199254740993,"price":1.50,"10":[-0,1e400],"2":{"b":1.0,"1":1E5}}';

test.each([
  ["JSON", `[${exact}, ${exact}]`],
  ["JSONL", `${exact}\n${exact}\n`],
])("%s keeps the digits of numbers and the order of members", async (InputType, content) => {
  const items = await read(content, { InputType });
  expect(items.map((item) => JSON.stringify(item))).toEqual([exact, exact]);
});

describe("a listing", () => {
  const store = memoryObjectStore();
  for (const key of ["a/1.txt", "a/2.txt", "b/3.txt"]) store.set("data", key, "12345");
  const request = { resource: listObjects, arguments: { Bucket: "data" } };

  test("has the members that AWS shows, and the bucket as its source", async () => {
    const items = await all(store, request);
    expect(items).toHaveLength(3);
    expect(items[0]).toEqual({
      value: {
        Etag: '"827ccb0eea8a706c4c34a16891f84e7b"',
        Key: "a/1.txt",
        LastModified: 1_693_000_000,
        Size: 5,
        StorageClass: "STANDARD",
      },
      source: "S3://data",
    });
  });

  test("goes over pages, below the prefix, after the key, and to MaxItems", async () => {
    const keys = async (args: JsonValue, readerConfig = {}) =>
      (await all(store, { ...request, arguments: args, readerConfig })).map(
        ({ value }) => (value as { readonly Key: string }).Key,
      );
    expect(await keys({ Bucket: "data", Prefix: "a/" })).toEqual(["a/1.txt", "a/2.txt"]);
    expect(await keys({ Bucket: "data", StartAfter: "a/1.txt" })).toEqual(["a/2.txt", "b/3.txt"]);
    expect(await keys({ Bucket: "data" }, { MaxItems: 1 })).toEqual(["a/1.txt"]);
  });
});

describe("LOAD_AND_FLATTEN", () => {
  test("gives the records of every object, each with its own source, and passes folders by", async () => {
    const store = memoryObjectStore();
    store.set("data", "in/", "");
    store.set("data", "in/1.json", "[1, 2]");
    store.set("data", "in/2.json.gz", gzipSync("[3]"));
    store.set("data", "out/3.json", "[4]");
    const items = await all(store, {
      resource: listObjects,
      arguments: { Bucket: "data", Prefix: "in/" },
      readerConfig: { InputType: "JSON", Transformation: "LOAD_AND_FLATTEN" },
    });
    expect(items).toEqual([
      { value: 1, source: "S3://data/in/1.json" },
      { value: 2, source: "S3://data/in/1.json" },
      { value: 3, source: "S3://data/in/2.json.gz" },
    ]);
  });

  test("each CSV file has a header of its own", async () => {
    const store = memoryObjectStore();
    store.set("data", "1.csv", "a,b\n1,2\n");
    store.set("data", "2.csv", "b,a\n3,4\n");
    const items = await all(store, {
      resource: listObjects,
      arguments: { Bucket: "data" },
      readerConfig: {
        InputType: "CSV",
        CSVHeaderLocation: "FIRST_ROW",
        Transformation: "LOAD_AND_FLATTEN",
      },
    });
    expect(items.map(({ value }) => value)).toEqual([
      { a: "1", b: "2" },
      { a: "4", b: "3" },
    ]);
  });
});

describe("a JSON file", () => {
  const json = { InputType: "JSON" };

  test("gives the elements of its array", async () => {
    const value = [1, "two", null, { a: [true] }, [[]], 'ünï\\"]}{[', -1.5e3];
    expect(await read(JSON.stringify(value), json)).toEqual(value);
    expect(await read(" [ ] ", json)).toEqual([]);
  });

  test("an object has no items unless a pointer selects it. Recorded", async () => {
    expect(await failure(read('{"Hello": "world"}', json))).toBe(
      "Attempting to map over non-iterable node.",
    );
    const store = memoryObjectStore();
    store.set("data", "file", '{"a": 1, "__proto__": {"b": 2}}');
    expect(await all(store, { readerConfig: { ...json, ItemsPointer: "" } })).toEqual([
      { key: "a", value: 1, source: "S3://data/file" },
      { key: "__proto__", value: { b: 2 }, source: "S3://data/file" },
    ]);
  });

  test.each([
    ["/inventory/products", [1, 2]],
    ["/inventory/more/0/deep", [3]],
    ["/inventory/a~1b~0c", [4]],
    ["/inventory/", [5]],
    ["/inventory/empty", []],
  ])("ItemsPointer %s selects %j", async (ItemsPointer, expected) => {
    const document = {
      skipped: [{ products: [0] }, "]}"],
      inventory: {
        products: [1, 2],
        more: [{ deep: [3] }, { deep: [0] }],
        "a/b~c": [4],
        "": [5],
        empty: [],
      },
    };
    expect(await read(JSON.stringify(document), { ...json, ItemsPointer })).toEqual(expected);
  });

  test.each(["/missing", "/a/b", "/list/7", "/a"])(
    "ItemsPointer %s selects nothing to iterate",
    async (ItemsPointer) => {
      const reading = read('{"a": 1, "list": [[1]]}', { ...json, ItemsPointer });
      expect(await failure(reading)).toBe("Attempting to map over non-iterable node.");
    },
  );

  test.each(["", "[1, 2", "[1 2]", "[1,]", '[{"a" 1}]', "[1] 2", "[nope]", '["a]', "[}"])(
    "%j fails as not valid",
    async (content) => {
      expect(await failure(read(content, json))).toMatch(/^The JSON file is not valid: /);
    },
  );

  test("what comes after the selected value is not read", async () => {
    const reading = read('{"a": [1, 2], "b": this is not read', { ...json, ItemsPointer: "/a" });
    expect(await reading).toEqual([1, 2]);
  });

  test("the items before the first bad one are given", async () => {
    const store = memoryObjectStore();
    store.set("data", "file", "[1, 2, oops]");
    const seen: JsonValue[] = [];
    const reader = createItemReader(store);
    const reading = (async () => {
      const request = { resource: getObject, arguments: { Bucket: "data", Key: "file" } };
      for await (const { value } of reader.open({ ...request, readerConfig: json })) {
        seen.push(value);
      }
    })();
    await failure(reading);
    expect(seen).toEqual([1, 2]);
  });

  test("an item that is too large fails, and before all of it is in memory", async () => {
    const reading = read(`["${"x".repeat(1000)}"]`, json, { limits: { itemBytes: 100 } });
    expect(await failure(reading)).toBe("An item exceeds the maximum size of 100 bytes.");
  });
});

describe("a JSON Lines file", () => {
  const config = { InputType: "JSONL" };

  test("gives its lines, also the last one without an end, and no blank ones", async () => {
    expect(await read('{"a":1}\r\n\n"b"\n  \n[3]', config)).toEqual([{ a: 1 }, "b", [3]]);
    expect(await read("", config)).toEqual([]);
  });

  test("a line that is not JSON fails with its number", async () => {
    expect(await failure(read("1\n\n{oops}\n", config))).toMatch(/^Line 3 is not valid JSON: /);
  });

  test("a line that is too large fails", async () => {
    const reading = read(`"${"x".repeat(200)}"`, config, { limits: { itemBytes: 100 } });
    expect(await failure(reading)).toBe("An item exceeds the maximum size of 100 bytes.");
  });
});

describe("a CSV file", () => {
  const firstRow = { InputType: "CSV", CSVHeaderLocation: "FIRST_ROW" };
  const recorded = "Value4,Value5,Value6\n,,,\ntrue,1,'HelloWorld'\nNull,None,\n   \n";

  test("pads short rows, cuts long ones, keeps blanks, and has strings only. Recorded", async () => {
    expect(await read(`Col1,Col2,Col3\n${recorded}`, firstRow)).toEqual([
      { Col1: "Value4", Col2: "Value5", Col3: "Value6" },
      { Col1: "", Col2: "", Col3: "" },
      { Col1: "true", Col2: "1", Col3: "'HelloWorld'" },
      { Col1: "Null", Col2: "None", Col3: "" },
      { Col1: "   ", Col2: "", Col3: "" },
    ]);
  });

  test("lists columns in the order in which AWS does. Recorded", async () => {
    const [row] = await read(`0,True,{}\n${recorded}`, firstRow);
    expect(JSON.stringify(row)).toBe('{"0":"Value4","{}":"Value6","True":"Value5"}');
  });

  test("takes the headers that are given", async () => {
    const config = { InputType: "CSV", CSVHeaderLocation: "GIVEN", CSVHeaders: ["H1", "H2"] };
    expect(await read("1,2\n3,4\n", config)).toEqual([
      { H1: "1", H2: "2" },
      { H1: "3", H2: "4" },
    ]);
  });

  test("duplicate headers fail, given or in the file. Recorded", async () => {
    const given = { InputType: "CSV", CSVHeaderLocation: "GIVEN", CSVHeaders: ["H1", "H1"] };
    const cause = "CSV headers cannot contain duplicates.";
    expect(await failure(read("1,2\n", given))).toBe(cause);
    expect(await failure(read("a,a\n1,2\n", firstRow))).toBe(cause);
  });

  test.each([
    ["COMMA", ","],
    ["PIPE", "|"],
    ["SEMICOLON", ";"],
    ["SPACE", " "],
    ["TAB", "\t"],
  ])("CSVDelimiter %s", async (CSVDelimiter, delimiter) => {
    const content = `a${delimiter}b\n"x${delimiter}y"${delimiter}p\\${delimiter}q\n`;
    expect(await read(content, { ...firstRow, CSVDelimiter })).toEqual([
      { a: `x${delimiter}y`, b: `p${delimiter}q` },
    ]);
  });

  test("a byte order mark is not part of the first header", async () => {
    expect(await read("\uFEFFa,b\n1,2", firstRow)).toEqual([{ a: "1", b: "2" }]);
  });

  test("a header may be called __proto__", async () => {
    const [row] = await read("__proto__,b\n1,2", firstRow);
    expect(JSON.stringify(row)).toContain('"__proto__":"1"');
  });

  test("a header row that is too large fails", async () => {
    const reading = read(`${"h".repeat(100)}\n1\n`, firstRow, { limits: { csvHeaderBytes: 50 } });
    expect(await failure(reading)).toBe("The CSV headers exceed the maximum size of 50 bytes.");
  });

  test("a quote that never ends fails as a row that is too large", async () => {
    const reading = read(`a\n"${"x\n".repeat(100)}`, firstRow, { limits: { itemBytes: 100 } });
    expect(await failure(reading)).toBe("An item exceeds the maximum size of 100 bytes.");
  });

  test("an empty file has no items", async () => {
    expect(await read("", firstRow)).toEqual([]);
    expect(await read("a,b\n", firstRow)).toEqual([]);
  });
});

describe("compression", () => {
  const content = "[1, 2, 3]";

  test.each([
    ["file.json.gz", gzipSync(content)],
    ["FILE.GZ", gzipSync(content)],
    ["file.zstd", zstdCompressSync(content)],
    ["file.json.zst", zstdCompressSync(content)],
    ["two-members.gz", Buffer.concat([gzipSync("[1, 2"), gzipSync(", 3]")])],
  ])("%s is decompressed by its name", async (key, bytes) => {
    expect(await read(bytes, { InputType: "JSON" }, { key })).toEqual([1, 2, 3]);
  });

  test("content that is not what the name says fails", async () => {
    const reading = read("[1]", { InputType: "JSON" }, { key: "file.gz" });
    expect(await failure(reading)).toMatch(/header/);
  });

  test("a small file that becomes a large one fails, though there is no item in it", async () => {
    const bomb = gzipSync(`[${" ".repeat(5_000_000)}1]`);
    expect(bomb.length).toBeLessThan(10_000);
    const limits = { contentBytes: 1_000_000 };
    const reading = read(
      bomb,
      { InputType: "JSON" },
      { key: "file.gz", limits, chunkBytes: 1_000 },
    );
    expect(await failure(reading)).toBe(
      "The object s3://data/file.gz exceeds the maximum size of 1000000 bytes.",
    );
  });

  test("a file that breaks off fails", async () => {
    const half = gzipSync("[1, 2, 3]").subarray(0, 20);
    const reading = read(half, { InputType: "JSON" }, { key: "file.gz" });
    expect(await failure(reading)).toMatch(/unexpected end|not valid/i);
  });
});

describe("a Parquet file", () => {
  const columns: readonly ParquetColumn[] = [
    { name: "id", type: "INT64", values: [1n, 2n, 9_007_199_254_740_993n] },
    { name: "name", type: "UTF8", optional: true, values: ["ä", null, "c"] },
    { name: "price", type: "DOUBLE", values: [1.5, Number.NaN, -2] },
    { name: "sold", type: "BOOLEAN", values: [true, false, true] },
    { name: "day", type: "DATE", values: [0, 19_000, 1] },
    { name: "at", type: "TIMESTAMP_MILLIS", values: [0n, 1_700_000_000_123n, 1n] },
    { name: "n", type: "INT32", optional: true, values: [null, 7, null] },
  ];
  const rows = [
    {
      id: 1,
      name: "ä",
      price: 1.5,
      sold: true,
      day: "1970-01-01",
      at: "1970-01-01T00:00:00.000Z",
      n: null,
    },
    {
      id: 2,
      name: null,
      price: null,
      sold: false,
      day: "2022-01-08",
      at: "2023-11-14T22:13:20.123Z",
      n: 7,
    },
    {
      id: 9_007_199_254_740_992,
      name: "c",
      price: -2,
      sold: true,
      day: "1970-01-02",
      at: "1970-01-01T00:00:00.001Z",
      n: null,
    },
  ];
  const config = { InputType: "PARQUET" };

  test.each(["UNCOMPRESSED", "SNAPPY", "GZIP", "ZSTD"] as const)(
    "gives its rows (%s)",
    async (codec) => {
      const file = parquetFile(columns, { codec, rowsPerGroup: 2 });
      expect(await read(file, config)).toEqual(rows);
    },
  );

  test("is read one row group at a time, and no further than MaxItems asks", async () => {
    const store = memoryObjectStore({ chunkBytes: 1000 });
    const values = Array.from({ length: 1000 }, (_, index) => `value ${index}`);
    const file = parquetFile([{ name: "v", type: "UTF8", values }], { rowsPerGroup: 100 });
    store.set("data", "file", file);
    const items = await all(store, { readerConfig: { ...config, MaxItems: 150 } });
    expect(items.map(({ value }) => value)).toEqual(values.slice(0, 150).map((v) => ({ v })));
    const bytes = store.reads
      .filter(({ range }) => range !== undefined && range.end < file.length * 0.9)
      .map(({ range }) => (range?.end ?? 0) - (range?.start ?? 0));
    expect(bytes).toHaveLength(2);
    for (const size of bytes) expect(size).toBeLessThan(file.length / 8);
  });

  test("what is no Parquet file fails", async () => {
    expect(await failure(read("a,b\n1,2\n3,4\n5,6\n", config))).toBe(
      "The object s3://data/file is not a Parquet file.",
    );
    expect(await failure(read("", config))).toBe(
      "The object s3://data/file is not a Parquet file.",
    );
  });

  test("footers and row groups have a bound", async () => {
    const file = parquetFile(columns);
    expect(await failure(read(file, config, { limits: { footerBytes: 10 } }))).toBe(
      "The footer of the Parquet file exceeds the maximum size of 10 bytes.",
    );
    expect(await failure(read(file, config, { limits: { rowGroupBytes: 10 } }))).toBe(
      "A row group of the Parquet file exceeds the maximum size of 10 bytes.",
    );
  });
});

describe("an S3 inventory", () => {
  const manifest = {
    sourceBucket: "source",
    destinationBucket: "arn:aws:s3:::inventories",
    fileFormat: "CSV",
    fileSchema: "Bucket, Key, Size",
    files: [{ key: "data/1.csv.gz" }, { key: "data/2.csv.gz" }],
  };
  const setUp = (changes = {}) => {
    const store = memoryObjectStore();
    store.set("data", "manifest.json", JSON.stringify({ ...manifest, ...changes }));
    store.set("inventories", "data/1.csv.gz", gzipSync('"source","a%2Cb","1"\n'));
    store.set("inventories", "data/2.csv.gz", gzipSync('"source","c","2"\n"source","d","3"\n'));
    return store;
  };
  const request = { arguments: { Bucket: "data", Key: "manifest.json" } };

  test.each([
    { InputType: "MANIFEST" },
    { ManifestType: "S3_INVENTORY" },
    { InputType: "MANIFEST", ManifestType: "S3_INVENTORY" },
  ])("gives the rows of its files: %j", async (readerConfig) => {
    expect(await all(setUp(), { ...request, readerConfig })).toEqual([
      {
        value: { Bucket: "source", Key: "a%2Cb", Size: "1" },
        source: "S3://inventories/data/1.csv.gz",
      },
      {
        value: { Bucket: "source", Key: "c", Size: "2" },
        source: "S3://inventories/data/2.csv.gz",
      },
      {
        value: { Bucket: "source", Key: "d", Size: "3" },
        source: "S3://inventories/data/2.csv.gz",
      },
    ]);
  });

  test("in another format fails", async () => {
    const reading = all(setUp({ fileFormat: "ORC" }), {
      ...request,
      readerConfig: { InputType: "MANIFEST" },
    });
    expect(await failure(reading)).toBe("The S3 inventory is in ORC, and only CSV can be read.");
  });

  test.each([
    [{ files: 7 }, "The manifest of the S3 inventory has no valid 'files'."],
    [{ fileSchema: null }, "The manifest of the S3 inventory has no valid 'fileSchema'."],
  ])("a manifest with %j fails", async (changes, cause) => {
    const readerConfig = { InputType: "MANIFEST" };
    expect(await failure(all(setUp(changes), { ...request, readerConfig }))).toBe(cause);
  });
});

describe("an Athena manifest", () => {
  const setUp = () => {
    const store = memoryObjectStore();
    store.set("data", "q-manifest.csv", "s3://out/q/1.gz\n\ns3://out/q/2.gz\n");
    return store;
  };
  const request = { arguments: { Bucket: "data", Key: "q-manifest.csv" } };
  const athena = { ManifestType: "ATHENA_DATA" };

  test("gives the rows of CSV files, which have no header", async () => {
    const store = setUp();
    store.set("out", "q/1.gz", gzipSync("1,2\n"));
    store.set("out", "q/2.gz", gzipSync("3,4\n"));
    const readerConfig = { ...athena, InputType: "CSV", CSVHeaders: ["a", "b"] };
    expect(await all(store, { ...request, readerConfig })).toEqual([
      { value: { a: "1", b: "2" }, source: "S3://out/q/1.gz" },
      { value: { a: "3", b: "4" }, source: "S3://out/q/2.gz" },
    ]);
  });

  test("gives the lines of JSON Lines files and the rows of Parquet files", async () => {
    const store = setUp();
    store.set("out", "q/1.gz", gzipSync("1\n"));
    store.set("out", "q/2.gz", gzipSync("2\n"));
    const lines = await all(store, { ...request, readerConfig: { ...athena, InputType: "JSONL" } });
    expect(lines.map(({ value }) => value)).toEqual([1, 2]);

    store.set("data", "q-manifest.csv", "s3://out/p");
    store.set("out", "p", parquetFile([{ name: "v", type: "UTF8", values: ["x"] }]));
    const parquet = { ...athena, InputType: "PARQUET" };
    expect(await all(store, { ...request, readerConfig: parquet })).toEqual([
      { value: { v: "x" }, source: "S3://out/p" },
    ]);
  });

  test("needs an input type, URIs, and headers for CSV", async () => {
    const fails = (readerConfig: EvaluatedReaderConfig, store = setUp()) =>
      failure(all(store, { ...request, readerConfig }));
    expect(await fails(athena)).toMatch(/needs the InputType/);
    expect(await fails({ ...athena, InputType: "CSV" })).toMatch(/give CSVHeaders/);
    const store = setUp();
    store.set("data", "q-manifest.csv", "/etc/passwd");
    expect(await fails({ ...athena, InputType: "JSONL" }, store)).toBe(
      "The Athena manifest has a line that is no S3 URI: /etc/passwd",
    );
  });
});

describe("MaxItems", () => {
  const config = { InputType: "JSON" };

  test("stops the reading; 0 and too many are as if it were absent. Recorded", async () => {
    expect(await read("[1, 2, 3]", { ...config, MaxItems: 2 })).toEqual([1, 2]);
    expect(await read("[1, 2, 3]", { ...config, MaxItems: 0 })).toEqual([1, 2, 3]);
    expect(await read("[1, 2, 3]", { ...config, MaxItems: 100_000_001 })).toEqual([1, 2, 3]);
    expect(await read("[1, 2, 3]", { ...config, MaxItems: undefined })).toEqual([1, 2, 3]);
    expect(await read("[1, 2, 3]", config, { limits: { items: 2 } })).toEqual([1, 2]);
  });

  test("that is negative fails. Recorded", async () => {
    const reading = read("[1]", { ...config, MaxItems: -1 });
    expect(await failure(reading)).toBe("field MaxItems must be positive");
  });
});

describe("what cannot be read", () => {
  const readerConfig = { InputType: "JSON" };

  test.each([
    [{ Bucket: "data", Key: "missing" }, "The specified key does not exist."],
    [{ Bucket: "missing", Key: "file" }, "The specified bucket does not exist"],
  ])("%j fails with S3's answer as the AWS SDK shows it", async (args, message) => {
    const store = memoryObjectStore();
    store.set("data", "file", "[]");
    expect(await failure(all(store, { arguments: args, readerConfig }))).toBe(
      `${message} (Service: S3, Status Code: 404, Request ID: R1, Extended Request ID: E1)`,
    );
  });

  test.each([{}, { Bucket: "data" }, { Bucket: 7, Key: "file" }, "text", null])(
    "arguments %j fail",
    async (args) => {
      expect(await failure(all(memoryObjectStore(), { arguments: args, readerConfig }))).toMatch(
        /^The ItemReader needs the parameter (Bucket|Key), a string\.$/,
      );
    },
  );

  test("an object that is too large fails", async () => {
    const reading = read("[1, 2, 3]", readerConfig, { limits: { objectBytes: 5 } });
    expect(await failure(reading)).toBe(
      "The object s3://data/file exceeds the maximum size of 5 bytes.",
    );
  });

  test("an input type or resource that is unknown fails", async () => {
    expect(await failure(read("[]", { InputType: "XML" }))).toMatch(/XML/);
    const resource = "arn:aws:states:::s3:deleteObject";
    expect(await failure(all(memoryObjectStore(), { resource }))).toMatch(/deleteObject/);
  });

  test("an abort ends the reading with its reason", async () => {
    const store = memoryObjectStore({ chunkBytes: 3 });
    store.set("data", "file", "[1, 2, 3, 4]");
    const stop = new AbortController();
    const request = { resource: getObject, arguments: { Bucket: "data", Key: "file" } };
    const opened = createItemReader(store).open({ ...request, readerConfig, signal: stop.signal });
    const reading = (async () => {
      for await (const _ of opened) stop.abort(new Error("stopped"));
    })();
    await expect(reading).rejects.toThrow("stopped");
    expect(store.openBodies()).toBe(0);
  });
});
