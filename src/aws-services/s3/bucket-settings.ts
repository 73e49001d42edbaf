import type { DocumentStore } from "../../ports/document-store.ts";
import { type HttpBinding, ServiceError, type ServiceOperation } from "../../ports/service-api.ts";
import { DocumentCollection } from "../../service/document-collection.ts";
import { ofBucket, s3Operation, type S3Context } from "./s3-context.ts";

/** What a bucket was told, by the query parameter that names it, as it was told. */
interface BucketRecord {
  readonly settings: { readonly [marker: string]: string };
}

/** What buckets were told beside objects: kept, shown, and of no effect. */
export class BucketSettings {
  readonly #records: DocumentCollection<BucketRecord>;

  constructor(store: DocumentStore) {
    this.#records = new DocumentCollection(store, "s3.bucket");
  }

  async of(bucket: string, marker: string): Promise<string | undefined> {
    return (await this.#records.get(bucket))?.settings[marker];
  }

  /** `undefined` takes it away. */
  set(bucket: string, marker: string, document: string | undefined): Promise<void> {
    return this.#records.update(bucket, (before) => {
      const { [marker]: _, ...others } = before?.settings ?? {};
      return { settings: document === undefined ? others : { ...others, [marker]: document } };
    });
  }

  forget(bucket: string): Promise<void> {
    return this.#records.update(bucket, () => undefined);
  }
}

interface Setting {
  /** As the operations' names end: `BucketEncryption`. */
  readonly name: string;
  readonly marker: string;
  /** What IAM calls it, where that is not the name. */
  readonly action?: string;
  readonly type?: "application/json";
  /** *Documented*: what a bucket answers that was not told: an empty document, or an error. */
  readonly unset: string | { readonly code: string; readonly message: string };
  /** AWS has no operation to take it away. */
  readonly stays?: true;
}

const none = (code: string, message: string): Setting["unset"] => ({ code, message });
const empty = (root: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<${root} xmlns="http://s3.amazonaws.com/doc/2006-03-01/"/>`;

const settings: readonly Setting[] = [
  {
    name: "BucketEncryption",
    marker: "encryption",
    action: "EncryptionConfiguration",
    unset: none(
      "ServerSideEncryptionConfigurationNotFoundError",
      "The server side encryption configuration was not found",
    ),
  },
  {
    name: "BucketVersioning",
    marker: "versioning",
    unset: empty("VersioningConfiguration"),
    stays: true,
  },
  {
    name: "BucketPolicy",
    marker: "policy",
    type: "application/json",
    unset: none("NoSuchBucketPolicy", "The bucket policy does not exist"),
  },
  {
    name: "PublicAccessBlock",
    marker: "publicAccessBlock",
    action: "BucketPublicAccessBlock",
    unset: none(
      "NoSuchPublicAccessBlockConfiguration",
      "The public access block configuration was not found",
    ),
  },
  {
    name: "BucketOwnershipControls",
    marker: "ownershipControls",
    unset: none("OwnershipControlsNotFoundError", "The bucket ownership controls were not found"),
  },
  {
    name: "BucketLifecycleConfiguration",
    marker: "lifecycle",
    action: "LifecycleConfiguration",
    unset: none("NoSuchLifecycleConfiguration", "The lifecycle configuration does not exist"),
  },
  {
    name: "BucketTagging",
    marker: "tagging",
    unset: none("NoSuchTagSet", "The TagSet does not exist"),
  },
  {
    name: "BucketCors",
    marker: "cors",
    action: "BucketCORS",
    unset: none("NoSuchCORSConfiguration", "The CORS configuration does not exist"),
  },
  {
    name: "BucketWebsite",
    marker: "website",
    unset: none(
      "NoSuchWebsiteConfiguration",
      "The specified bucket does not have a website configuration",
    ),
  },
  {
    name: "BucketReplication",
    marker: "replication",
    action: "ReplicationConfiguration",
    unset: none(
      "ReplicationConfigurationNotFoundError",
      "The replication configuration was not found",
    ),
  },
  {
    name: "ObjectLockConfiguration",
    marker: "object-lock",
    action: "BucketObjectLockConfiguration",
    unset: none(
      "ObjectLockConfigurationNotFoundError",
      "Object Lock configuration does not exist for this bucket",
    ),
    stays: true,
  },
  { name: "BucketLogging", marker: "logging", unset: empty("BucketLoggingStatus"), stays: true },
  {
    name: "BucketNotificationConfiguration",
    marker: "notification",
    action: "BucketNotification",
    unset: empty("NotificationConfiguration"),
    stays: true,
  },
  {
    name: "BucketAccelerateConfiguration",
    marker: "accelerate",
    action: "AccelerateConfiguration",
    unset: empty("AccelerateConfiguration"),
    stays: true,
  },
  {
    name: "BucketRequestPayment",
    marker: "requestPayment",
    unset:
      '<?xml version="1.0" encoding="UTF-8"?>\n<RequestPaymentConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Payer>BucketOwner</Payer></RequestPaymentConfiguration>',
    stays: true,
  },
  {
    name: "BucketAcl",
    marker: "acl",
    unset:
      '<?xml version="1.0" encoding="UTF-8"?>\n<AccessControlPolicy xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Owner><ID>stepwell</ID></Owner><AccessControlList><Grant><Grantee xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:type="CanonicalUser"><ID>stepwell</ID></Grantee><Permission>FULL_CONTROL</Permission></Grant></AccessControlList></AccessControlPolicy>',
    stays: true,
  },
];

/** Our choice. *Documented*: the largest of them, a policy, is 20 KB. */
const longestDocument = 128 * 1024;

/** `GetBucketEncryption`, `PutBucketEncryption`, `DeleteBucketEncryption`, and so on for each setting. */
export function settingOperations(context: S3Context): {
  readonly [name: string]: ServiceOperation;
} {
  return Object.fromEntries(settings.flatMap((setting) => operationsOf(setting, context)));
}

function operationsOf(
  { name, marker, action = name, type, unset, stays }: Setting,
  { buckets, settings: known }: S3Context,
): readonly (readonly [string, ServiceOperation])[] {
  const http = (method: HttpBinding["method"], more: Partial<HttpBinding> = {}): HttpBinding => ({
    ...ofBucket,
    method,
    markers: [marker],
    ...more,
  });
  const headers = { "Content-Type": type ?? "application/xml" };
  const operations = [
    [
      `Get${name}`,
      s3Operation(http("GET"), `s3:Get${action}`, async ({ bucket }) => {
        await checkBucket(buckets, bucket);
        const document = (await known.of(bucket, marker)) ?? unset;
        if (typeof document !== "string") {
          throw new ServiceError(document.code, document.message, 404, { BucketName: bucket });
        }
        return { payload: Buffer.from(document), headers };
      }),
    ],
    [
      `Put${name}`,
      s3Operation(
        http("PUT", { payload: "Body" }),
        `s3:Put${action}`,
        async ({ bucket, payload = new Uint8Array() }) => {
          await checkBucket(buckets, bucket);
          if (payload.length > longestDocument) {
            throw new ServiceError("MaxMessageLengthExceeded", "Your request was too big.");
          }
          // An ACL may come as headers, of which none means anything here.
          if (payload.length > 0) {
            await known.set(bucket, marker, Buffer.from(payload).toString());
          }
          return {};
        },
      ),
    ],
  ] as const;
  if (stays) return operations;
  return [
    ...operations,
    [
      `Delete${name.replace(/Configuration$/, "")}`,
      s3Operation(
        http("DELETE", { status: 204 }),
        `s3:${name === "BucketPolicy" || name === "BucketWebsite" ? "Delete" : "Put"}${action}`,
        async ({ bucket }) => {
          await checkBucket(buckets, bucket);
          await known.set(bucket, marker, undefined);
          return {};
        },
      ),
    ],
  ];
}

export async function checkBucket(
  buckets: Pick<S3Context["buckets"], "has">,
  bucket: string,
): Promise<void> {
  if (await buckets.has(bucket)) return;
  throw new ServiceError("NoSuchBucket", "The specified bucket does not exist", 404, {
    BucketName: bucket,
  });
}
