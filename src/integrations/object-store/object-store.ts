import type { Logger } from "../../ports/logger.ts";
import type { ObjectStore } from "../../ports/object-store.ts";
import { createLocalObjectStore, type LocalObjectStoreOptions } from "./local-object-store.ts";
import { createS3ObjectStore } from "./s3-object-store.ts";

export interface ObjectStoreOptions extends LocalObjectStoreOptions {
  readonly region: string;
  readonly logger: Logger;
}

/** Our choice: how long "no credentials" is believed; finding out can take seconds. */
const unavailableMs = 60_000;

/**
 * The buckets that Map Runs read and write: first those that are configured as folders, then the S3 service that the
 * AWS SDK's configuration names (AWS, or what `AWS_ENDPOINT_URL_S3` or `AWS_ENDPOINT_URL` point to), and without one
 * the local folder. The client is loaded on first use.
 */
export function createObjectStore(options: ObjectStoreOptions): ObjectStore {
  const local = createLocalObjectStore(options);
  const { buckets = {} } = options;
  let service: Promise<ObjectStore | undefined> | undefined;
  let unavailableUntil = 0;

  return {
    async *list(request) {
      yield* (await storeOf(request.bucket)).list(request);
    },
    get: async (address, range) => (await storeOf(address.bucket)).get(address, range),
    head: async (address) => (await storeOf(address.bucket)).head(address),
    put: async (address, body) => (await storeOf(address.bucket)).put(address, body),
    close() {
      local.close();
      service?.then(
        (connected) => connected?.close(),
        () => undefined,
      );
    },
  };

  async function storeOf(bucket: string): Promise<ObjectStore> {
    if (Object.hasOwn(buckets, bucket) || performance.now() < unavailableUntil) return local;
    service ??= connect();
    try {
      const connected = await service;
      if (connected !== undefined) return connected;
    } catch (error) {
      service = undefined;
      throw error;
    }
    service = undefined;
    return local;
  }

  async function connect(): Promise<ObjectStore | undefined> {
    const sdk = await import("@aws-sdk/client-s3");
    const endpoint = process.env["AWS_ENDPOINT_URL_S3"] ?? process.env["AWS_ENDPOINT_URL"];
    const configuration = {
      region: options.region,
      followRegionRedirects: true,
      // Other services than AWS have no host for each bucket, and not all know AWS's newer checksums.
      forcePathStyle: endpoint !== undefined,
      requestChecksumCalculation: "WHEN_REQUIRED",
      responseChecksumValidation: "WHEN_REQUIRED",
    } as const;
    const client = new sdk.S3Client(configuration);
    try {
      await client.config.credentials();
      return createS3ObjectStore(sdk, client);
    } catch (error) {
      client.destroy();
      if (endpoint === undefined) {
        options.logger.debug("The AWS SDK has no credentials: buckets are local folders", {
          error: String(error),
        });
        unavailableUntil = performance.now() + unavailableMs;
        return undefined;
      }
      // A stand-in for S3 takes any.
      const credentials = { accessKeyId: "stepwell", secretAccessKey: "stepwell" };
      return createS3ObjectStore(sdk, new sdk.S3Client({ ...configuration, credentials }));
    }
  }
}
