import type * as S3Sdk from "@aws-sdk/client-s3";
import { join } from "node:path";
import type { Logger } from "../../ports/logger.ts";
import type { ObjectStore } from "../../ports/object-store.ts";
import { type AwsConfiguration, awsPlace } from "../aws/aws-configuration.ts";
import { createAwsConnections } from "../aws/aws-connections.ts";
import { createLocalObjectStore, type LocalObjectStoreOptions } from "./local-object-store.ts";
import { createS3ObjectStore } from "./s3-object-store.ts";

export interface ObjectStoreOptions extends LocalObjectStoreOptions {
  readonly logger: Logger;
  readonly aws?: AwsConfiguration | undefined;
}

/** The buckets as they are reached from each Region. */
export interface ObjectStores {
  from(region: string): ObjectStore;
  close(): void;
}

/** Our choice: of how many buckets it is remembered that the log has said where they are. */
const rememberedBuckets = 1_000;

/**
 * The buckets that Map Runs read and write: first those that are configured as folders, then the S3 service that the
 * AWS SDK's configuration names (AWS or a stand-in), and without one the local folder. The log says at first use which
 * of them a bucket is, and why. The client is loaded on first use.
 */
export function createObjectStores(options: ObjectStoreOptions): ObjectStores {
  const local = createLocalObjectStore(options);
  const { buckets = {}, logger } = options;
  let sdk: typeof S3Sdk | undefined;
  const connections = createAwsConnections<S3Sdk.S3Client>({
    logger,
    place: () => awsPlace(options.aws, "s3"),
    async create(region, settings) {
      sdk ??= await import("@aws-sdk/client-s3");
      return new sdk.S3Client({
        region,
        followRegionRedirects: true,
        // Not all other services know AWS's newer checksums.
        requestChecksumCalculation: "WHEN_REQUIRED",
        responseChecksumValidation: "WHEN_REQUIRED",
        ...settings,
      });
    },
  });
  const told = new Set<string>();

  return {
    from(region) {
      const storeOf = (bucket: string): Promise<ObjectStore> => storeFrom(region, bucket);
      return {
        async *list(request) {
          yield* (await storeOf(request.bucket)).list(request);
        },
        get: async (address, range) => (await storeOf(address.bucket)).get(address, range),
        head: async (address) => (await storeOf(address.bucket)).head(address),
        put: async (address, body) => (await storeOf(address.bucket)).put(address, body),
        close() {},
      };
    },
    close() {
      local.close();
      connections.close();
    },
  };

  async function storeFrom(region: string, bucket: string): Promise<ObjectStore> {
    if (Object.hasOwn(buckets, bucket)) {
      tell(bucket, `the folder ${buckets[bucket]}`, "it is configured under buckets");
      return local;
    }
    const connection = await connections.to(region);
    if (connection.type === "nowhere") {
      tell(bucket, `the folder ${join(options.folder, bucket)}`, connection.because);
      return local;
    }
    tell(bucket, connection.to === "AWS" ? "in AWS" : "at a stand-in", connection.because);
    return createS3ObjectStore(sdk as typeof S3Sdk, connection.client);
  }

  function tell(bucket: string, where: string, because: string): void {
    if (told.has(bucket)) return;
    if (told.size >= rememberedBuckets) told.clear();
    told.add(bucket);
    logger.info(`the bucket '${bucket}' is ${where}: ${because}`);
  }
}
