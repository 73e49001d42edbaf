import { RE2JS } from "re2js";
import {
  type MappedParameter,
  parseParameterMapping,
} from "../../../eventing/rest-api/parameter-mapping.ts";
import { mediaTypeOf } from "../../../eventing/rest-api/media-type.ts";
import type {
  GatewayResponse,
  IntegrationResponse,
  RestDefinition,
  RestIntegration,
  RestMethod,
  RestResource,
} from "../../../eventing/rest-api/rest-definition.ts";
import { InvalidMapping } from "../../../eventing/request-mapping/mapped-value.ts";
import {
  type MappingTemplate,
  parseMappingTemplate,
} from "../../../eventing/request-mapping/vtl/parse-template.ts";
import { InvalidTemplate } from "../../../eventing/request-mapping/vtl/syntax.ts";
import type { NamedPolicy } from "../../../iam/policy/question.ts";
import { compareRoutes, matchRoute, parseRouteKey, type RouteKey } from "../route-key.ts";
import { compiledModels, type RequestChecks, requestChecks } from "./request-checks.ts";
import { checkTarget } from "./integration-target.ts";
import { compiledPolicy } from "./resource-policy.ts";

/** What a deployment serves, with its mappings, templates and schemas read. */
export interface CompiledRestApi {
  readonly definition: RestDefinition;
  /** In the order in which they are looked at. */
  readonly resources: readonly CompiledResource[];
  readonly gatewayResponses: ReadonlyMap<string, CompiledGatewayResponse>;
  /** `undefined`: it has none. */
  readonly policy: NamedPolicy | undefined;
}

export interface CompiledResource {
  readonly id: string;
  readonly path: string;
  readonly key: RouteKey;
  readonly methods: ReadonlyMap<string, CompiledMethod>;
}

export interface CompiledMethod {
  readonly record: RestMethod;
  readonly checks: RequestChecks;
  /** `undefined`: it has none yet. */
  readonly integration: CompiledRestIntegration | undefined;
}

export interface CompiledRestIntegration {
  readonly record: RestIntegration;
  readonly parameters: readonly MappedParameter[];
  readonly templates: Templates;
  readonly responses: readonly CompiledResponse[];
}

/** By types of bodies. */
export type Templates = ReadonlyMap<string, MappingTemplate>;

export interface CompiledResponse {
  readonly statusCode: string;
  /** `undefined`: it is for what no other one is for. */
  readonly pattern: RE2JS | undefined;
  readonly parameters: readonly MappedParameter[];
  readonly templates: Templates;
}

export interface CompiledGatewayResponse {
  readonly status: number | undefined;
  readonly parameters: readonly MappedParameter[];
  readonly templates: Templates;
}

/** Throws an {@link InvalidMapping} for what can never be served. */
export function compileRestApi(definition: RestDefinition): CompiledRestApi {
  const models = compiledModels(definition.models);
  const resources = Object.entries(definition.resources)
    .map(([id, resource]) => compileResource(id, resource, definition, models))
    .sort((one, other) => compareRoutes(one.key, other.key));
  return {
    definition,
    resources,
    gatewayResponses: new Map(
      Object.entries(definition.gatewayResponses).map(([type, response]) => [
        type,
        compileGatewayResponse(response),
      ]),
    ),
    policy: definition.policy === undefined ? undefined : compiledPolicy(definition.policy),
  };
}

function compileResource(
  id: string,
  { path, resourceMethods }: RestResource,
  definition: RestDefinition,
  models: ReturnType<typeof compiledModels>,
): CompiledResource {
  const methods = Object.entries(resourceMethods).map(([httpMethod, record]) => {
    const { methodIntegration } = record;
    const compiled: CompiledMethod = {
      record,
      checks: requestChecks(record, definition, models),
      integration: methodIntegration && compileIntegration(methodIntegration),
    };
    return [httpMethod, compiled] as const;
  });
  return { id, path, key: parseRouteKey(`ANY ${path}`), methods: new Map(methods) };
}

function compileIntegration(record: RestIntegration): CompiledRestIntegration {
  checkTarget(record);
  const responses = Object.entries(record.integrationResponses ?? {}).map(
    ([statusCode, response]) => compileResponse(statusCode, response),
  );
  return {
    record,
    parameters: parseParameterMapping(record.requestParameters ?? {}, "integration.request"),
    templates: compileTemplates(record.requestTemplates),
    responses,
  };
}

function compileResponse(
  statusCode: string,
  { selectionPattern = "", responseParameters = {}, responseTemplates }: IntegrationResponse,
): CompiledResponse {
  return {
    statusCode,
    pattern: selectionPattern === "" ? undefined : compilePattern(selectionPattern),
    parameters: parseParameterMapping(responseParameters, "method.response"),
    templates: compileTemplates(responseTemplates),
  };
}

function compilePattern(pattern: string): RE2JS {
  try {
    return RE2JS.compile(pattern, RE2JS.DOTALL);
  } catch {
    throw new InvalidMapping(`Invalid selection pattern specified: ${pattern}`);
  }
}

function compileGatewayResponse({
  statusCode,
  responseParameters = {},
  responseTemplates,
}: GatewayResponse): CompiledGatewayResponse {
  return {
    status: statusCode === undefined ? undefined : Number(statusCode),
    parameters: parseParameterMapping(responseParameters, "gatewayresponse"),
    templates: compileTemplates(responseTemplates),
  };
}

function compileTemplates(given: { readonly [type: string]: string } = {}): Templates {
  return new Map(
    Object.entries(given).map(([type, text]) => {
      try {
        return [mediaTypeOf(type) ?? type, parseMappingTemplate(text)];
      } catch (error) {
        if (!(error instanceof InvalidTemplate)) throw error;
        throw new InvalidMapping(`Invalid mapping template specified: ${error.message}`);
      }
    }),
  );
}

/** The method that a request is for. *Documented*: the resource is found by the path alone, and then its method, or `ANY`. */
export function matchedMethod(
  { resources }: CompiledRestApi,
  httpMethod: string,
  path: readonly string[],
):
  | {
      readonly resource: CompiledResource;
      readonly method: CompiledMethod;
      readonly pathParameters: { readonly [name: string]: string };
    }
  | undefined {
  for (const resource of resources) {
    const pathParameters = matchRoute(resource.key, { method: httpMethod, path });
    if (pathParameters === undefined) continue;
    const method = resource.methods.get(httpMethod) ?? resource.methods.get("ANY");
    // A resource without methods is only a part of longer paths.
    if (method === undefined && resource.methods.size === 0) continue;
    return method && { resource, method, pathParameters };
  }
  return undefined;
}
