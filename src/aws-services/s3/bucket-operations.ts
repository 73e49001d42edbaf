import { ServiceError, type ServiceOperation } from "../../ports/service-api.ts";
import { structureOf, textOf } from "../members.ts";
import { checkBucket } from "./bucket-settings.ts";
import { ofBucket, s3Operation, type S3Context } from "./s3-context.ts";

/** *Documented*: names of buckets that can be made today. */
const newBucketName = /^(?!xn--|sthree-)[a-z0-9](?:[a-z0-9.-]{1,61})[a-z0-9]$/;

export function bucketOperations({ buckets, settings }: S3Context): {
  readonly [name: string]: ServiceOperation;
} {
  return {
    ListBuckets: s3Operation({ method: "GET", path: "/" }, "s3:ListAllMyBuckets", async () => ({
      members: {
        ListAllMyBucketsResult: {
          Owner: { ID: "stepwell" },
          Buckets: {
            Bucket: (await buckets.buckets()).map(({ name, createdAt }) => ({
              Name: name,
              CreationDate: new Date(createdAt),
            })),
          },
        },
      },
    })),

    CreateBucket: s3Operation(
      { ...ofBucket, method: "PUT" },
      "s3:CreateBucket",
      async ({ bucket, caller, members }) => {
        if (!newBucketName.test(bucket) || bucket.includes("..")) {
          throw new ServiceError("InvalidBucketName", "The specified bucket is not valid.", 400, {
            BucketName: bucket,
          });
        }
        const isThere = await buckets.has(bucket);
        const constraint =
          textOf(members, "LocationConstraint") ??
          textOf(structureOf(members, "CreateBucketConfiguration"), "LocationConstraint");
        // *Documented*: in us-east-1 it is as if it had been made.
        if (isThere && (constraint ?? caller.region) !== "us-east-1") {
          throw new ServiceError(
            "BucketAlreadyOwnedByYou",
            "Your previous request to create the named bucket succeeded and you already own it.",
            409,
            { BucketName: bucket },
          );
        }
        await buckets.create(bucket);
        if (!isThere && constraint !== undefined)
          await settings.set(bucket, "location", constraint);
        return { headers: { Location: `/${bucket}` } };
      },
    ),

    HeadBucket: s3Operation(
      { ...ofBucket, method: "HEAD" },
      "s3:ListBucket",
      async ({ bucket, caller }) => {
        await checkBucket(buckets, bucket);
        const region = (await settings.of(bucket, "location")) ?? caller.region;
        return { headers: { "x-amz-bucket-region": region } };
      },
    ),

    DeleteBucket: s3Operation(
      { ...ofBucket, method: "DELETE", status: 204 },
      "s3:DeleteBucket",
      async ({ bucket }) => {
        await buckets.remove(bucket);
        await settings.forget(bucket);
        return {};
      },
    ),

    GetBucketLocation: s3Operation(
      { ...ofBucket, method: "GET", markers: ["location"] },
      "s3:GetBucketLocation",
      async ({ bucket, caller }) => {
        await checkBucket(buckets, bucket);
        const region = (await settings.of(bucket, "location")) ?? caller.region;
        // *Documented*: the oldest Region has no name here.
        return { members: { LocationConstraint: region === "us-east-1" ? "" : region } };
      },
    ),
  };
}
