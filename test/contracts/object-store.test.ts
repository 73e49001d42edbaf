import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { S3Client } from "@aws-sdk/client-s3";
import * as sdk from "@aws-sdk/client-s3";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { createLocalObjectStore } from "../../src/integrations/object-store/local-object-store.ts";
import { createObjectStores } from "../../src/integrations/object-store/object-store.ts";
import { createS3ObjectStore } from "../../src/integrations/object-store/s3-object-store.ts";
import { partBytes } from "../../src/integrations/object-store/s3-upload.ts";
import {
  ObjectStoreError,
  type ObjectStore,
  type ObjectSummary,
} from "../../src/ports/object-store.ts";
import { memoryObjectStore } from "./memory-object-store.ts";
import { startS3Server } from "./s3-server.ts";

async function read(store: ObjectStore, bucket: string, key: string, range?: [number, number]) {
  const asked = range && { start: range[0], end: range[1] };
  const { body, size } = await store.get({ bucket, key }, asked);
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  const bytes = Buffer.concat(chunks);
  expect(bytes.length).toBe(size);
  return bytes.toString();
}

async function list(store: ObjectStore, bucket: string, request = {}): Promise<ObjectSummary[]> {
  const result: ObjectSummary[] = [];
  for await (const page of store.list({ bucket, ...request })) result.push(...page);
  return result;
}

const keysOf = (objects: readonly ObjectSummary[]) => objects.map(({ key }) => key);
const bytes = (text: string) => Buffer.from(text);

async function failure(asking: Promise<unknown>): Promise<string> {
  const error = await asking.then(
    () => expect.unreachable("it was answered"),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ObjectStoreError)) throw error;
  return error.code;
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "stepwell-objects-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

async function s3() {
  const server = await startS3Server();
  const client = new S3Client({
    endpoint: server.endpoint,
    region: "us-east-1",
    forcePathStyle: true,
    maxAttempts: 1,
    credentials: { accessKeyId: "a", secretAccessKey: "b" },
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
  });
  const store = createS3ObjectStore(sdk, client);
  onTestFinished(async () => {
    store.close();
    await server.close();
  });
  return { server, store };
}

const implementations: readonly (readonly [
  name: string,
  make: (bucket: string) => Promise<ObjectStore>,
])[] = [
  [
    "a local folder",
    async (bucket) => {
      const folder = temporaryFolder();
      mkdirSync(join(folder, bucket));
      return createLocalObjectStore({ folder });
    },
  ],
  [
    "S3",
    async (bucket) => {
      const { server, store } = await s3();
      server.makeBucket(bucket);
      return store;
    },
  ],
  [
    "the memory that tests use",
    async (bucket) => {
      const store = memoryObjectStore();
      store.set(bucket, "x", "");
      return { ...store, list: withoutKey(store, "x") };
    },
  ],
];

function withoutKey(store: ObjectStore, hidden: string): ObjectStore["list"] {
  return async function* (request) {
    for await (const page of store.list(request)) yield page.filter(({ key }) => key !== hidden);
  };
}

describe.each(implementations)("a store of objects: %s", (_, make) => {
  test("gives back what was put, whole and in ranges, and replaces it", async () => {
    const store = await make("data");
    const first = await store.put({ bucket: "data", key: "a/b c/ä.txt" }, bytes("0123456789"));
    expect(first.size).toBe(10);
    expect(first.etag).toMatch(/^".+"$/);
    expect(await read(store, "data", "a/b c/ä.txt")).toBe("0123456789");
    expect(await read(store, "data", "a/b c/ä.txt", [3, 6])).toBe("345");
    expect(await store.head({ bucket: "data", key: "a/b c/ä.txt" })).toEqual(first);

    async function* chunks() {
      yield bytes("new ");
      yield bytes("content");
    }
    const second = await store.put({ bucket: "data", key: "a/b c/ä.txt" }, chunks());
    expect(second.etag).not.toBe(first.etag);
    expect(await read(store, "data", "a/b c/ä.txt")).toBe("new content");
    await store.put({ bucket: "data", key: "empty" }, new Uint8Array());
    expect(await read(store, "data", "empty")).toBe("");
  });

  test("lists over pages in the byte order of keys, where a folder is nothing of its own", async () => {
    const store = await make("data");
    const keys = ["a-b", "a/1", "a/2/3", "a0", "b", "ä"];
    for (const key of keys.toReversed()) await store.put({ bucket: "data", key }, bytes(key));
    expect(keysOf(await list(store, "data"))).toEqual(keys);
    expect(keysOf(await list(store, "data", { prefix: "a/" }))).toEqual(["a/1", "a/2/3"]);
    expect(keysOf(await list(store, "data", { prefix: "a/2" }))).toEqual(["a/2/3"]);
    expect(keysOf(await list(store, "data", { startAfter: "a/1" }))).toEqual(keys.slice(2));
    expect(keysOf(await list(store, "data", { prefix: "nothing" }))).toEqual([]);
    const [summary] = await list(store, "data");
    expect(summary).toMatchObject({ size: 3, storageClass: "STANDARD" });
    expect(summary?.etag).toMatch(/^"[0-9a-f]{32}"$/);
    expect(summary?.lastModified).toBeGreaterThan(1_600_000_000_000);
  });

  test("says which of bucket and key is missing", async () => {
    const store = await make("data");
    const missing = { bucket: "data", key: "missing" };
    expect(await failure(store.get(missing))).toBe("NoSuchKey");
    expect(await failure(store.head(missing))).toBe("NoSuchKey");
    expect(await failure(store.get({ bucket: "missing", key: "a" }))).toBe("NoSuchBucket");
    expect(await failure(list(store, "missing"))).toBe("NoSuchBucket");
  });

  test("keeps nothing of a body that breaks off", async () => {
    const store = await make("data");
    async function* broken() {
      yield bytes("half");
      throw new ObjectStoreError({ code: "Broken", message: "it broke", statusCode: 500 });
    }
    const put = store.put({ bucket: "data", key: "a" }, broken());
    expect(await failure(put)).toBe("Broken");
    expect(keysOf(await list(store, "data"))).toEqual([]);
  });
});

describe("a local folder", () => {
  test("never leads out of the bucket by a key", async () => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "secret"), "secret");
    mkdirSync(join(folder, "data"));
    const store = createLocalObjectStore({ folder });
    const keys = [
      "../secret",
      "a/../../secret",
      "/etc/passwd",
      "..",
      ".",
      "a//b",
      "a/",
      "",
      "a\0b",
    ];
    for (const key of [...keys, "a/./b"]) {
      expect(await failure(store.get({ bucket: "data", key })), key).toBe("InvalidObjectName");
      const put = store.put({ bucket: "data", key }, bytes("x"));
      expect(await failure(put), key).toBe("InvalidObjectName");
    }
    expect(readdirSync(folder).toSorted()).toEqual(["data", "secret"]);
  });

  test("never leads out of its folder by a bucket's name", async () => {
    const store = createLocalObjectStore({ folder: join(temporaryFolder(), "s3") });
    for (const bucket of ["..", ".", "", "a/b", "../s3", "/etc", "a\\b", "a..b", "-a-", "a\0bc"]) {
      const failures = [
        store.get({ bucket, key: "passwd" }),
        store.head({ bucket, key: "passwd" }),
        store.put({ bucket, key: "passwd" }, bytes("x")),
        list(store, bucket),
      ].map(failure);
      expect(new Set(await Promise.all(failures)), bucket).toEqual(new Set(["InvalidBucketName"]));
    }
  });

  test("never leads out by a link, for reading, writing and listing", async () => {
    const folder = temporaryFolder();
    const outside = temporaryFolder();
    writeFileSync(join(outside, "secret"), "secret");
    mkdirSync(join(folder, "data"));
    symlinkSync(join(outside, "secret"), join(folder, "data", "file"));
    symlinkSync(outside, join(folder, "data", "folder"));
    symlinkSync("..", join(folder, "data", "up"));
    const store = createLocalObjectStore({ folder });
    for (const key of ["file", "folder/secret", "up/data/file", "folder"]) {
      expect(await failure(store.get({ bucket: "data", key })), key).toBe("AccessDenied");
    }
    for (const key of ["folder/new", "folder/deep/new", "up/new"]) {
      const put = store.put({ bucket: "data", key }, bytes("x"));
      expect(await failure(put), key).toBe("AccessDenied");
    }
    expect(readdirSync(outside)).toEqual(["secret"]);
    expect(await list(store, "data")).toEqual([]);
    // Writing where a link is replaces the link, and what it leads to stays.
    await store.put({ bucket: "data", key: "file" }, bytes("mine"));
    expect(await read(store, "data", "file")).toBe("mine");
    const other = createLocalObjectStore({ folder, buckets: { elsewhere: outside } });
    expect(await read(other, "elsewhere", "secret")).toBe("secret");
  });

  test("follows links that stay inside, and no circles", async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "data", "a"), { recursive: true });
    writeFileSync(join(folder, "data", "a", "1"), "one");
    symlinkSync("a", join(folder, "data", "b"));
    symlinkSync("..", join(folder, "data", "a", "circle"));
    symlinkSync("nowhere", join(folder, "data", "dangling"));
    const store = createLocalObjectStore({ folder });
    expect(keysOf(await list(store, "data"))).toEqual(["a/1", "b/1"]);
    expect(await read(store, "data", "b/1")).toBe("one");
  });

  test("shows nothing of an object before all of it is there", async () => {
    const folder = temporaryFolder();
    const store = createLocalObjectStore({ folder });
    const seen: string[][] = [];
    async function* watched() {
      yield bytes("half");
      seen.push(keysOf(await list(store, "data")));
      yield bytes("whole");
    }
    await store.put({ bucket: "data", key: "a" }, watched());
    expect(seen).toEqual([[]]);
    expect(readdirSync(join(folder, "data"))).toEqual(["a"]);
  });

  test("buckets may be folders elsewhere, and only names that were configured are", async () => {
    const elsewhere = temporaryFolder();
    writeFileSync(join(elsewhere, "file"), "here");
    const folder = temporaryFolder();
    const store = createLocalObjectStore({ folder, buckets: { data: elsewhere } });
    expect(await read(store, "data", "file")).toBe("here");
    expect(await failure(store.get({ bucket: "constructor", key: "file" }))).toBe("NoSuchBucket");
  });

  test("a key cannot be a folder, nor below a file", async () => {
    const store = createLocalObjectStore({ folder: temporaryFolder() });
    await store.put({ bucket: "data", key: "a/b" }, bytes("x"));
    expect(await failure(store.get({ bucket: "data", key: "a" }))).toBe("NoSuchKey");
    expect(await failure(store.get({ bucket: "data", key: "a/b/c" }))).toBe("NoSuchKey");
    const folder = store.put({ bucket: "data", key: "a" }, bytes("x"));
    expect(await failure(folder)).toBe("InvalidObjectName");
    const below = store.put({ bucket: "data", key: "a/b/c" }, bytes("x"));
    expect(await failure(below)).toBe("InvalidObjectName");
    const deeper = store.put({ bucket: "data", key: "a/b/c/d" }, bytes("x"));
    expect(await failure(deeper)).toBe("InvalidObjectName");
  });

  test("lists more than a page", async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "data"));
    for (let index = 0; index < 1_001; index++) writeFileSync(join(folder, "data", `${index}`), "");
    const sizes: number[] = [];
    for await (const page of createLocalObjectStore({ folder }).list({ bucket: "data" })) {
      sizes.push(page.length);
    }
    expect(sizes).toEqual([1_000, 1]);
  });
});

describe("S3", () => {
  test("a body that breaks off is taken up again where it ended", async () => {
    const { server, store } = await s3();
    server.makeBucket("data");
    await store.put({ bucket: "data", key: "a" }, bytes("0123456789"));
    server.requests.length = 0;
    server.breakOff(2, 4);
    expect(await read(store, "data", "a")).toBe("0123456789");
    expect(server.requests.map((request) => request.replace(/.* /, ""))).toEqual([
      "",
      "bytes=4-9",
      "bytes=8-9",
    ]);
    server.breakOff(1, 2);
    expect(await read(store, "data", "a", [3, 9])).toBe("345678");
  });

  test("a body is not taken up from another object, nor for ever", async () => {
    const { server, store } = await s3();
    server.makeBucket("data");
    await store.put({ bucket: "data", key: "a" }, bytes("0123456789"));
    const { body } = await (server.breakOff(1, 4), store.get({ bucket: "data", key: "a" }));
    await store.put({ bucket: "data", key: "a" }, bytes("abcdefghij"));
    const whole = (async () => {
      for await (const _ of body);
    })();
    expect(await failure(whole)).toBe("PreconditionFailed");
    server.breakOff(10, 0);
    expect(await failure(read(store, "data", "a"))).toBe("SdkClientException");
  });

  test("a large body goes up in parts, and one that fails leaves none", async () => {
    const { server, store } = await s3();
    server.makeBucket("data");
    const chunk = Buffer.alloc(1024 * 1024, "x");
    async function* megabytes(count: number) {
      for (let index = 0; index < count; index++) yield chunk;
    }
    const { size } = await store.put({ bucket: "data", key: "a" }, megabytes(20));
    expect(size).toBe(20 * 1024 ** 2);
    expect(await store.head({ bucket: "data", key: "a" })).toMatchObject({ size });
    const partsSent = server.requests.filter((request) => request.includes("partNumber"));
    expect(partsSent).toHaveLength(Math.ceil(size / partBytes));

    async function* broken() {
      yield* megabytes(10);
      throw new Error("it broke");
    }
    const put = store.put({ bucket: "data", key: "b" }, broken());
    expect(await failure(put)).toBe("SdkClientException");
    expect(server.openUploads()).toBe(0);
  });

  test("errors have S3's code, wording and request", async () => {
    const { server, store } = await s3();
    server.makeBucket("data");
    server.refuse(403, "AccessDenied", "Access Denied");
    await expect(store.get({ bucket: "data", key: "a" })).rejects.toMatchObject({
      code: "AccessDenied",
      message: "Access Denied",
      statusCode: 403,
      requestId: "REQ",
      extendedRequestId: "EXT",
    });
    server.refuse(403, "AccessDenied", "Access Denied");
    expect(await failure(store.head({ bucket: "data", key: "a" }))).toBe("AccessDenied");
  });
});

describe("which store a bucket is in", () => {
  const log: string[] = [];
  const logger = {
    debug() {},
    info: (message: string) => void log.push(message),
    warn() {},
    error() {},
  };
  const setUp = (environment: { readonly [name: string]: string | undefined }) => {
    const folder = temporaryFolder();
    const elsewhere = temporaryFolder();
    log.length = 0;
    for (const name of Object.keys(process.env)) {
      if (name.startsWith("AWS_")) vi.stubEnv(name, undefined);
    }
    // Nothing of this machine's own configuration is to be found.
    vi.stubEnv("AWS_CONFIG_FILE", join(folder, "none"));
    vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", join(folder, "none"));
    vi.stubEnv("AWS_EC2_METADATA_DISABLED", "true");
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    onTestFinished(() => void vi.unstubAllEnvs());
    const buckets = { configured: elsewhere };
    const stores = createObjectStores({ folder, buckets, logger });
    onTestFinished(() => stores.close());
    const store = stores.from("us-east-1");
    return { store, folder, elsewhere };
  };

  test.each([
    ["without credentials and endpoint", {}, "the AWS SDK has no credentials"],
    [
      "with the credentials that our pages tell clients to use",
      { AWS_ACCESS_KEY_ID: "local", AWS_SECRET_ACCESS_KEY: "local" },
      "the access key 'local' cannot be one of AWS's",
    ],
  ])("%s it is a local folder, and the log says why", async (_, environment, because) => {
    const { store, folder } = setUp(environment);
    await store.put({ bucket: "data", key: "a" }, bytes("x"));
    expect(readdirSync(join(folder, "data"))).toEqual(["a"]);
    expect(keysOf(await list(store, "data"))).toEqual(["a"]);
    expect(log).toHaveLength(1);
    expect(log[0]).toContain(`the bucket 'data' is the folder ${join(folder, "data")}: ${because}`);
  });

  test.each(["AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"])(
    "with %s it is there, but for buckets that are configured",
    async (name) => {
      const server = await startS3Server();
      onTestFinished(() => server.close());
      server.makeBucket("data");
      const { store, folder, elsewhere } = setUp({ [name]: server.endpoint });
      await store.put({ bucket: "data", key: "a" }, bytes("x"));
      expect(server.requests.map((request) => request.split("?")[0])).toEqual(["PUT /data/a"]);
      await store.put({ bucket: "configured", key: "b" }, bytes("y"));
      expect(readdirSync(elsewhere)).toEqual(["b"]);
      expect(readdirSync(folder)).toEqual([]);
    },
  );
});
