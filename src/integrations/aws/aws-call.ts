import type { Service } from "../described/service-call.ts";
import type { IntegrationOptions } from "../integration-options.ts";
import type { Assumed } from "./assumed-roles.ts";
import { memberNotNull } from "./member-not-null.ts";
import { callSdk } from "./sdk-call.ts";
import type { SdkClients, SdkConnection, SdkService } from "./sdk-clients.ts";
import type { TaskRole } from "./task-role.ts";

/** Calls an AWS service with its client of the AWS SDK; `service` as SDK integrations name it. */
export function awsCall(
  service: string,
  clients: SdkClients,
  { ids }: Pick<IntegrationOptions, "ids">,
): Service {
  return (region, role) =>
    async ({ operation, parameters, style, signal, refuseNulls, mostBytes }) => {
      const connection = await connectAs(role, region);
      if (connection.type === "notAssumed") return connection;
      if (connection.type === "notInstalled") return connection;
      if (connection.type === "unconfigured") return connection;
      const { errorPrefix } = connection.service;
      const refusal =
        refuseNulls ?? (isJsonService(connection.service) ? memberNotNull : undefined);
      const answer = await callSdk({
        service: connection.service,
        action: operation,
        parameters,
        style,
        signal,
        ...(mostBytes === undefined ? {} : { mostBytes }),
        ...(refusal === undefined
          ? {}
          : {
              refuseNulls: (members) => ({
                ...refusal(members),
                exception: undefined,
                statusCode: 400,
                requestId: ids.uuid(),
              }),
            }),
      });
      return { ...answer, errorPrefix };
    };

  async function connectAs(
    role: TaskRole | undefined,
    region: string,
  ): Promise<SdkConnection | Extract<Assumed, { type: "notAssumed" }>> {
    const connection = await clients.connect(service, region);
    const { roles } = clients;
    if (role === undefined || roles === undefined || connection.type !== "connected") {
      return connection;
    }
    const assumed = await roles.assume(role, region, connection.to);
    if (assumed.type === "notAssumed") return assumed;
    return assumed.type === "configured"
      ? connection
      : clients.connect(service, region, assumed.credentials);
  }
}

function isJsonService({ client }: SdkService): boolean {
  return client.config.protocol?.getShapeId?.().startsWith("aws.protocols#awsJson") === true;
}
