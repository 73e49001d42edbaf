import { expect, test } from "vitest";
import type { Logger } from "../../ports/logger.ts";
import { type AwsClient, type AwsClientSettings, createAwsConnections } from "./aws-connections.ts";

const ofAws = "AKIAIOSFODNN7EXAMPLE";

interface Client extends AwsClient {
  readonly settings: AwsClientSettings;
}

/** Connections to a service for which the AWS SDK finds this access key and this endpoint. */
function connections(found: { readonly accessKeyId?: string; readonly endpoint?: string }) {
  const log: string[] = [];
  const note = (message: string): void => void log.push(message);
  const logger: Logger = { debug: note, info: note, warn: note, error: note };
  const made = createAwsConnections<Client>({
    logger,
    create: (_, settings) => ({
      settings,
      config: {
        serviceId: "S3",
        credentials: async () => {
          if (found.accessKeyId === undefined) throw new Error("Could not load credentials");
          return { accessKeyId: found.accessKeyId };
        },
        serviceConfiguredEndpoint: async () => found.endpoint,
      },
      destroy() {},
    }),
  });
  return { made, log };
}

test("credentials that can be AWS's lead to AWS, and the log says so once", async () => {
  const { made, log } = connections({ accessKeyId: ofAws });
  expect(await made.to("us-east-1")).toMatchObject({ type: "connected", to: "AWS" });
  await made.to("us-east-1");
  expect(log).toEqual([
    "calls of S3 go to AWS: the AWS SDK's configuration has credentials (access key AKIA…)",
  ]);
});

test.each(["local", "test", "stepwell", "x".repeat(15)])(
  "the made-up access key %s leads nowhere",
  async (accessKeyId) => {
    const connection = await connections({ accessKeyId }).made.to("us-east-1");
    expect(connection).toMatchObject({ type: "nowhere", serviceId: "S3" });
    expect(connection.because).toContain(`the access key '${accessKeyId}' cannot be one of AWS's`);
  },
);

test("without credentials and endpoint there is nobody, for the reason that the AWS SDK gives", async () => {
  const { because } = await connections({}).made.to("us-east-1");
  expect(because).toContain("Could not load credentials");
  expect(because).toContain("AWS_ENDPOINT_URL_S3");
});

test.each([undefined, "local", ofAws])(
  "an endpoint is called whatever the access key is: %s",
  async (accessKeyId) => {
    const endpoint = "http://127.0.0.1:9000";
    const { made, log } = connections({
      endpoint,
      ...(accessKeyId === undefined ? {} : { accessKeyId }),
    });
    const connection = await made.to("us-east-1");
    if (connection.type !== "connected") throw new Error(connection.because);
    expect(connection.to).toBe("standIn");
    expect(connection.client.settings.forcePathStyle).toBe(true);
    expect(connection.client.settings.credentials === undefined).toBe(accessKeyId !== undefined);
    expect(log).toEqual([
      `calls of S3 go to a stand-in: ${endpoint} is configured as the endpoint of S3`,
    ]);
  },
);

test("a client that could not be made is tried again", async () => {
  let attempts = 0;
  const logger: Logger = { debug() {}, info() {}, warn() {}, error() {} };
  const made = createAwsConnections<AwsClient>({
    logger,
    create() {
      attempts++;
      throw new Error("no such module");
    },
  });
  await expect(made.to("a")).rejects.toThrow("no such module");
  await expect(made.to("a")).rejects.toThrow("no such module");
  expect(attempts).toBe(2);
});
