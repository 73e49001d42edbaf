import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import {
  CreateBucketCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { SignatureV4 } from "@smithy/signature-v4";
import { expect, onTestFinished, test } from "vitest";
import type { AuditedCall } from "../../src/ports/audit-trail.ts";
import { systemClock } from "../../src/runtime/system-clock.ts";
import { createAuthenticator } from "../../src/server/authentication/authenticator.ts";
import { createHttpServer } from "../../src/server/http-server.ts";
import { createStepwell } from "../../src/server/stepwell-server.ts";
import { createMemoryStore } from "../../src/store/memory/memory-store.ts";
import { accountId, region } from "../api/start-server.ts";
import { allow, policyText } from "../iam/enforcing-stepwell.ts";
import { Sha256 } from "../iam/sign.ts";

const logger = { debug() {}, info() {}, warn() {}, error() {} };

/** A server that asks everybody, and a user who may write into the bucket `mine` and nothing else. */
async function closedS3() {
  const objectFolder = await mkdtemp(join(tmpdir(), "stepwell-s3-"));
  const records: AuditedCall[] = [];
  const stepwell = await createStepwell({
    store: createMemoryStore(),
    logger,
    region,
    accountId,
    objectFolder,
    iam: { mode: "required" },
    auditLog: {
      folder: objectFolder,
      trail: {
        ensureWritable() {},
        record(call: AuditedCall) {
          records.push(call);
          return undefined;
        },
      },
      failure: () => undefined,
      close: async () => {},
    } as never,
    cloudWatch: { to: async () => undefined, close() {} },
    onFailure: (reason) => expect.fail(String(reason)),
  });
  const server = createHttpServer({
    service: stepwell.service,
    iam: stepwell.iam.service,
    services: stepwell.services,
    refused: stepwell.refused,
    host: "127.0.0.1",
    port: 0,
    logger,
    authenticator: createAuthenticator({
      credentials: stepwell.iam.credentials,
      clock: systemClock,
      accountId,
    }),
  });
  const { port } = await server.listen();
  onTestFinished(async () => {
    await server.close(1_000);
    await stepwell.shutdown(1_000);
    await rm(objectFolder, { recursive: true });
  });
  const owner = { ...stepwell.service.scope, principal: { type: "owner" } } as const;
  const asOwner = (operation: string, input: { readonly [name: string]: string }) =>
    stepwell.iam.service.call("iam", operation, input, owner);
  await asOwner("CreateUser", { UserName: "alice" });
  await asOwner("PutUserPolicy", {
    UserName: "alice",
    PolicyName: "mine",
    PolicyDocument: policyText(
      allow("s3:*", ["arn:aws:s3:::mine", "arn:aws:s3:::mine/*"]),
      allow("s3:ListAllMyBuckets"),
    ),
  });
  const { AccessKey } = await asOwner("CreateAccessKey", { UserName: "alice" });
  const { AccessKeyId = "", SecretAccessKey = "" } = AccessKey as { [name: string]: string };
  const key = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey };
  const url = `http://127.0.0.1:${port}`;
  const as = (credentials: typeof key): S3Client => {
    const client = new S3Client({ endpoint: url, region, credentials, maxAttempts: 1 });
    onTestFinished(() => client.destroy());
    return client;
  };
  return { url, port, key, as, records };
}

test("what the official client signs is taken, whole or in a stream, and what it may not is refused", async () => {
  const { as, key, records } = await closedS3();
  const alice = as(key);
  await alice.send(new CreateBucketCommand({ Bucket: "mine" }));
  const Key = "a b/ü+%2F~*'()";
  await alice.send(new PutObjectCommand({ Bucket: "mine", Key, Body: "whole" }));
  const streamed = { Bucket: "mine", Key: "streamed", ContentLength: 8 };
  await alice.send(
    new PutObjectCommand({ ...streamed, Body: Readable.from([Buffer.from("streamed")]) }),
  );
  const got = await alice.send(new GetObjectCommand({ Bucket: "mine", Key }));
  expect(await got.Body?.transformToString()).toBe("whole");
  const { ContentLength } = await alice.send(
    new HeadObjectCommand({ Bucket: "mine", Key: "streamed" }),
  );
  expect(ContentLength).toBe(8);
  await expect(alice.send(new CreateBucketCommand({ Bucket: "theirs" }))).rejects.toMatchObject({
    name: "AccessDenied",
    message: expect.stringContaining("s3:CreateBucket on resource: arn:aws:s3:::theirs") as string,
  });
  const put = records.find(({ eventName }) => eventName === "PutObject");
  expect(put).toMatchObject({
    eventSource: "s3.amazonaws.com",
    requestParameters: { bucket: "mine", key: Key },
    isReadOnly: false,
  });
});

test("another secret, no signature, and another body than the signed are refused, and leave no object", async () => {
  const { as, key, url, records } = await closedS3();
  const alice = as(key);
  await alice.send(new CreateBucketCommand({ Bucket: "mine" }));
  await expect(
    as({ ...key, secretAccessKey: "another" }).send(new ListBucketsCommand({})),
  ).rejects.toMatchObject({ name: "SignatureDoesNotMatch" });
  const unsigned = await fetch(`${url}/mine/object`, { headers: { Host: "s3.localhost" } });
  expect(unsigned.status).not.toBe(200);
  const changing = as(key);
  changing.middlewareStack.add(
    (next) => (args) => {
      (args.request as { body?: unknown }).body = "forged";
      return next(args);
    },
    { step: "finalizeRequest", priority: "low" },
  );
  await expect(
    changing.send(new PutObjectCommand({ Bucket: "mine", Key: "object", Body: "signed" })),
  ).rejects.toMatchObject({ name: expect.stringMatching(/Mismatch|BadDigest/) as string });
  await expect(
    alice.send(new HeadObjectCommand({ Bucket: "mine", Key: "object" })),
  ).rejects.toMatchObject({ name: "NotFound" });
  expect(records.map(({ error }) => error?.code)).toContain("SignatureDoesNotMatch");
});

test("a presigned URL is taken as long as it is valid and as it was made", async () => {
  const { as, key, port, url } = await closedS3();
  const alice = as(key);
  await alice.send(new CreateBucketCommand({ Bucket: "mine" }));
  await alice.send(
    new PutObjectCommand({ Bucket: "mine", Key: "page", Body: "<p>", ContentType: "text/html" }),
  );
  const signer = new SignatureV4({
    service: "s3",
    region,
    credentials: key,
    sha256: Sha256,
    uriEscapePath: false,
    applyChecksum: false,
  });
  const presigned = async (expiresIn: number, signingDate = new Date()): Promise<string> => {
    const { query = {} } = await signer.presign(
      {
        method: "GET",
        protocol: "http:",
        hostname: "127.0.0.1",
        port,
        path: "/mine/page",
        query: {},
        headers: {
          host: `127.0.0.1:${port}`,
          "x-amz-content-sha256": "UNSIGNED-PAYLOAD",
        },
      },
      { expiresIn, signingDate, unhoistableHeaders: new Set() },
    );
    return `${url}/mine/page?${new URLSearchParams(query as Record<string, string>)}`;
  };
  const link = await presigned(60);
  const answer = await fetch(link);
  expect([answer.status, await answer.text()]).toEqual([200, "<p>"]);
  expect(answer.headers.get("content-security-policy")).toBe("sandbox");
  expect((await fetch(link.replace("/page?", "/other?"))).status).toBe(403);
  expect((await fetch(link, { method: "DELETE" })).status).toBe(403);
  const old = await fetch(await presigned(60, new Date(Date.now() - 3_600_000)));
  expect([old.status, await old.text()]).toEqual([
    403,
    expect.stringContaining("Request has expired"),
  ]);
});
