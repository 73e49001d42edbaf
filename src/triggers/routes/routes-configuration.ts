import { type ArnScope, stateMachineArn } from "../../machine/arns.ts";
import type { ApiKeyRecord } from "./api-keys.ts";
import { hashOfKey } from "./api-keys.ts";
import type {
  ApiRecord,
  CorsRecord,
  FirstClassIntegration,
  FirstClassSubtype,
} from "./api-record.ts";
import { type CompiledApi, compileApi } from "./compiled-api.ts";
import { defaultStage } from "./staged-request.ts";

/** `routes` of the configuration. */
export interface RoutesConfiguration {
  /** A port that serves routes and nothing else; absent: they are beside the API alone. */
  readonly port?: number;
  readonly host?: string;
  /** By their names: `orders` is served under `/api/orders`. */
  readonly apis: { readonly [name: string]: ConfiguredApi };
}

export interface ConfiguredApi {
  readonly cors?: CorsRecord;
  /** The keys that clients may show as `x-api-key`, by whom they are for: the key itself, or `sha256:` and its hash. */
  readonly apiKeys?: { readonly [name: string]: string };
  /** In which role routes act that name none; absent: they act for the server's owner. */
  readonly roleArn?: string;
  /** By their keys: `POST /orders/{id}`. */
  readonly routes: { readonly [routeKey: string]: ConfiguredRoute };
}

export interface ConfiguredRoute {
  /** The state machine's name or ARN: what is started. */
  readonly stateMachine?: string;
  /** `stop` ends the execution that `parameters` names. Absent: `start`. */
  readonly action?: "start" | "startSync" | "stop";
  /** Mappings: absent is the request's body, or nothing. */
  readonly input?: string;
  /** A mapping; the same name twice is one execution. */
  readonly name?: string;
  /** Parameters beside these, as first-class integrations have them. */
  readonly parameters?: { readonly [parameter: string]: string };
  readonly roleArn?: string;
  readonly apiKeyRequired?: boolean;
  readonly timeoutSeconds?: number;
  readonly maxBodyBytes?: number;
  readonly answers?: FirstClassIntegration["answers"];
}

const subtypeOf: { readonly [A in NonNullable<ConfiguredRoute["action"]>]: FirstClassSubtype } = {
  start: "StepFunctions-StartExecution",
  startSync: "StepFunctions-StartSyncExecution",
  stop: "StepFunctions-StopExecution",
};

/** A configured API, and the keys that it takes. */
export interface ConfiguredApis {
  readonly api: CompiledApi;
  readonly keys: readonly ApiKeyRecord[];
}

/** Throws an `InvalidMapping` for what can never be served. */
export function configuredApi(name: string, given: ConfiguredApi, scope: ArnScope): ConfiguredApis {
  const { cors, apiKeys = {}, roleArn, routes } = given;
  const entries = Object.entries(routes);
  const record: ApiRecord = {
    apiId: name,
    name,
    ...(cors && { corsConfiguration: cors }),
    tags: {},
    createdAt: 0,
    stages: { [defaultStage]: { createdAt: 0 } },
    routes: Object.fromEntries(
      entries.map(([routeKey, { apiKeyRequired = false }], index) => [
        String(index),
        { routeKey, integrationId: String(index), apiKeyRequired },
      ]),
    ),
    integrations: Object.fromEntries(
      entries.map(([, route], index) => [String(index), integrationOf(route, roleArn, scope)]),
    ),
  };
  return {
    api: compileApi(record),
    keys: Object.entries(apiKeys).map(([keyName, key]) => ({
      name: keyName,
      hash: /^sha256:([0-9a-f]{64})$/i.exec(key)?.[1]?.toLowerCase() ?? hashOfKey(key),
    })),
  };
}

function integrationOf(
  route: ConfiguredRoute,
  usualRole: string | undefined,
  scope: ArnScope,
): FirstClassIntegration {
  const { action = "start", stateMachine, input, name, timeoutSeconds, maxBodyBytes } = route;
  const { answers, roleArn = usualRole } = route;
  // A request without a body starts an execution with `{}`: `$request.body` would refuse it.
  const inputText = input ?? "${request.body}";
  return {
    subtype: subtypeOf[action],
    ...(roleArn !== undefined && { credentialsArn: roleArn }),
    requestParameters: {
      ...(stateMachine !== undefined && { StateMachineArn: machineArn(stateMachine, scope) }),
      ...(action !== "stop" && { Input: inputText }),
      ...(name !== undefined && { Name: name }),
      ...route.parameters,
    },
    ...(timeoutSeconds !== undefined && { timeoutInMillis: timeoutSeconds * 1000 }),
    ...(maxBodyBytes !== undefined && { maxBodyBytes }),
    ...(answers !== undefined && { answers }),
  };
}

function machineArn(text: string, scope: ArnScope): string {
  return text.startsWith("arn:") || text.includes("$") ? text : stateMachineArn(scope, text);
}
