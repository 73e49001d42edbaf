import type { Clock } from "../../ports/clock.ts";
import type { Logger } from "../../ports/logger.ts";
import type { Redactor } from "../../ports/redactor.ts";
import { BoundedMap } from "../http/connections/bounded-map.ts";
import { type AssumedRoles, createAssumedRoles } from "./assumed-roles.ts";
import { type AwsConfiguration, awsPlace } from "./aws-configuration.ts";
import { type AwsClient, createAwsConnections, endpointVariable } from "./aws-connections.ts";
import { type ClientModules, createClientModules, type SdkModule } from "./client-modules.ts";
import { clientPackage, serviceErrorPrefix } from "./service-names.ts";
import type { AwsCredentials } from "./signature.ts";

/** What every client of the AWS SDK for JavaScript, version 3, has. */
export interface SdkClient extends AwsClient {
  readonly config: AwsClient["config"] & {
    readonly protocol?: { getShapeId?(): string };
    readonly forcePathStyle?: boolean;
    readonly requestHandler?: { readonly metadata?: { readonly handlerProtocol?: string } };
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

export type SdkConnection =
  | {
      readonly type: "connected";
      readonly service: SdkService;
      /** `memory`: this process answers by itself, and asks nobody for credentials. Absent: it is not known. */
      readonly to?: "AWS" | "standIn" | "memory";
    }
  /** Nobody can be asked: the AWS SDK finds neither credentials nor an endpoint. */
  | { readonly type: "unconfigured"; readonly errorPrefix: string }
  | { readonly type: "notInstalled"; readonly packageName: string };

/** The clients of AWS's services, each loaded when it is first asked for. */
export interface SdkClients {
  /** `service` is named as in the ARNs of SDK integrations: `dynamodb`, `cloudwatchlogs`. */
  connect(
    service: string,
    region: string,
    /** Instead of those that are configured; ignored where nobody would be called. */
    credentials?: AwsCredentials,
  ): Promise<SdkConnection>;
  /** Absent: every call is made with the configured credentials. */
  readonly roles?: AssumedRoles;
  /** Absent: nothing is known of packages. */
  readonly modules?: ClientModules;
  close(): void;
}

export interface SdkClientsOptions {
  readonly logger: Logger;
  readonly redactor?: Redactor;
  readonly clock?: Pick<Clock, "now">;
  readonly aws?: AwsConfiguration | undefined;
  /** Where `stepwell add` installs clients. */
  readonly clientsFolder?: string | undefined;
}

/** Our choice: some calls wait for minutes, so many are open at a time. */
const maxSockets = 1_000;

/** Clients with the credentials of a role that are kept, each for one service, Region and role. Our choice. */
const mostRoleClients = 200;

/**
 * Credentials, Regions and endpoints are found as the AWS SDK finds them, where the configuration does not say otherwise. No
 * client repeats a call by itself: whether a message may be sent twice is for the author's `Retry` to say.
 */
export function createSdkClients(options: SdkClientsOptions): SdkClients {
  const modules = createClientModules(options.clientsFolder);
  const warned = new Set<string>();
  // One that is forgotten holds nothing: its connections are those of the client that it was made after.
  const roleClients = new BoundedMap<string, SdkClient>(mostRoleClients);
  const connections = createAwsConnections<SdkClient>({
    logger: options.logger,
    place: (key) => awsPlace(options.aws, serviceOf(key)),
    async create(key, settings) {
      const Client = clientClass((await modules.load(serviceOf(key))) as SdkModule) as ClientClass;
      const configuration = { ...usualConfiguration(key), requestHandler, ...settings };
      const client = new Client(configuration);
      if (client.config.requestHandler?.metadata?.handlerProtocol !== "h2") return client;
      client.destroy();
      return new Client({ ...configuration, requestHandler: await plainHandler() });
    },
  });

  /** The same way as `client` goes, with other credentials. */
  function withCredentials(
    key: string,
    { client, module }: Omit<SdkService, "errorPrefix">,
    credentials: AwsCredentials,
  ): SdkClient {
    const roleKey = `${key} as ${credentials.accessKeyId}`;
    const known = roleClients.get(roleKey);
    if (known !== undefined) return known;
    const Client = clientClass(module) as ClientClass;
    const { endpoint, profile, region } = awsPlace(options.aws, serviceOf(key));
    const made = new Client({
      ...usualConfiguration(key),
      requestHandler: client.config.requestHandler,
      ...(client.config.forcePathStyle === true && { forcePathStyle: true }),
      ...(region !== undefined && { region }),
      // The profile may name the endpoint.
      ...(profile !== undefined && { profile }),
      ...(endpoint !== undefined && { endpoint }),
      credentials,
    });
    roleClients.set(roleKey, made);
    return made;
  }

  const clients: SdkClients = {
    async connect(service, region, credentials) {
      const module = await modules.load(service);
      if (module === undefined || clientClass(module) === undefined) {
        return { type: "notInstalled", packageName: clientPackage(service) };
      }
      const key = `${service} in ${region}`;
      const connection = await connections.to(key);
      if (connection.type === "connected") {
        const { to } = connection;
        const client =
          credentials === undefined
            ? connection.client
            : withCredentials(key, { client: connection.client, module }, credentials);
        const errorPrefix = serviceErrorPrefix(client.config.serviceId);
        return { type: "connected", service: { client, errorPrefix, module }, to };
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
    modules,
    close: () => connections.close(),
  };
  const roles = createAssumedRoles({
    connect: (...asked) => clients.connect("sts", ...asked),
    clock: options.clock ?? { now: Date.now },
    logger: options.logger,
    redactor: options.redactor,
  });
  return { ...clients, roles };
}

/** `dynamodb` of `dynamodb in us-east-1`. */
function serviceOf(key: string): string {
  return key.split(" in ")[0] as string;
}

function usualConfiguration(key: string): object {
  const [, region] = key.split(" in ");
  return {
    ...(region === undefined ? {} : { region }),
    maxAttempts: 1,
    // Else the client warns on the console.
    logger: { debug() {}, info() {}, warn() {}, error() {} },
    // Observed: results of getObject have no checksums.
    responseChecksumValidation: "WHEN_REQUIRED",
  };
}

const requestHandler = { httpAgent: { maxSockets }, httpsAgent: { maxSockets } };

/**
 * Speaks HTTP/1.1: the way of a client that does, for one that would not. Clients of services with streams in both directions (Bedrock,
 * Kinesis) speak HTTP/2, for operations that no task can call; AWS understands both, stand-ins only this.
 */
async function plainHandler(): Promise<unknown> {
  const { SQSClient } = await import("@aws-sdk/client-sqs");
  return new SQSClient({ requestHandler }).config.requestHandler;
}

export type ClientClass = new (configuration: object) => SdkClient;

/** `SQSClient` of `@aws-sdk/client-sqs`. */
export function clientClass(module: SdkModule): ClientClass | undefined {
  const name = Object.keys(module).find((key) => key.endsWith("Client") && key !== "__Client");
  return name === undefined ? undefined : (module[name] as ClientClass);
}
