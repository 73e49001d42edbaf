import { createRequire } from "node:module";
import { join } from "node:path";
import type { Logger } from "../../ports/logger.ts";
import { clientPackage, serviceErrorPrefix } from "./service-names.ts";

/** What every client of the AWS SDK for JavaScript, version 3, has. */
export interface SdkClient {
  readonly config: {
    readonly serviceId: string;
    readonly credentials?: () => Promise<unknown>;
    readonly protocol?: { getShapeId?(): string };
  };
  send(command: SdkCommand, options: { readonly abortSignal: AbortSignal }): Promise<SdkResponse>;
  destroy(): void;
}

export interface SdkCommand {
  /** `[9, namespace, name, traits, input, output]`; older clients have none. */
  readonly schema?: readonly unknown[];
  readonly middlewareStack: { add(middleware: unknown, options: object): void };
}

export interface SdkResponse {
  readonly $metadata: SdkResponseMetadata;
  readonly [member: string]: unknown;
}

export interface SdkResponseMetadata {
  readonly httpStatusCode?: number;
  readonly requestId?: string;
  readonly extendedRequestId?: string;
}

/** A client that can be called. */
export interface SdkService {
  readonly client: SdkClient;
  /** `DynamoDb`: what the errors of the AWS SDK for Java are named after. */
  readonly errorPrefix: string;
  readonly module: SdkModule;
}

export interface SdkModule {
  readonly [name: string]: unknown;
}

export type SdkConnection =
  | { readonly type: "connected"; readonly service: SdkService }
  /** Nobody can be asked: the AWS SDK finds neither credentials nor an endpoint. */
  | { readonly type: "unconfigured"; readonly errorPrefix: string }
  | { readonly type: "notInstalled"; readonly packageName: string };

/** The clients of AWS's services, each loaded when it is first asked for. */
export interface SdkClients {
  /** `service` is named as in the ARNs of SDK integrations: `dynamodb`, `cloudwatchlogs`. */
  connect(service: string): Promise<SdkConnection>;
  close(): void;
}

/** Our choice: some calls wait for minutes, so many are open at a time. */
const maxSockets = 1_000;
/** Our choice: how long "no credentials" is believed; finding out can take seconds. */
const unconfiguredMs = 60_000;

/**
 * Credentials, Regions and endpoints are found as the AWS SDK finds them; a stand-in for a service is named by
 * `AWS_ENDPOINT_URL_<SERVICE>` or `AWS_ENDPOINT_URL`. No client repeats a call by itself: whether a message may be sent
 * twice is for the author's `Retry` to say.
 */
export function createSdkClients(options: {
  readonly region: string;
  readonly logger: Logger;
}): SdkClients {
  const connections = new Map<string, Promise<SdkConnection>>();
  const clients: SdkClient[] = [];

  async function connect(service: string): Promise<SdkConnection> {
    const packageName = clientPackage(service);
    const module = await loadClient(packageName);
    const Client = module && clientClass(module);
    if (module === undefined || Client === undefined) return { type: "notInstalled", packageName };
    const { serviceId } = new Client({ region: options.region }).config;
    const hasEndpoint = endpointOf(serviceId) !== undefined;
    const configuration = {
      region: options.region,
      maxAttempts: 1,
      requestHandler: { httpAgent: { maxSockets }, httpsAgent: { maxSockets } },
      // Else the client warns on the console.
      logger: { debug() {}, info() {}, warn() {}, error() {} },
      // Only AWS has a host for each bucket.
      forcePathStyle: hasEndpoint,
      // Observed: results of getObject have no checksums.
      responseChecksumValidation: "WHEN_REQUIRED",
    };
    let client = new Client(configuration);
    const errorPrefix = serviceErrorPrefix(serviceId);
    try {
      await client.config.credentials?.();
    } catch (error) {
      client.destroy();
      if (!hasEndpoint) {
        options.logger.warn(
          `The AWS SDK has neither credentials for ${serviceId} nor an endpoint: tasks that call it fail. Configure credentials, or name a local service with ${endpointVariable(serviceId)} or AWS_ENDPOINT_URL.`,
          { error: String(error) },
        );
        setTimeout(() => connections.delete(service), unconfiguredMs).unref();
        return { type: "unconfigured", errorPrefix };
      }
      // A stand-in takes any.
      const credentials = { accessKeyId: "stepwell", secretAccessKey: "stepwell" };
      client = new Client({ ...configuration, credentials });
    }
    clients.push(client);
    return { type: "connected", service: { client, errorPrefix, module } };
  }

  return {
    connect(service) {
      const known = connections.get(service) ?? connect(service);
      connections.set(service, known);
      return known;
    },
    close() {
      for (const client of clients.splice(0)) client.destroy();
    },
  };
}

function endpointVariable(serviceId: string): string {
  return `AWS_ENDPOINT_URL_${serviceId.toUpperCase().replaceAll(" ", "_")}`;
}

function endpointOf(serviceId: string): string | undefined {
  const url = process.env[endpointVariable(serviceId)] ?? process.env["AWS_ENDPOINT_URL"];
  return url === "" ? undefined : url;
}

/** From where Stepwell is installed, or else from the working directory. */
async function loadClient(packageName: string): Promise<SdkModule | undefined> {
  try {
    return (await import(packageName)) as SdkModule;
  } catch (error) {
    if (!isMissing(error, packageName)) throw error;
  }
  try {
    return createRequire(join(process.cwd(), "package.json"))(packageName) as SdkModule;
  } catch (error) {
    if (!isMissing(error, packageName)) throw error;
    return undefined;
  }
}

function isMissing(error: unknown, packageName: string): boolean {
  const { code, message } = error as { readonly code?: string; readonly message: string };
  const isNotFound = code === "ERR_MODULE_NOT_FOUND" || code === "MODULE_NOT_FOUND";
  return isNotFound && message.includes(`'${packageName}'`);
}

type ClientClass = new (configuration: object) => SdkClient;

/** `SQSClient` of `@aws-sdk/client-sqs`. */
function clientClass(module: SdkModule): ClientClass | undefined {
  const name = Object.keys(module).find((key) => key.endsWith("Client") && key !== "__Client");
  return name === undefined ? undefined : (module[name] as ClientClass);
}
