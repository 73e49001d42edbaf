import {
  InvalidMapping,
  type MappedValue,
  parseMappedValue,
} from "../../eventing/request-mapping/mapped-value.ts";
import {
  parseRequestChanges,
  type RequestChanges,
} from "../../eventing/request-mapping/request-changes.ts";
import {
  parseRequestParameters,
  type RequestParameters,
} from "../../eventing/request-mapping/request-parameters.ts";
import {
  parseResponseParameters,
  type ResponseParameters,
} from "../../eventing/request-mapping/response-parameters.ts";
import {
  type ApiRecord,
  type CallOutcome,
  callOutcomes,
  type CustomAnswer,
  type FirstClassIntegration,
  type FunctionIntegration,
  type IntegrationRecord,
  type RouteRecord,
  type UrlIntegration,
} from "./api-record.ts";
import { checkParameters } from "./first-class-call.ts";
import { compareRoutes, matchRoute, parseRouteKey, type RouteKey } from "./route-key.ts";

/** An API with its keys and mappings read, as requests need it. */
export interface CompiledApi {
  readonly record: ApiRecord;
  /** In the order in which they are looked at. */
  readonly routes: readonly CompiledRoute[];
}

export interface CompiledRoute {
  readonly routeKey: string;
  readonly key: RouteKey;
  readonly record: RouteRecord;
  /** `undefined`: it has none. */
  readonly integration: CompiledIntegration | undefined;
}

export type CompiledIntegration =
  | CompiledFirstClass
  | { readonly type: "function"; readonly record: FunctionIntegration }
  | CompiledUrl;

export interface CompiledUrl {
  readonly type: "url";
  readonly record: UrlIntegration;
  readonly changes: RequestChanges;
  readonly responses: ResponseParameters;
}

export interface CompiledFirstClass {
  readonly type: "firstClass";
  readonly record: FirstClassIntegration;
  readonly parameters: RequestParameters;
  readonly responses: ResponseParameters;
  readonly answers: ReadonlyMap<CallOutcome, CompiledAnswer>;
}

export interface CompiledAnswer {
  readonly status: number | undefined;
  readonly headers: ReadonlyMap<string, MappedValue>;
  readonly body: MappedValue | undefined;
}

/** Throws an {@link InvalidMapping} for what can never be served. */
export function compileApi(record: ApiRecord): CompiledApi {
  const integrations = new Map(
    Object.entries(record.integrations).map(([id, each]) => [id, compileIntegration(each)]),
  );
  const routes = Object.values(record.routes).map((route): CompiledRoute => {
    const { routeKey, integrationId = "" } = route;
    const integration = integrations.get(integrationId);
    return { routeKey, key: parseRouteKey(routeKey), record: route, integration };
  });
  return { record, routes: routes.sort((one, other) => compareRoutes(one.key, other.key)) };
}

export function compileIntegration(record: IntegrationRecord): CompiledIntegration {
  if (record.type === "function") return { type: "function", record };
  if (record.type === "url") return compileUrl(record);
  return compileFirstClass(record);
}

function compileUrl(record: UrlIntegration): CompiledUrl {
  if (!URL.canParse(record.url.replaceAll(/[{}]/g, ""))) {
    throw new InvalidMapping(`Invalid HTTP endpoint specified for URI: ${record.url}`);
  }
  return {
    type: "url",
    record,
    changes: parseRequestChanges(record.requestParameters ?? {}),
    responses: parseResponseParameters(record.responseParameters ?? {}),
  };
}

function compileFirstClass(record: FirstClassIntegration): CompiledFirstClass {
  checkParameters(record.subtype, Object.keys(record.requestParameters));
  return {
    type: "firstClass",
    record,
    parameters: parseRequestParameters(record.requestParameters),
    responses: parseResponseParameters(record.responseParameters ?? {}),
    answers: new Map(
      callOutcomes.flatMap((outcome) => {
        const answer = record.answers?.[outcome];
        return answer === undefined ? [] : [[outcome, compileAnswer(answer)] as const];
      }),
    ),
  };
}

function compileAnswer({ status, headers = {}, body }: CustomAnswer): CompiledAnswer {
  return {
    status,
    headers: new Map(
      Object.entries(headers).map(([name, text]) => {
        if (!/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name)) {
          throw new InvalidMapping(`Invalid header name: ${name}`);
        }
        return [name.toLowerCase(), parseMappedValue(text, "response")];
      }),
    ),
    body: body === undefined ? undefined : parseMappedValue(body, "response"),
  };
}

/** A route that a request is for, and the values of its path. */
export interface MatchedRoute {
  readonly route: CompiledRoute;
  readonly pathParameters: { readonly [name: string]: string };
}

export function matchedRoute(
  { routes }: CompiledApi,
  method: string,
  path: readonly string[],
): MatchedRoute | undefined {
  for (const route of routes) {
    const pathParameters = matchRoute(route.key, { method, path });
    if (pathParameters !== undefined) return { route, pathParameters };
  }
  return undefined;
}
