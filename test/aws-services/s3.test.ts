import { createHash } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  CompleteMultipartUploadCommand,
  CopyObjectCommand,
  CreateBucketCommand,
  CreateMultipartUploadCommand,
  DeleteBucketCommand,
  DeleteObjectsCommand,
  GetBucketEncryptionCommand,
  GetBucketLocationCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandOutput,
  ListPartsCommand,
  PutBucketEncryptionCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  S3Client,
  UploadPartCommand,
} from "@aws-sdk/client-s3";
import { describe, expect, onTestFinished, test } from "vitest";
import { ownServer } from "../api/own-server.ts";
import { region } from "../api/start-server.ts";

async function s3() {
  const objectFolder = await mkdtemp(join(tmpdir(), "stepwell-s3-"));
  onTestFinished(() => rm(objectFolder, { recursive: true }));
  const { url, mistakes } = await ownServer({ objectFolder });
  const client = new S3Client({
    endpoint: url,
    region,
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    maxAttempts: 1,
  });
  onTestFinished(() => client.destroy());
  return { client, url, mistakes, objectFolder };
}

describe("the official client of S3", () => {
  test("makes a bucket, and writes, lists, reads and deletes objects in it", async () => {
    const { client, mistakes } = await s3();
    const Bucket = "assets";
    await client.send(new CreateBucketCommand({ Bucket }));
    const { Buckets = [] } = await client.send(new ListBucketsCommand({}));
    expect(Buckets).toMatchObject([{ Name: Bucket, CreationDate: expect.any(Date) }]);
    expect(await client.send(new HeadBucketCommand({ Bucket }))).toMatchObject({
      BucketRegion: region,
    });
    for (const Key of ["code/a b+c.zip", "code/ü.json", "top"]) {
      await client.send(
        new PutObjectCommand({
          Bucket,
          Key,
          Body: `content of ${Key}`,
          ContentType: "text/plain",
          Metadata: { owner: "me" },
        }),
      );
    }
    const listed = await client.send(new ListObjectsV2Command({ Bucket, Delimiter: "/" }));
    expect(listed).toMatchObject({
      KeyCount: 2,
      IsTruncated: false,
      Contents: [{ Key: "top", Size: 14 }],
      CommonPrefixes: [{ Prefix: "code/" }],
    });
    const got = await client.send(new GetObjectCommand({ Bucket, Key: "code/a b+c.zip" }));
    expect(await got.Body?.transformToString()).toBe("content of code/a b+c.zip");
    expect(got).toMatchObject({ ContentType: "text/plain", Metadata: { owner: "me" } });
    const part = await client.send(new GetObjectCommand({ Bucket, Key: "top", Range: "bytes=-3" }));
    expect(await part.Body?.transformToString()).toBe("top");
    expect(part.ContentRange).toBe("bytes 11-13/14");
    await expect(client.send(new GetObjectCommand({ Bucket, Key: "gone" }))).rejects.toMatchObject({
      name: "NoSuchKey",
    });
    await expect(client.send(new HeadObjectCommand({ Bucket, Key: "gone" }))).rejects.toMatchObject(
      { name: "NotFound" },
    );
    await expect(client.send(new DeleteBucketCommand({ Bucket }))).rejects.toMatchObject({
      name: "BucketNotEmpty",
    });
    const keys = ["code/a b+c.zip", "code/ü.json", "top", "never"];
    const { Deleted } = await client.send(
      new DeleteObjectsCommand({ Bucket, Delete: { Objects: keys.map((Key) => ({ Key })) } }),
    );
    expect(Deleted).toHaveLength(4);
    await client.send(new DeleteBucketCommand({ Bucket }));
    await expect(client.send(new HeadBucketCommand({ Bucket }))).rejects.toMatchObject({
      name: "NotFound",
    });
    expect(mistakes).toEqual([]);
  });

  test("uploads an object in parts", async () => {
    const { client } = await s3();
    const [Bucket, Key] = ["assets", "large"];
    await client.send(new CreateBucketCommand({ Bucket }));
    const { UploadId } = await client.send(
      new CreateMultipartUploadCommand({ Bucket, Key, ContentType: "application/zip" }),
    );
    const bodies = ["first ", "second"];
    const parts = await Promise.all(
      bodies.map(async (Body, index) => {
        const PartNumber = index + 1;
        const { ETag } = await client.send(
          new UploadPartCommand({ Bucket, Key, UploadId, PartNumber, Body }),
        );
        return { ETag, PartNumber };
      }),
    );
    expect(parts[0]?.ETag).toBe(`"${createHash("md5").update("first ").digest("hex")}"`);
    const { Parts } = await client.send(new ListPartsCommand({ Bucket, Key, UploadId }));
    expect(Parts).toMatchObject([{ Size: 6 }, { Size: 6 }]);
    const complete = (Parts: typeof parts) =>
      client.send(
        new CompleteMultipartUploadCommand({ Bucket, Key, UploadId, MultipartUpload: { Parts } }),
      );
    await expect(complete([...parts].reverse())).rejects.toMatchObject({
      name: "InvalidPartOrder",
    });
    await complete(parts);
    const got = await client.send(new GetObjectCommand({ Bucket, Key }));
    expect(await got.Body?.transformToString()).toBe("first second");
    expect(got.ContentType).toBe("application/zip");
    await expect(complete(parts)).rejects.toMatchObject({ name: "NoSuchUpload" });
  });

  test("copies, tags, and writes only what is not there", async () => {
    const { client } = await s3();
    const Bucket = "assets";
    await client.send(new CreateBucketCommand({ Bucket }));
    const lock = { Bucket, Key: "lock", Body: "mine", IfNoneMatch: "*" };
    await client.send(new PutObjectCommand(lock));
    await expect(client.send(new PutObjectCommand(lock))).rejects.toMatchObject({
      name: "PreconditionFailed",
    });
    const TagSet = [{ Key: "team", Value: "a&b" }];
    await client.send(new PutObjectTaggingCommand({ Bucket, Key: "lock", Tagging: { TagSet } }));
    await client.send(new CopyObjectCommand({ Bucket, Key: "copy", CopySource: `${Bucket}/lock` }));
    expect(await client.send(new GetObjectTaggingCommand({ Bucket, Key: "copy" }))).toMatchObject({
      TagSet,
    });
  });

  test("asks what a bucket was told, and is told what it was not", async () => {
    const { client } = await s3();
    const Bucket = "assets";
    await client.send(new CreateBucketCommand({ Bucket }));
    expect(await client.send(new GetBucketLocationCommand({ Bucket }))).toMatchObject({
      LocationConstraint: region,
    });
    const { Status } = await client.send(new GetBucketVersioningCommand({ Bucket }));
    expect(Status).toBeUndefined();
    await expect(client.send(new GetBucketEncryptionCommand({ Bucket }))).rejects.toMatchObject({
      name: "ServerSideEncryptionConfigurationNotFoundError",
    });
    const Rules = [{ ApplyServerSideEncryptionByDefault: { SSEAlgorithm: "AES256" as const } }];
    await client.send(
      new PutBucketEncryptionCommand({ Bucket, ServerSideEncryptionConfiguration: { Rules } }),
    );
    expect(await client.send(new GetBucketEncryptionCommand({ Bucket }))).toMatchObject({
      ServerSideEncryptionConfiguration: { Rules },
    });
  });

  test("reads a long listing page by page, each key and prefix once", async () => {
    const { client } = await s3();
    const Bucket = "assets";
    await client.send(new CreateBucketCommand({ Bucket }));
    const keys = ["a/1", "a/2", "b", "c/1", "c/2", "d"];
    await Promise.all(
      keys.map((Key) => client.send(new PutObjectCommand({ Bucket, Key, Body: Key }))),
    );
    const seen: (string | undefined)[] = [];
    let ContinuationToken: string | undefined;
    do {
      const page: ListObjectsV2CommandOutput = await client.send(
        new ListObjectsV2Command({ Bucket, Delimiter: "/", MaxKeys: 1, ContinuationToken }),
      );
      seen.push(...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix));
      seen.push(...(page.Contents ?? []).map(({ Key }) => Key));
      ContinuationToken = page.NextContinuationToken;
    } while (ContinuationToken !== undefined);
    expect(seen).toEqual(["a/", "b", "c/", "d"]);
  });
});
