import type { AwsClient, AwsClientSettings } from "../aws/aws-connections.ts";

/** What the AWS SDK is configured with, as the clients of services see it. */
export interface SdkConfiguration {
  /** Like a client of that service; it can be asked for its configuration only. */
  of(serviceId: string, settings: AwsClientSettings): Promise<AwsClient>;
}

/**
 * Reads the configuration by the client of one service, STS, under the ids of the others: all clients read it with the same
 * code, and nothing in it depends on the service but its id. What credentials are found is remembered.
 */
export function createSdkConfiguration(): SdkConfiguration {
  const found = new Map<string, Promise<unknown>>();
  return {
    async of(serviceId, settings) {
      const { STSClient } = await import("@aws-sdk/client-sts");
      const client = new STSClient({ ...settings, serviceId, logger: silent });
      const { config } = client;
      // What a profile names is found there, and the Region is that of whom it asks.
      const place = JSON.stringify([settings.profile, settings.region]);
      const credentials = (): Promise<unknown> => {
        const known = found.get(place);
        if (known !== undefined) return known;
        const finding: Promise<unknown> = config.credentials();
        found.set(place, finding);
        return finding;
      };
      return {
        config: {
          serviceId,
          credentials,
          serviceConfiguredEndpoint: () => configuredEndpoint(config),
        },
        destroy: () => client.destroy(),
      };
    },
  };
}

async function configuredEndpoint(config: object): Promise<string | undefined> {
  return (config as AwsClient["config"]).serviceConfiguredEndpoint?.();
}

const silent = { debug() {}, info() {}, warn() {}, error() {}, trace() {} };
