import { ObjectStoreError } from "../../ports/object-store.ts";

/** What a local folder answers, in S3's words. */
export const storeErrors = {
  noSuchBucket: () =>
    new ObjectStoreError({
      code: "NoSuchBucket",
      message: "The specified bucket does not exist",
      statusCode: 404,
    }),
  noSuchKey: () =>
    new ObjectStoreError({
      code: "NoSuchKey",
      message: "The specified key does not exist.",
      statusCode: 404,
    }),
  invalidBucketName: () =>
    new ObjectStoreError({
      code: "InvalidBucketName",
      message: "The specified bucket is not valid.",
      statusCode: 400,
    }),
  invalidRange: () =>
    new ObjectStoreError({
      code: "InvalidRange",
      message: "The requested range is not satisfiable",
      statusCode: 416,
    }),
  exists: () =>
    new ObjectStoreError({
      code: "PreconditionFailed",
      message: "At least one of the pre-conditions you specified did not hold",
      statusCode: 412,
    }),
  bucketNotEmpty: () =>
    new ObjectStoreError({
      code: "BucketNotEmpty",
      message: "The bucket you tried to delete is not empty",
      statusCode: 409,
    }),
  /** Ours: S3 has no folders, so there every key is possible. */
  notAFile: (key: string) =>
    new ObjectStoreError({
      code: "InvalidObjectName",
      message: `The key ${key} cannot be a file in a local folder.`,
      statusCode: 400,
    }),
  /** Ours: S3 has no links. */
  outside: () =>
    new ObjectStoreError({
      code: "AccessDenied",
      message: "Access Denied: a link leads out of the bucket's folder.",
      statusCode: 403,
    }),
};
