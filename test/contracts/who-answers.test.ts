import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { awsPlace } from "../../src/integrations/aws/aws-configuration.ts";
import {
  type AwsClient,
  createAwsConnections,
  endpointVariable,
} from "../../src/integrations/aws/aws-connections.ts";
import { createClientModules } from "../../src/integrations/aws/client-modules.ts";
import { type ClientClass, clientClass } from "../../src/integrations/aws/sdk-clients.ts";
import { serviceIds } from "../../src/integrations/aws/service-ids.ts";
import { calledServices } from "../../src/integrations/doctor/called-services.ts";
import {
  type Answering,
  type AnsweringOptions,
  createWhoAnswers,
} from "../../src/integrations/doctor/who-answers.ts";

const ofAws = "AKIAIOSFODNN7EXAMPLE";
const region = "eu-west-1";
const silent = { debug() {}, info() {}, warn() {}, error() {} };

/** The machine's own AWS configuration must not be used. */
beforeEach(() => {
  for (const name of Object.keys(process.env)) {
    if (name.startsWith("AWS_")) vi.stubEnv(name, undefined);
  }
  vi.stubEnv("AWS_CONFIG_FILE", "/nonexistent");
  vi.stubEnv("AWS_SHARED_CREDENTIALS_FILE", "/nonexistent");
  vi.stubEnv("AWS_EC2_METADATA_DISABLED", "true");
});
afterEach(() => {
  vi.unstubAllEnvs();
});

/** The packages of clients that this process has loaded. */
function loadedClients(): ReadonlySet<string> {
  const loaded = Object.keys(createRequire(import.meta.url).cache);
  return new Set(loaded.flatMap((path) => /@aws-sdk\/client-[a-z0-9-]+/.exec(path)?.[0] ?? []));
}

// It comes first: what is loaded stays loaded.
test("of all services it is said who answers, and one client alone is loaded", async () => {
  const whoAnswers = createWhoAnswers({ region });
  const asked = calledServices().flatMap(({ client, others = [] }) => [client, ...others]);
  for (const client of asked) await whoAnswers(client);
  expect(asked.length).toBeGreaterThan(20);
  expect([...loadedClients()]).toEqual(["@aws-sdk/client-sts"]);
});

const modules = createClientModules();

async function classOf(client: string): Promise<ClientClass> {
  const Client = clientClass((await modules.load(client)) ?? {});
  if (Client === undefined) throw new Error(`${client} is not installed`);
  return Client;
}

/** What the client of the service itself says, by the way that calls go. */
async function really(client: string, { aws }: AnsweringOptions): Promise<Answering> {
  const Client = await classOf(client);
  const connections = createAwsConnections<AwsClient>({
    logger: silent,
    place: () => awsPlace(aws, client),
    create: (key, settings) => new Client({ region: key, logger: silent, ...settings }),
  });
  const connection = await connections.to(region);
  connections.close();
  const [because = ""] = connection.because.split(", and no endpoint");
  return connection.type === "nowhere"
    ? { to: "nowhere", because, serviceId: connection.serviceId }
    : { to: connection.to, because, serviceId: connection.client.config.serviceId };
}

test("the service ids are those of the clients", async () => {
  for (const [client, serviceId] of Object.entries(serviceIds)) {
    const made = new (await classOf(client))({ region, logger: silent });
    expect([client, made.config.serviceId]).toEqual([client, serviceId]);
  }
});

test("every service that is called, and whose client is installed, has its id", () => {
  const called = calledServices().flatMap(({ client, others = [] }) => [client, ...others]);
  const installed = called.filter((client) => modules.find(client) !== undefined);
  expect(installed.filter((client) => !Object.hasOwn(serviceIds, client))).toEqual([]);
});

const keys = { AWS_ACCESS_KEY_ID: ofAws, AWS_SECRET_ACCESS_KEY: "s" };
const endpoint = "http://127.0.0.1:4566";
const own = Object.fromEntries(
  Object.values(serviceIds).map((id, index) => [
    endpointVariable(id),
    `http://127.0.0.1:${7000 + index}`,
  ]),
);
const profiles = `
[profile work]
aws_access_key_id = ${ofAws}
aws_secret_access_key = s
services = local
[profile cloud]
aws_access_key_id = ${ofAws}
aws_secret_access_key = s
[services local]
${Object.values(serviceIds)
  .map((id, index) => {
    const name = id.toLowerCase().replaceAll(" ", "_");
    return `${name} =\n  endpoint_url = http://127.0.0.1:${8000 + index}`;
  })
  .join("\n")}
`;

interface Configured {
  readonly env?: { readonly [name: string]: string };
  readonly aws?: AnsweringOptions["aws"];
}

/** How the AWS SDK may be configured, and who answers then, where it is the same for all. */
const cases: Readonly<Record<string, readonly [Answering["to"] | "either", Configured]>> = {
  nothing: ["nowhere", {}],
  "credentials of AWS": ["AWS", { env: keys }],
  "made-up credentials": ["nowhere", { env: { ...keys, AWS_ACCESS_KEY_ID: "local" } }],
  "a token for Bedrock alone": ["nowhere", { env: { AWS_BEARER_TOKEN_BEDROCK: "token" } }],
  "an endpoint for all": ["standIn", { env: { ...keys, AWS_ENDPOINT_URL: endpoint } }],
  "an endpoint for each": ["standIn", { env: own }],
  "endpoints that are to be ignored": [
    "AWS",
    { env: { ...keys, ...own, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true" } },
  ],
  "a profile with an endpoint for each": ["standIn", { env: { AWS_PROFILE: "work" } }],
  "a profile of Stepwell's configuration": ["AWS", { aws: { profile: "cloud" } }],
  "a profile that there is not": ["nowhere", { env: keys, aws: { profile: "never" } }],
  "a stand-in for one": [
    "either",
    { env: keys, aws: { region: "us-west-2", services: { s3: { endpoint } } } },
  ],
};

describe.each(Object.entries(cases))("with %s", (_, [to, { env = {}, aws }]) => {
  test("it is said what the clients themselves say", async () => {
    const folder = mkdtempSync(join(tmpdir(), "stepwell-answers-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const file = join(folder, "config");
    writeFileSync(file, profiles);
    vi.stubEnv("AWS_CONFIG_FILE", file);
    for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
    const options = { region, aws };
    const whoAnswers = createWhoAnswers(options);
    for (const client of Object.keys(serviceIds)) {
      const said = await whoAnswers(client);
      expect([client, said]).toEqual([client, await really(client, options)]);
      if (to !== "either") expect([client, said.to]).toEqual([client, to]);
    }
  });
});

test("services that are answered from memory are asked nowhere else", async () => {
  for (const [name, value] of Object.entries(keys)) vi.stubEnv(name, value);
  const whoAnswers = createWhoAnswers({ region, standInServices: "memory" });
  const because = "this server answers from memory";
  expect(await whoAnswers("sqs")).toEqual({ to: "standIn", because, serviceId: "SQS" });
  expect(await whoAnswers("s3")).toMatchObject({ to: "AWS" });
});

test("credentials are looked for once, whatever they are for", async () => {
  vi.stubEnv("AWS_ACCESS_KEY_ID", ofAws);
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "s");
  const whoAnswers = createWhoAnswers({ region });
  expect((await whoAnswers("sqs")).to).toBe("AWS");
  vi.stubEnv("AWS_ACCESS_KEY_ID", undefined);
  expect((await whoAnswers("sns")).to).toBe("AWS");
  expect((await createWhoAnswers({ region })("sns")).to).toBe("nowhere");
});
