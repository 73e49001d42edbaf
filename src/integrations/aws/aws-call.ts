import type { Service } from "../described/service-call.ts";
import type { IntegrationOptions } from "../integration-options.ts";
import { memberNotNull } from "./member-not-null.ts";
import { callSdk } from "./sdk-call.ts";
import type { SdkClients, SdkService } from "./sdk-clients.ts";

/** Calls an AWS service with its client of the AWS SDK; `service` as SDK integrations name it. */
export function awsCall(
  service: string,
  clients: SdkClients,
  { ids }: Pick<IntegrationOptions, "ids">,
): Service {
  return (region) =>
    async ({ operation, parameters, style, signal, refuseNulls }) => {
      const connection = await clients.connect(service, region);
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
}

function isJsonService({ client }: SdkService): boolean {
  return client.config.protocol?.getShapeId?.().startsWith("aws.protocols#awsJson") === true;
}
