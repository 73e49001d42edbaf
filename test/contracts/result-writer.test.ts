import { describe, expect, test } from "vitest";
import {
  awsWriterLimits,
  createResultWriter,
} from "../../src/integrations/map-run/result-writer.ts";
import {
  MapRunIoError,
  type ChildResult,
  type MapRunResult,
  type ResultWriterRequest,
} from "../../src/ports/map-run-io.ts";
import { ObjectStoreError } from "../../src/ports/object-store.ts";
import { memoryObjectStore, type MemoryObjectStore } from "./memory-object-store.ts";

const id = "4977ded7-b097-3bee-81e1-7863c5660f29";
const mapRunArn = `arn:aws:states:us-east-1:123456789012:mapRun:Machine/Map:${id}`;
const stateMachineArn = "arn:aws:states:us-east-1:123456789012:stateMachine:Machine/Map";

function child(name: string, output: unknown, changes: Partial<ChildResult> = {}): ChildResult {
  return {
    status: "SUCCEEDED",
    executionArn: `arn:aws:states:us-east-1:123456789012:execution:Machine/Map:${name}`,
    stateMachineArn,
    name,
    input: `"${name}"`,
    output: JSON.stringify(output),
    startDate: 1_700_000_000_000,
    stopDate: 1_700_000_000_123,
    redriveCount: 0,
    redriveStatus: "NOT_REDRIVABLE",
    redriveStatusReason: "Execution is SUCCEEDED and cannot be redriven",
    ...changes,
  };
}

const failedChild = (name: string, changes: Partial<ChildResult> = {}) =>
  child(name, null, {
    status: "FAILED",
    output: undefined,
    error: "Boom",
    cause: "because",
    redriveStatus: "REDRIVABLE_BY_MAP_RUN",
    redriveStatusReason: undefined,
    ...changes,
  });

const pendingChild = (name: string) =>
  child(name, null, { status: "PENDING", output: undefined, stopDate: undefined });

function bucket(): MemoryObjectStore {
  const store = memoryObjectStore();
  store.set("results", "other", "");
  return store;
}

const toBucket: ResultWriterRequest = {
  resource: "arn:aws:states:::s3:putObject",
  arguments: { Bucket: "results", Prefix: "jobs" },
  mapRunArn,
  redriveCount: 0,
};

async function write(
  store: MemoryObjectStore,
  results: readonly ChildResult[],
  request: Partial<ResultWriterRequest> = {},
  limits = {},
): Promise<MapRunResult> {
  const writer = createResultWriter(store, { ...awsWriterLimits, ...limits });
  const open = await writer.open({ ...toBucket, ...request });
  for (const result of results) await open.write(result);
  return open.finish();
}

const json = (store: MemoryObjectStore, key: string) =>
  JSON.parse(store.text("results", key)) as unknown;

async function failure(writing: Promise<unknown>): Promise<[error: string, cause: string]> {
  const error = await writing.then(
    () => expect.unreachable("it was written"),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof MapRunIoError)) throw error;
  return [error.error, error.causeText];
}

describe("the files", () => {
  test("are one for each kind of end that there is, and a manifest of them", async () => {
    const store = bucket();
    const results = [
      child("a", { x: 1 }),
      failedChild("b"),
      child("c", 2),
      failedChild("d", { status: "TIMED_OUT" }),
      failedChild("e", { status: "ABORTED" }),
      pendingChild("f"),
    ];
    const result = await write(store, results);
    const folder = `jobs/${id}`;
    expect(result).toEqual({
      type: "manifest",
      Bucket: "results",
      Key: `${folder}/manifest.json`,
    });
    const size = (key: string) => store.text("results", key).length;
    expect(store.text("results", `${folder}/manifest.json`)).toBe(
      JSON.stringify({
        DestinationBucket: "results",
        MapRunArn: mapRunArn,
        ResultFiles: {
          FAILED: [{ Key: `${folder}/FAILED_0.json`, Size: size(`${folder}/FAILED_0.json`) }],
          PENDING: [{ Key: `${folder}/PENDING_0.json`, Size: size(`${folder}/PENDING_0.json`) }],
          SUCCEEDED: [
            { Key: `${folder}/SUCCEEDED_0.json`, Size: size(`${folder}/SUCCEEDED_0.json`) },
          ],
        },
      }),
    );
    expect(json(store, `${folder}/PENDING_0.json`)).toEqual([
      { Input: '"f"', InputDetails: { Included: true }, Status: "PENDING" },
    ]);
    const failed = json(store, `${folder}/FAILED_0.json`) as { Name: string; Status: string }[];
    expect(failed.map(({ Name, Status }) => [Name, Status])).toEqual([
      ["b", "FAILED"],
      ["d", "TIMED_OUT"],
      ["e", "ABORTED"],
    ]);
    expect(json(store, `${folder}/SUCCEEDED_0.json`)).toHaveLength(2);
  });

  test("have everything about a child", async () => {
    const store = bucket();
    await write(store, [child("a", { x: 1 }), failedChild("b")]);
    expect(store.text("results", `jobs/${id}/SUCCEEDED_0.json`)).toBe(
      `[{"ExecutionArn":"arn:aws:states:us-east-1:123456789012:execution:Machine/Map:a","Input":"\\"a\\"",` +
        `"InputDetails":{"Included":true},"Name":"a","Output":"{\\"x\\":1}","OutputDetails":{"Included":true},` +
        `"RedriveCount":0,"RedriveStatus":"NOT_REDRIVABLE","RedriveStatusReason":"Execution is SUCCEEDED and cannot be redriven",` +
        `"StartDate":"2023-11-14T22:13:20Z","StateMachineArn":"${stateMachineArn}","Status":"SUCCEEDED","StopDate":"2023-11-14T22:13:20.123Z"}]`,
    );
    const [failed] = json(store, `jobs/${id}/FAILED_0.json`) as object[];
    expect(failed).toMatchObject({ Error: "Boom", Cause: "because", Status: "FAILED" });
    expect(failed).not.toHaveProperty("Output");
  });

  test("of a run without children are none", async () => {
    const store = bucket();
    await write(store, []);
    expect(store.keys("results")).toEqual([`jobs/${id}/manifest.json`, "other"]);
    expect(json(store, `jobs/${id}/manifest.json`)).toMatchObject({
      ResultFiles: { FAILED: [], PENDING: [], SUCCEEDED: [] },
    });
  });

  test.each([
    [{ Bucket: "results" }, `${id}/manifest.json`],
    [{ Bucket: "results", Prefix: "" }, `${id}/manifest.json`],
    [{ Bucket: "results", Prefix: "a/b/" }, `a/b/${id}/manifest.json`],
    [{ Bucket: "results", Prefix: "a/b" }, `a/b/${id}/manifest.json`],
  ])("are below the prefix: %j", async (args, key) => {
    expect(await write(bucket(), [], { arguments: args })).toMatchObject({ Key: key });
  });

  test("are split before they grow too large, each a whole array", async () => {
    const store = bucket();
    const results = ["a", "b", "c", "d", "e"].map((name) => child(name, "x".repeat(30)));
    const writerConfig = { Transformation: "COMPACT" };
    // Two outputs of 32 bytes with comma and brackets make 67.
    await write(store, results, { writerConfig }, { fileBytes: 67 });
    const keys = store.keys("results").filter((key) => key.includes("SUCCEEDED"));
    expect(keys).toEqual([0, 1, 2].map((index) => `jobs/${id}/SUCCEEDED_${index}.json`));
    expect(keys.map((key) => (json(store, key) as unknown[]).length)).toEqual([2, 2, 1]);
    const { ResultFiles } = json(store, `jobs/${id}/manifest.json`) as {
      readonly ResultFiles: { readonly SUCCEEDED: readonly unknown[] };
    };
    expect(ResultFiles.SUCCEEDED).toEqual(
      keys.map((Key) => ({ Key, Size: store.text("results", Key).length })),
    );
  });

  test("written again are the same files", async () => {
    const store = bucket();
    const results = [child("a", 1), failedChild("b")];
    const interrupted = await createResultWriter(store).open(toBucket);
    await interrupted.write(child("a", 1));
    await interrupted.abort();
    expect(store.keys("results")).not.toContain(`jobs/${id}/manifest.json`);
    await write(store, results);
    const first = new Map(store.keys("results").map((key) => [key, store.text("results", key)]));
    await write(store, results);
    expect(new Map(store.keys("results").map((key) => [key, store.text("results", key)]))).toEqual(
      first,
    );
  });
});

describe("WriterConfig", () => {
  const results = [
    child("a", [1, [2]]),
    child("b", { x: 1 }),
    child("c", []),
    child("d", "text", { output: '{\n "y": 2\n}' }),
    failedChild("e"),
  ];

  test.each([
    ["COMPACT", "JSON", '[[1,[2]],{"x":1},[],'],
    ["COMPACT", "JSONL", '[1,[2]]\n{"x":1}\n[]\n{"y":2}\n'],
    ["FLATTEN", "JSON", '[1,[2],{"x":1},'],
    ["FLATTEN", "JSONL", '1\n[2]\n{"x":1}\n{"y":2}\n'],
  ])("%s and %s", async (Transformation, OutputType, start) => {
    const store = bucket();
    await write(store, results, { writerConfig: { Transformation, OutputType } });
    const extension = OutputType === "JSON" ? "json" : "jsonl";
    const text = store.text("results", `jobs/${id}/SUCCEEDED_0.${extension}`);
    expect(text.startsWith(start)).toBe(true);
    if (OutputType === "JSON") expect((JSON.parse(text) as unknown[]).at(-1)).toEqual({ y: 2 });
    else expect(text).toBe(start);
    // What failed is written whole, whatever the transformation.
    const failed = store.text("results", `jobs/${id}/FAILED_0.${extension}`);
    expect(failed).toContain('"Error":"Boom"');
    expect(failed.endsWith("\n")).toBe(OutputType === "JSONL");
  });

  test("FLATTEN of nothing but empty arrays is an empty array", async () => {
    const store = bucket();
    const empty = [child("a", []), child("b", []), child("c", [1]), child("d", [])];
    await write(store, empty.slice(0, 2), { writerConfig: { Transformation: "FLATTEN" } });
    expect(store.text("results", `jobs/${id}/SUCCEEDED_0.json`)).toBe("[]");
    await write(store, empty, { writerConfig: { Transformation: "FLATTEN" } });
    expect(store.text("results", `jobs/${id}/SUCCEEDED_0.json`)).toBe("[1]");
  });
});

describe("a redrive", () => {
  const redrive = { redriveCount: 1, redriveDate: 1_700_000_001_000 };
  const later = { stopDate: 1_700_000_002_000, redriveCount: 1 };

  test("writes beside the earlier results, only what it ran, and names both", async () => {
    const store = bucket();
    await write(store, [child("a", 1), failedChild("b"), pendingChild("c")]);
    const before = store.text("results", `jobs/${id}/manifest.json`);
    const result = await write(
      store,
      [child("a", 1), child("b", 2, later), child("c", 3, later)],
      redrive,
    );
    expect(result).toMatchObject({ Key: `jobs/${id}/Redrive-1/manifest.json` });
    expect(store.text("results", `jobs/${id}/manifest.json`)).toBe(before);
    const second = json(store, `jobs/${id}/Redrive-1/SUCCEEDED_0.json`) as { Name: string }[];
    expect(second.map(({ Name }) => Name)).toEqual(["b", "c"]);
    const { ResultFiles } = json(store, `jobs/${id}/Redrive-1/manifest.json`) as {
      readonly ResultFiles: { readonly [status: string]: readonly { readonly Key: string }[] };
    };
    expect(ResultFiles["SUCCEEDED"]?.map(({ Key }) => Key)).toEqual([
      `jobs/${id}/SUCCEEDED_0.json`,
      `jobs/${id}/Redrive-1/SUCCEEDED_0.json`,
    ]);
    expect(ResultFiles["FAILED"]).toEqual([]);
  });

  test("of a run that has no manifest writes everything", async () => {
    const store = bucket();
    await write(store, [child("a", 1), child("b", 2, later)], redrive);
    expect(json(store, `jobs/${id}/Redrive-1/SUCCEEDED_0.json`)).toHaveLength(2);
  });
});

describe("without a resource", () => {
  const inState = { resource: undefined, arguments: undefined };

  test.each([
    [undefined, '[[1],{"x":1}]'],
    [{ Transformation: "COMPACT", OutputType: "JSONL" }, '[[1],{"x":1}]'],
    [{ Transformation: "FLATTEN" }, '[1,{"x":1}]'],
  ])("the results are the state's: %j", async (writerConfig, text) => {
    const results = [child("a", [1]), child("b", { x: 1 })];
    const written = await write(bucket(), results, { ...inState, writerConfig });
    expect(written).toEqual({ type: "output", text });
  });

  test("NONE gives the whole records, and no children an empty array", async () => {
    const writerConfig = { Transformation: "NONE" };
    const written = await write(bucket(), [child("a", 1)], { ...inState, writerConfig });
    if (written.type !== "output") expect.unreachable();
    expect(JSON.parse(written.text)).toMatchObject([{ Name: "a", Output: "1" }]);
    expect(await write(bucket(), [], inState)).toEqual({ type: "output", text: "[]" });
  });

  test("a result of exactly the limit is one, and a byte more is too large", async () => {
    const exact = [child("a", "é"), child("b", 12)];
    // ["é",12] with é in two bytes.
    expect(await write(bucket(), exact, inState, { payloadBytes: 9 })).toEqual({
      type: "output",
      text: '["é",12]',
    });
    const writing = write(bucket(), exact, { ...inState, stateName: "M" }, { payloadBytes: 8 });
    expect(await failure(writing)).toEqual([
      "States.DataLimitExceeded",
      "The state/task 'M' returned a result with a size exceeding the maximum number of bytes service limit.",
    ]);
  });
});

describe("what cannot be written", () => {
  test.each([{}, { Bucket: 7 }, null])("arguments %j fail", async (args) => {
    const [error] = await failure(write(bucket(), [], { arguments: args }));
    expect(error).toBe("States.ResultWriterFailed");
  });

  test("a missing bucket fails with S3's answer", async () => {
    const writing = write(memoryObjectStore(), [child("a", 1)]);
    expect(await failure(writing)).toEqual([
      "States.ResultWriterFailed",
      "The specified bucket does not exist (Service: S3, Status Code: 404, Request ID: R1, Extended Request ID: E1)",
    ]);
  });

  test("a store that breaks off does not leave the writer waiting for room", async () => {
    const store = bucket();
    let taken = 0;
    const refusing: MemoryObjectStore = {
      ...store,
      async put(_, body) {
        if (body instanceof Uint8Array) return { size: 0, etag: "" };
        for await (const chunk of body) {
          taken += chunk.length;
          if (taken > 1000) break;
        }
        throw new ObjectStoreError({ code: "SlowDown", message: "Slow down", statusCode: 503 });
      },
    };
    const results = Array.from({ length: 50 }, (_, index) =>
      child(`${index}`, "x".repeat(100_000)),
    );
    expect(await failure(write(refusing, results))).toEqual([
      "States.ResultWriterFailed",
      "Slow down (Service: S3, Status Code: 503)",
    ]);
  });

  test("a slow store holds the writer back", async () => {
    const store = bucket();
    let release: (() => void) | undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const slow: MemoryObjectStore = {
      ...store,
      async put(address, body) {
        await held;
        return store.put(address, body);
      },
    };
    const open = await createResultWriter(slow).open(toBucket);
    let written = 0;
    const writing = (async () => {
      for (; written < 100; written++) await open.write(child(`${written}`, "x".repeat(100_000)));
    })();
    // Promises that can go on have gone on before a macrotask.
    await new Promise((resolve) => setImmediate(resolve));
    expect(written).toBeLessThan(5);
    release?.();
    await writing;
    await open.finish();
    expect(json(store, `jobs/${id}/SUCCEEDED_0.json`)).toHaveLength(100);
  });
});
