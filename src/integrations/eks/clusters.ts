import { createHash } from "node:crypto";
import type { ConnectionOptions } from "node:tls";
import type { JsonObject } from "../../expression/json.ts";
import { scopeOfArn } from "../../machine/arns.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Redactor } from "../../ports/redactor.ts";
import type { TaskOutcome, TaskRequest } from "../../ports/task-handler.ts";
import type { AwsConfiguration } from "../aws/aws-configuration.ts";
import type { SdkClients } from "../aws/sdk-clients.ts";
import { roleNotAssumed } from "../aws/call-failures.ts";
import { signingCredentials } from "../aws/signature.ts";
import { taskRole } from "../aws/task-role.ts";
import type { AddressGuard, Resolve } from "../http/address-guard.ts";
import { BoundedMap } from "../http/connections/bounded-map.ts";
import {
  createHttpClient,
  type Header,
  type HttpClient,
  type HttpOutcome,
} from "../http/http-client.ts";
import { endpointOf } from "../http/http-parameters.ts";
import { mostResultBytes } from "../http/http-result.ts";
import { type QueryParameter, withQuery } from "../http/query-parameters.ts";
import { createSecretMask, type SecretMask } from "../redaction/secret-mask.ts";
import { invalidField, invalidParameters } from "../invalid-parameters.ts";
import { eksToken } from "./eks-token.ts";
import {
  contextNames,
  KubeconfigProblem,
  type KubernetesAccess,
  readKubeconfig,
} from "./kubeconfig.ts";
import type { KubernetesConfiguration } from "./kubernetes-configuration.ts";

/** A cluster's Kubernetes API. */
export interface KubernetesApi {
  send(request: KubernetesRequest): Promise<HttpOutcome>;
  /** Hides what the cluster is called with. */
  readonly mask: SecretMask;
}

export interface KubernetesRequest {
  readonly method: string;
  /** Begins with a slash. */
  readonly path: string;
  readonly query?: readonly QueryParameter[];
  readonly body?: string | undefined;
  readonly contentType?: string;
  readonly signal: AbortSignal;
}

/** Finds the cluster that a task means. */
export interface Clusters {
  /** The cluster's API, or how the task ends without. */
  find(request: TaskRequest, parameters: JsonObject): Promise<KubernetesApi | TaskOutcome>;
  close(): void;
}

export interface ClustersOptions {
  readonly configuration: KubernetesConfiguration | undefined;
  /** For the endpoints that definitions give. */
  readonly guard: AddressGuard;
  readonly resolve?: Resolve;
  readonly clients: Pick<SdkClients, "connect" | "roles">;
  readonly aws?: AwsConfiguration | undefined;
  readonly clock: Clock;
  readonly redactor?: Redactor | undefined;
}

type Tls = Pick<ConnectionOptions, "ca" | "cert" | "key" | "rejectUnauthorized" | "servername">;

/** Our choice. */
const timeoutMs = 60_000;
const mostClients = 100;

/**
 * A context of the kubeconfig where the configuration has one for the cluster's name, else the endpoint and the certificate that the
 * definition gives, called with a token as clusters of EKS take it.
 */
export function createClusters(options: ClustersOptions): Clusters {
  const { configuration, guard, resolve, clients, clock, aws, redactor } = options;
  // One that is forgotten holds nothing: its connections end with their calls.
  const httpClients = new BoundedMap<string, HttpClient>(mostClients);

  function httpClient(tls: Tls, guarded: boolean): HttpClient {
    const key = createHash("sha256").update(JSON.stringify({ tls, guarded })).digest("hex");
    const known = httpClients.get(key);
    if (known !== undefined) return known;
    const client = createHttpClient({
      clock,
      tls,
      mostBytes: mostResultBytes,
      ...(guarded ? { guard, ...(resolve === undefined ? {} : { resolve }) } : {}),
    });
    httpClients.set(key, client);
    return client;
  }

  async function configuredContext(clusterName: string): Promise<string | undefined> {
    if (configuration === undefined) return undefined;
    const { contexts = {}, context, kubeconfig } = configuration;
    if (Object.hasOwn(contexts, clusterName)) return contexts[clusterName];
    if (context !== undefined) return context;
    return (await contextNames(kubeconfig)).includes(clusterName) ? clusterName : undefined;
  }

  function apiOf(
    { server, tls, authorization }: KubernetesAccess,
    guarded: boolean,
  ): KubernetesApi {
    const client = httpClient(tls, guarded);
    const base = server.replace(/\/+$/, "");
    const secrets = authorization === undefined ? [] : [authorization.replace(/^\w+ /, "")];
    redactor?.learn(secrets);
    return {
      mask: createSecretMask(secrets),
      send({ method, path, query = [], body, contentType = "application/json", signal }) {
        const headers: Header[] = [["Accept", "application/json"]];
        if (authorization !== undefined) headers.push(["Authorization", authorization]);
        if (body !== undefined) headers.push(["Content-Type", contentType]);
        const url = withQuery(new URL(`${base}${path}`), query);
        return client.send({ method, url, headers, body, signal, timeoutMs });
      },
    };
  }

  return {
    async find(request, { ClusterName, CertificateAuthority, Endpoint }) {
      const name = ClusterName as string;
      try {
        const context = await configuredContext(name);
        if (context !== undefined && configuration !== undefined) {
          return apiOf(await readKubeconfig(configuration.kubeconfig, context), false);
        }
      } catch (error) {
        if (!(error instanceof KubeconfigProblem)) throw error;
        return clientFailure(`The cluster '${name}' cannot be called: ${error.message}`);
      }
      const ca = Buffer.from(CertificateAuthority as string, "base64").toString();
      if (!ca.includes("-----BEGIN CERTIFICATE-----")) {
        return invalidParameters(request.parameters, [invalidField("CertificateAuthority")]);
      }
      const url = endpointOf(Endpoint as string);
      if (url?.protocol !== "https:") {
        return invalidParameters(request.parameters, [invalidField("Endpoint")]);
      }
      // *Documented*: the cluster is in the Region of its endpoint's host, else of the execution.
      const [, region = scopeOfArn(request.executionArn).region] =
        /\.([a-z0-9-]+)\.eks\.amazonaws\.com/.exec(url.hostname) ?? [];
      const found = await signingCredentials(clients, region, taskRole(request, aws));
      if (found.type === "none") return clientFailure(noCredentials(name));
      if (found.type === "notAssumed") return roleNotAssumed(found.cause);
      const { credentials } = found;
      const token = await eksToken(name, { region, credentials, at: clock.now() });
      const server = `${url.origin}${url.pathname}`;
      return apiOf({ server, tls: { ca }, authorization: `Bearer ${token}` }, true);
    },
    close() {
      for (const client of httpClients.values()) client.close();
    },
  };
}

function noCredentials(name: string): string {
  return `Unable to load AWS credentials from any provider in the chain: the cluster '${name}' is called with a token of AWS, unless the configuration of Stepwell has a kubeconfig for it (kubernetes.kubeconfig)`;
}

function clientFailure(cause: string): TaskOutcome {
  return { type: "failed", error: "EKS.SdkClientException", cause };
}
