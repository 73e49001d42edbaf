import type { Logger } from "../../ports/logger.ts";
import type { AwsPlace } from "./aws-configuration.ts";

/** What a client of the AWS SDK for JavaScript, version 3, has that says where its calls go. */
export interface AwsClient {
  readonly config: {
    /** `S3`, `CloudWatch Logs`. */
    readonly serviceId: string;
    readonly credentials?: (() => Promise<unknown>) | undefined;
    /** The endpoint that the environment or the profile names. */
    serviceConfiguredEndpoint?(): Promise<string | undefined>;
  };
  destroy(): void;
}

/** What a client is made with beside its own settings, which it stands above. */
export interface AwsClientSettings extends AwsPlace {
  /** Only AWS has a host for each bucket. */
  readonly forcePathStyle?: true;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

export type AwsConnection<Client> =
  | {
      readonly type: "connected";
      readonly client: Client;
      readonly to: "AWS" | "standIn";
      /** Why it is this one: for the log. */
      readonly because: string;
    }
  /** Nobody can be asked: there are neither credentials nor an endpoint. */
  | { readonly type: "nowhere"; readonly serviceId: string; readonly because: string };

/** The clients of a service, or of several: one for each key, a Region or a service's name. */
export interface AwsConnections<Client> {
  to(key: string): Promise<AwsConnection<Client>>;
  close(): void;
}

/** Our choice: how long "nowhere" is believed; finding out can take seconds. */
const nowhereMs = 60_000;

/** Documented: an access key's id has 16 to 128 characters (IAM, AccessKey). `local` and `test` are nobody's. */
const shortestAccessKeyId = 16;

const standInCredentials = { accessKeyId: "stepwell", secretAccessKey: "stepwell" };

/**
 * Says for each client who answers its calls, once: the stand-in that an endpoint names (Stepwell's
 * configuration, `AWS_ENDPOINT_URL_S3`, `AWS_ENDPOINT_URL`, `endpoint_url` of the profile), AWS if the AWS SDK finds credentials that can be AWS's, else nobody.
 * Made-up credentials, which tools want to see before they call a local server, lead nobody to AWS by accident. Which
 * of them it is goes to the log at first use.
 */
export function createAwsConnections<Client extends AwsClient>(options: {
  readonly logger: Logger;
  readonly create: (key: string, settings: AwsClientSettings) => Client | Promise<Client>;
  /** What is configured beside the AWS SDK's own configuration. */
  readonly place?: (key: string) => AwsPlace;
}): AwsConnections<Client> {
  const connections = new Map<string, Promise<AwsConnection<Client>>>();
  const clients: Client[] = [];

  async function connect(key: string): Promise<AwsConnection<Client>> {
    const place = options.place?.(key) ?? {};
    const probe = await options.create(key, place);
    const { serviceId } = probe.config;
    const url = place.endpoint ?? (await configuredEndpoint(probe));
    const found = await credentialsOf(probe);
    if (url === undefined && found.accessKeyId !== undefined && isOfAws(found.accessKeyId)) {
      const from = place.profile === undefined ? "" : ` in the profile '${place.profile}'`;
      const because = `the AWS SDK's configuration has credentials${from} (access key ${found.accessKeyId.slice(0, 4)}…)`;
      return connected(key, { client: probe, to: "AWS", because });
    }
    probe.destroy();
    if (url !== undefined) {
      const client = await options.create(key, {
        ...place,
        forcePathStyle: true,
        // A stand-in takes any.
        ...(found.accessKeyId === undefined ? { credentials: standInCredentials } : {}),
      });
      const because = `${url} is configured as the endpoint of ${serviceId}`;
      return connected(key, { client, to: "standIn", because });
    }
    setTimeout(() => connections.delete(key), nowhereMs).unref();
    const because =
      found.accessKeyId === undefined
        ? `the AWS SDK has no credentials (${found.reason}), and no endpoint is named by ${endpointVariable(serviceId)} or AWS_ENDPOINT_URL`
        : `the access key '${found.accessKeyId}' cannot be one of AWS's, which have ${shortestAccessKeyId} characters or more, and no endpoint is named by ${endpointVariable(serviceId)} or AWS_ENDPOINT_URL`;
    return { type: "nowhere", serviceId, because };
  }

  function connected(
    key: string,
    { client, to, because }: { client: Client; to: "AWS" | "standIn"; because: string },
  ): AwsConnection<Client> {
    clients.push(client);
    const { serviceId } = client.config;
    const where = to === "AWS" ? "to AWS" : "to a stand-in";
    options.logger.info(`calls of ${serviceId} go ${where}: ${because}`, { for: key });
    return { type: "connected", client, to, because };
  }

  return {
    to(key) {
      const known = connections.get(key);
      if (known !== undefined) return known;
      const connecting = connect(key);
      connections.set(key, connecting);
      // What failed may be mended: it is tried again.
      connecting.catch(() => connections.delete(key));
      return connecting;
    },
    close() {
      for (const client of clients.splice(0)) client.destroy();
    },
  };
}

/** The variable that names the endpoint of one service. */
export function endpointVariable(serviceId: string): string {
  return `AWS_ENDPOINT_URL_${serviceId.toUpperCase().replaceAll(" ", "_")}`;
}

function isOfAws(accessKeyId: string): boolean {
  return accessKeyId.length >= shortestAccessKeyId;
}

async function configuredEndpoint(client: AwsClient): Promise<string | undefined> {
  const url = await client.config.serviceConfiguredEndpoint?.();
  return url === "" ? undefined : url;
}

async function credentialsOf(
  client: AwsClient,
): Promise<{ readonly accessKeyId?: string; readonly reason?: string }> {
  try {
    const found = (await client.config.credentials?.()) as { readonly accessKeyId?: string };
    return found?.accessKeyId === undefined
      ? { reason: "none were found" }
      : { accessKeyId: found.accessKeyId };
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  }
}
