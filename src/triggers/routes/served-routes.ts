import type { ApiRecord, FirstClassSubtype, IntegrationRecord } from "./api-record.ts";
import { defaultStage } from "./staged-request.ts";

/** A route as somebody sees it who wants to know what a request comes to. */
export interface ServedRoute {
  readonly api: string;
  readonly apiId: string;
  /** `POST /orders/{id}`, `$default`. */
  readonly routeKey: string;
  /** What stands before the route's own path, one for each stage: `/api/shop`. */
  readonly bases: readonly string[];
  /** The call of Step Functions; `undefined`: it calls something else, or has no integration. */
  readonly subtype: FirstClassSubtype | undefined;
  /** What is started, stopped or called: an ARN, a URL, or a text that makes one of the request. `undefined`: nothing, its clients find nothing. */
  readonly target: string | undefined;
  readonly roleArn: string | undefined;
  readonly apiKeyRequired: boolean;
  /** How API Gateway asks who a client is: `NONE`, `AWS_IAM`, `JWT`, `CUSTOM`, `COGNITO_USER_POOLS`. */
  readonly authorizationType: string;
  /** Of an HTTP API: what its operations name them by. */
  readonly routeId?: string | undefined;
  readonly integrationId?: string | undefined;
  /** It is of the server's configuration. */
  readonly isConfigured: boolean;
}

export function servedRoutes(api: ApiRecord, isConfigured: boolean): readonly ServedRoute[] {
  const base = `/api/${isConfigured ? api.name : api.apiId}`;
  const bases = Object.keys(api.stages).map((stage) =>
    stage === defaultStage ? base : `${base}/${stage}`,
  );
  return Object.entries(api.routes).map(([routeId, route]) => {
    const { routeKey, integrationId, apiKeyRequired = false, authorizationType = "NONE" } = route;
    return {
      api: api.name,
      apiId: api.apiId,
      routeKey,
      bases,
      ...calledBy(api.integrations[integrationId ?? ""]),
      apiKeyRequired,
      authorizationType,
      ...(!isConfigured && { routeId, integrationId }),
      isConfigured,
    };
  });
}

function calledBy(
  integration: IntegrationRecord | undefined,
): Pick<ServedRoute, "subtype" | "target" | "roleArn"> {
  const isNothing = { subtype: undefined, target: undefined, roleArn: undefined };
  switch (integration?.type) {
    case "function":
      return { ...isNothing, target: integration.functionArn, roleArn: integration.credentialsArn };
    case "url":
      return { ...isNothing, target: integration.url };
    case undefined: {
      if (integration === undefined) return isNothing;
      const { subtype, credentialsArn, requestParameters } = integration;
      const { StateMachineArn, ExecutionArn } = requestParameters;
      return { subtype, target: StateMachineArn ?? ExecutionArn, roleArn: credentialsArn };
    }
  }
}
