import { createRequire } from "node:module";
import { join } from "node:path";
import type { Logger } from "../../ports/logger.ts";
import { type AwsClient, createAwsConnections, endpointVariable } from "./aws-connections.ts";
import { clientPackage, serviceErrorPrefix } from "./service-names.ts";

/** What every client of the AWS SDK for JavaScript, version 3, has. */
export interface SdkClient extends AwsClient {
  readonly config: AwsClient["config"] & {
    readonly protocol?: { getShapeId?(): string };
  };
  send(command: SdkCommand, options: { readonly abortSignal: AbortSignal }): Promise<SdkResponse>;
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
  connect(service: string, region: string): Promise<SdkConnection>;
  close(): void;
}

/** Our choice: some calls wait for minutes, so many are open at a time. */
const maxSockets = 1_000;

/**
 * Credentials, Regions and endpoints are found as the AWS SDK finds them. No client repeats a call by itself: whether a message may be sent
 * twice is for the author's `Retry` to say.
 */
export function createSdkClients(options: { readonly logger: Logger }): SdkClients {
  const modules = new Map<string, Promise<SdkModule | undefined>>();
  const warned = new Set<string>();
  const connections = createAwsConnections<SdkClient>({
    logger: options.logger,
    async create(key, settings) {
      const [service = "", region] = key.split(" in ");
      const Client = clientClass((await moduleOf(service)) as SdkModule) as ClientClass;
      return new Client({
        ...(region === undefined ? {} : { region }),
        maxAttempts: 1,
        requestHandler: { httpAgent: { maxSockets }, httpsAgent: { maxSockets } },
        // Else the client warns on the console.
        logger: { debug() {}, info() {}, warn() {}, error() {} },
        // Observed: results of getObject have no checksums.
        responseChecksumValidation: "WHEN_REQUIRED",
        ...settings,
      });
    },
  });

  async function moduleOf(service: string): Promise<SdkModule | undefined> {
    const known = modules.get(service) ?? loadClient(clientPackage(service));
    modules.set(service, known);
    const module = await known;
    // It may be installed while the server runs.
    if (module === undefined) modules.delete(service);
    return module;
  }

  return {
    async connect(service, region) {
      const module = await moduleOf(service);
      if (module === undefined || clientClass(module) === undefined) {
        return { type: "notInstalled", packageName: clientPackage(service) };
      }
      const connection = await connections.to(`${service} in ${region}`);
      if (connection.type === "connected") {
        const { client } = connection;
        const errorPrefix = serviceErrorPrefix(client.config.serviceId);
        return { type: "connected", service: { client, errorPrefix, module } };
      }
      const { serviceId, because } = connection;
      if (!warned.has(service)) {
        warned.add(service);
        options.logger.warn(
          `Tasks that call ${serviceId} fail: ${because}. Configure credentials, or name a local service with ${endpointVariable(serviceId)} or AWS_ENDPOINT_URL.`,
        );
      }
      return { type: "unconfigured", errorPrefix: serviceErrorPrefix(serviceId) };
    },
    close: () => connections.close(),
  };
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
