import { createHash } from "node:crypto";
import type { JsonObject } from "../../../expression/json.ts";
import { scopeOfArn } from "../../../machine/arns.ts";
import type { DocumentStore } from "../../../ports/document-store.ts";
import type { ObjectStore, ObjectSummary } from "../../../ports/object-store.ts";
import { DocumentCollection } from "../../../service/document-collection.ts";
import type { PipeRecord } from "../pipe-record.ts";
import { emptyBatch, PipeFailure, type PipeSource, type SourceMessage } from "../pipe-source.ts";

export interface BucketSourceOptions {
  readonly store: DocumentStore;
  readonly objects: Pick<ObjectStore, "list">;
  readonly now: () => number;
}

/** *Our choice*: how many objects may be there; what is known of them is one document. */
const mostObjects = 10_000;
/** *Documented*: the default of pipes for sources that have no other. */
const usualBatchSize = 1;

/** What has been given to the target, by key: which contents of it. Kept as long as the object is there. */
interface KnownObjects {
  readonly [key: string]: string;
}

/**
 * Objects that appear in a bucket, or files in a folder that is one. An object counts once two looks have found it alike: one that is still
 * being written does not. What is written anew comes anew.
 */
export function bucketSource(pipe: PipeRecord, options: BucketSourceOptions): PipeSource {
  const { Source: arn, SourceParameters: { S3BucketParameters: parameters = {} } = {} } = pipe;
  const { Prefix, BatchSize = usualBatchSize } = parameters;
  const bucket = arn.split(":").slice(5).join(":");
  const documents = new DocumentCollection<KnownObjects>(options.store, "pipes.known-objects");
  let seen: ReadonlyMap<string, string> = new Map();

  async function listed(): Promise<readonly ObjectSummary[]> {
    const all: ObjectSummary[] = [];
    for await (const page of options.objects.list({
      bucket,
      ...(Prefix !== undefined && { prefix: Prefix }),
    })) {
      all.push(...page);
      if (all.length > mostObjects) {
        throw new PipeFailure(
          `there are more than ${mostObjects} objects in ${bucket}/${Prefix ?? ""}: move away what is done with`,
        );
      }
    }
    return all;
  }

  return {
    atOnce: 1,
    async receive() {
      const objects = await listed();
      const before = seen;
      seen = new Map(objects.map((object) => [object.key, contentsOf(object)]));
      const known = (await documents.get(pipe.Arn)) ?? {};
      const fresh = objects.filter((object) => {
        const contents = contentsOf(object);
        return known[object.key] !== contents && before.get(object.key) === contents;
      });
      if (fresh.length === 0) return emptyBatch;
      const taken = new Map(
        fresh
          .slice(0, BatchSize)
          .map((object) => [messageOf(object, bucket, pipe, options.now()), object]),
      );
      return {
        messages: [...taken.keys()],
        async settle(done) {
          const added = done.flatMap((message) => {
            const object = taken.get(message);
            return object === undefined ? [] : [[object.key, contentsOf(object)] as const];
          });
          await documents.update(pipe.Arn, (now = {}) => ({
            ...Object.fromEntries(Object.entries(now).filter(([key]) => seen.has(key))),
            ...Object.fromEntries(added),
          }));
        },
      };
    },
    close: () => Promise.resolve(),
  };
}

function contentsOf({ etag, size }: ObjectSummary): string {
  return `${etag} ${size}`;
}

/** *Documented*: S3, event message structure of EventBridge. */
function messageOf(
  object: ObjectSummary,
  bucket: string,
  pipe: PipeRecord,
  now: number,
): SourceMessage {
  const { key, size, etag } = object;
  const id = createHash("sha256")
    .update(`${bucket}\n${key}\n${contentsOf(object)}`)
    .digest("hex")
    .slice(0, 32);
  const { region, accountId } = scopeOfArn(pipe.Arn);
  const event: JsonObject = {
    version: "0",
    id,
    "detail-type": "Object Created",
    source: "aws.s3",
    account: accountId,
    time: new Date(now).toISOString().replace(/\.\d+Z$/, "Z"),
    region,
    resources: [pipe.Source],
    detail: {
      version: "0",
      bucket: { name: bucket },
      object: { key, size, etag: etag.replaceAll('"', "") },
      reason: "PutObject",
    },
  };
  return { id, event };
}
