import type { LocalBuckets } from "../../integrations/object-store/local-buckets.ts";
import type { Access } from "../../ports/authorizer.ts";
import type {
  HttpBinding,
  ServiceAnswer,
  ServiceCall,
  ServiceInput,
  ServiceOperation,
} from "../../ports/service-api.ts";
import { textOf } from "../members.ts";
import type { BucketSettings } from "./bucket-settings.ts";
import type { ObjectNotes } from "./object-notes.ts";
import type { Uploads } from "./uploads.ts";

/** What S3's operations work with. */
export interface S3Context {
  readonly buckets: LocalBuckets;
  readonly settings: BucketSettings;
  readonly notes: ObjectNotes;
  readonly uploads: Uploads;
}

/** A call of S3 with its address read. */
export interface S3Call extends ServiceCall, ServiceInput {
  /** Empty only of operations without one. */
  readonly bucket: string;
  readonly key: string;
  text(member: string): string | undefined;
}

/** An operation on a bucket or an object, which is what its `action` is asked for. */
export function s3Operation(
  http: HttpBinding,
  action: string | ((call: S3Call) => readonly Access[]),
  perform: (call: S3Call) => Promise<ServiceAnswer>,
): ServiceOperation {
  return {
    http,
    prepare(input, given) {
      const { members } = input;
      const call: S3Call = {
        ...given,
        ...input,
        bucket: textOf(members, "Bucket") ?? "",
        key: textOf(members, "Key") ?? "",
        text: (member) => textOf(members, member),
      };
      const access =
        typeof action === "string" ? [{ action, resource: resourceOf(call) }] : action(call);
      return { access, perform: () => perform(call) };
    },
  };
}

/** `arn:aws:s3:::bucket/key`. */
export function resourceOf({
  caller,
  bucket,
  key,
}: Pick<S3Call, "caller" | "bucket"> & { readonly key?: string }): string {
  if (bucket === "") return "*";
  return `arn:${caller.partition}:s3:::${bucket}${key ? `/${key}` : ""}`;
}

export const ofBucket = { path: "/{Bucket}" } as const;
export const ofObject = { path: "/{Bucket}/{Key+}" } as const;
