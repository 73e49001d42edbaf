import type { LocalBuckets } from "../../integrations/object-store/local-buckets.ts";
import type { Clock } from "../../ports/clock.ts";
import type { DocumentStore } from "../../ports/document-store.ts";
import type { ServiceApi } from "../../ports/service-api.ts";
import { bucketOperations } from "./bucket-operations.ts";
import { BucketSettings, settingOperations } from "./bucket-settings.ts";
import { listOperations } from "./list-operations.ts";
import { ObjectNotes } from "./object-notes.ts";
import { readOperations } from "./read-operations.ts";
import type { S3Context } from "./s3-context.ts";
import { tagOperations } from "./tag-operations.ts";
import { uploadOperations } from "./upload-operations.ts";
import { Uploads } from "./uploads.ts";
import { writeOperations } from "./write-operations.ts";

export interface S3Options {
  readonly buckets: LocalBuckets;
  /** Where the buckets are that are configured nowhere else. */
  readonly folder: string;
  readonly store: DocumentStore;
  readonly clock: Pick<Clock, "now">;
}

/** S3 over the folders that are this machine's buckets. */
export function s3Api({ buckets, folder, store, clock }: S3Options): ServiceApi {
  const context: S3Context = {
    buckets,
    settings: new BucketSettings(store),
    notes: new ObjectNotes(store),
    uploads: new Uploads(folder, () => clock.now()),
  };
  return {
    signingName: "s3",
    protocol: { type: "rest-xml", namespace: "http://s3.amazonaws.com/doc/2006-03-01/" },
    operations: {
      ...bucketOperations(context),
      ...settingOperations(context),
      ...listOperations(context),
      ...readOperations(context),
      ...writeOperations(context),
      ...tagOperations(context),
      ...uploadOperations(context),
    },
  };
}
