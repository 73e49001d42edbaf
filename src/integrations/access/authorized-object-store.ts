import { type Access, accessDenied, type Authorizer } from "../../ports/authorizer.ts";
import type { Caller } from "../../ports/caller.ts";
import { type ObjectStore, ObjectStoreError } from "../../ports/object-store.ts";

/**
 * The buckets as a role may read and write them: each list, object and range is asked about before it is called, and refused as S3
 * refuses it.
 *
 * *Documented*: IAM policies for using Distributed Map states; S3, actions of HeadObject and of versions. *Our choice*: parts of a
 * large upload are not asked about one by one, since they serve the upload that was allowed.
 */
export function authorizedObjectStore(
  store: ObjectStore,
  { authorizer, caller }: { readonly authorizer: Authorizer; readonly caller: Caller },
): ObjectStore {
  const { partition } = caller;

  async function allow(access: Access): Promise<void> {
    const asked = { ...access, caller };
    const decision = await authorizer.mayAct(asked);
    if (decision.allowed) return;
    throw new ObjectStoreError({
      code: "AccessDenied",
      message: accessDenied(asked, decision),
      statusCode: 403,
    });
  }

  const onObject = (action: string, { bucket, key }: { bucket: string; key: string }): Access => ({
    action,
    resource: `arn:${partition}:s3:::${bucket}/${key}`,
  });

  return {
    async *list(request) {
      const { bucket, prefix = "" } = request;
      const resource = `arn:${partition}:s3:::${bucket}`;
      await allow({ action: "s3:ListBucket", resource, conditions: { "s3:prefix": prefix } });
      yield* store.list(request);
    },
    async get(address, range) {
      await allow(onObject(readingOf(address), address));
      return store.get(address, range);
    },
    async head(address) {
      await allow(onObject(readingOf(address), address));
      return store.head(address);
    },
    async put(address, body) {
      await allow(onObject("s3:PutObject", address));
      return store.put(address, body);
    },
    close: () => store.close(),
  };
}

function readingOf({ versionId }: { readonly versionId?: string }): string {
  return versionId === undefined ? "s3:GetObject" : "s3:GetObjectVersion";
}
