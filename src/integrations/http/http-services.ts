import type { TaskHandler } from "../../ports/task-handler.ts";
import { apiGatewayInvoke } from "../apigateway/api-gateway-invoke.ts";
import { awsCall } from "../aws/aws-call.ts";
import type { SdkClients } from "../aws/sdk-clients.ts";
import { createClusters } from "../eks/clusters.ts";
import { kubernetesCall } from "../eks/kubernetes-call.ts";
import { kubernetesJob } from "../eks/kubernetes-job.ts";
import type { IntegrationOptions } from "../integration-options.ts";
import type { SecretValues } from "../references/secret-values.ts";
import { createAddressGuard } from "./address-guard.ts";
import { createConnectionBook } from "./connections/connection-book.ts";
import { createOAuthTokens } from "./connections/oauth-tokens.ts";
import { createHttpClient } from "./http-client.ts";
import { withOwnApis } from "./own-apis.ts";
import { httpInvoke } from "./http-invoke.ts";
import { mostResultBytes } from "./http-result.ts";

/** The handlers of what is called over HTTP by an address that a definition may name. */
export interface HttpServices {
  readonly handlers: readonly TaskHandler[];
  close(): void;
}

export function createHttpServices(
  options: Pick<
    IntegrationOptions,
    | "clock"
    | "ids"
    | "logger"
    | "http"
    | "connections"
    | "ownConnections"
    | "redactor"
    | "apigateway"
    | "kubernetes"
    | "resolve"
    | "aws"
    | "ownApis"
  >,
  clients: SdkClients,
  values: SecretValues,
): HttpServices {
  const { clock, aws, http = {}, connections = {}, apigateway = {}, kubernetes, resolve } = options;
  const { ownApis } = options;
  const guard = createAddressGuard(http.allowPrivateAddresses);
  const resolving = resolve === undefined ? {} : { resolve };
  const client = withOwnApis(
    createHttpClient({ clock, guard, mostBytes: mostResultBytes, ...resolving }),
    ownApis,
    { clock, mostBytes: mostResultBytes },
  );
  const trustedClient = createHttpClient({ clock, mostBytes: mostResultBytes });
  const clusters = createClusters({
    configuration: kubernetes,
    guard,
    clients,
    aws,
    clock,
    redactor: options.redactor,
    ...resolving,
  });
  const book = createConnectionBook({
    connections,
    own: options.ownConnections,
    eventBridge: awsCall("eventbridge", clients, options),
    values,
    clock,
  });
  const tokens = createOAuthTokens({ client, clock, allowHttp: http.allowHttp === true });
  return {
    handlers: [
      httpInvoke({ ...options, configuration: http, client, connections: book, tokens }),
      apiGatewayInvoke({
        clock,
        aws,
        configuration: apigateway,
        clients,
        client,
        trustedClient,
        ownApis,
      }),
      kubernetesCall(clusters),
      kubernetesJob(clusters, options),
    ],
    close() {
      client.close();
      trustedClient.close();
      clusters.close();
    },
  };
}
