import type { ApiRecord, FirstClassSubtype } from "./api-record.ts";
import { defaultStage } from "./staged-request.ts";

/** A route as somebody sees it who wants to know what a request comes to. */
export interface ServedRoute {
  readonly api: string;
  readonly apiId: string;
  /** `POST /orders/{id}`, `$default`. */
  readonly routeKey: string;
  /** What stands before the route's own path, one for each stage: `/api/shop`. */
  readonly bases: readonly string[];
  /** `undefined`: it has no integration, and is not found by its clients. */
  readonly subtype: FirstClassSubtype | undefined;
  /** The mapping of what is started or stopped: an ARN, or a text that makes one of the request. */
  readonly target: string | undefined;
  readonly roleArn: string | undefined;
  readonly apiKeyRequired: boolean;
  /** It is of the server's configuration. */
  readonly isConfigured: boolean;
}

export function servedRoutes(api: ApiRecord, isConfigured: boolean): readonly ServedRoute[] {
  const base = `/api/${isConfigured ? api.name : api.apiId}`;
  const bases = Object.keys(api.stages).map((stage) =>
    stage === defaultStage ? base : `${base}/${stage}`,
  );
  return Object.values(api.routes).map(
    ({ routeKey, integrationId = "", apiKeyRequired = false }) => {
      const integration = api.integrations[integrationId];
      const { StateMachineArn, ExecutionArn } = integration?.requestParameters ?? {};
      return {
        api: api.name,
        apiId: api.apiId,
        routeKey,
        bases,
        subtype: integration?.subtype,
        target: StateMachineArn ?? ExecutionArn,
        roleArn: integration?.credentialsArn,
        apiKeyRequired,
        isConfigured,
      };
    },
  );
}
