import type { JsonObject, JsonValue } from "../../expression/json.ts";
import type {
  RestAuthorizer,
  RestDefinition,
  RestIntegration,
  RestMethod,
} from "../rest-api/rest-definition.ts";

/** *Documented*: GetExport: `oas30` is OpenAPI 3, `swagger` is OpenAPI 2. */
export const exportTypes = ["oas30", "swagger"] as const;

export type ExportType = (typeof exportTypes)[number];

export interface ExportedApi {
  readonly title: string;
  readonly description: string | undefined;
  readonly version: string;
  /** `https://stepwell.example/api/a1b2/live`: where the stage is served. */
  readonly url: string;
  readonly definition: RestDefinition;
  /** Which of API Gateway's extensions come with it. */
  readonly extensions: ReadonlySet<"integrations" | "authorizers">;
}

/** A stage of a REST API as an OpenAPI document. */
export function exportRestApi(type: ExportType, api: ExportedApi): JsonObject {
  const { title, description, version, url, definition, extensions } = api;
  const [, scheme = "", host = "", basePath = "/"] = /^(\w+):\/\/([^/]+)(\/.*)?$/.exec(url) ?? [];
  const info = { title, ...(description !== undefined && { description }), version };
  const schemas = exportedSchemas(definition);
  const securitySchemes = exportedSchemes(api);
  const paths = exportedPaths(type, api);
  const own = extensions.has("integrations") ? ofTheApi(definition) : {};
  if (type === "oas30") {
    return {
      openapi: "3.0.1",
      info,
      servers: [{ url }],
      paths,
      components: { schemas, securitySchemes },
      ...own,
    };
  }
  return {
    swagger: "2.0",
    info,
    host,
    basePath,
    schemes: [scheme],
    paths,
    securityDefinitions: securitySchemes,
    definitions: schemas,
    ...own,
  };
}

/** What extensions say of the whole API. */
function ofTheApi(definition: RestDefinition): JsonObject {
  const { requestValidators, gatewayResponses, apiKeySource, binaryMediaTypes, policy } =
    definition;
  const validators = Object.values(requestValidators).map(({ name = "", ...checks }) => [
    name,
    { ...checks },
  ]);
  return {
    ...(validators.length > 0 && {
      "x-amazon-apigateway-request-validators": Object.fromEntries(validators) as JsonObject,
    }),
    ...(Object.keys(gatewayResponses).length > 0 && {
      "x-amazon-apigateway-gateway-responses": gatewayResponses as JsonObject,
    }),
    ...(apiKeySource !== undefined && { "x-amazon-apigateway-api-key-source": apiKeySource }),
    ...(binaryMediaTypes && { "x-amazon-apigateway-binary-media-types": [...binaryMediaTypes] }),
    ...(policy !== undefined && { "x-amazon-apigateway-policy": JSON.parse(policy) as JsonValue }),
  };
}

function exportedSchemas({ models }: RestDefinition): JsonObject {
  return Object.fromEntries(
    Object.entries(models).map(([name, { schema = "{}" }]) => [
      name,
      JSON.parse(schema) as JsonValue,
    ]),
  );
}

const keyScheme = "api_key";
const signatureScheme = "sigv4";

/** The schemes that methods name: keys, signatures and authorizers. */
function exportedSchemes({ definition, extensions }: ExportedApi): JsonObject {
  const methods = Object.values(definition.resources).flatMap(({ resourceMethods }) =>
    Object.values(resourceMethods),
  );
  const apiKey = { type: "apiKey", in: "header" };
  const hasKeys = methods.some(({ apiKeyRequired }) => apiKeyRequired);
  const hasSignatures = methods.some((each) => each.authorizationType === "AWS_IAM");
  const authorizers = Object.values(definition.authorizers).map((authorizer) => [
    authorizer.name,
    {
      ...apiKey,
      name: headerOf(authorizer),
      "x-amazon-apigateway-authtype": authorizer.authType ?? "custom",
      ...(extensions.has("authorizers") && {
        "x-amazon-apigateway-authorizer": exportedAuthorizer(authorizer),
      }),
    },
  ]);
  return {
    ...(hasKeys && { [keyScheme]: { ...apiKey, name: "x-api-key" } }),
    ...(hasSignatures && {
      [signatureScheme]: {
        ...apiKey,
        name: "Authorization",
        "x-amazon-apigateway-authtype": "awsSigv4",
      },
    }),
    ...(Object.fromEntries(authorizers) as JsonObject),
  };
}

function headerOf({ identitySource = "" }: RestAuthorizer): string {
  return /method\.request\.header\.([^,\s]+)/.exec(identitySource)?.[1] ?? "Unused";
}

function exportedAuthorizer(authorizer: RestAuthorizer): JsonObject {
  const { name: _, authType: __, type, providerARNs, ...settings } = authorizer;
  return {
    ...settings,
    type: type.toLowerCase(),
    ...(providerARNs && { providerARNs: [...providerARNs] }),
  };
}

function exportedPaths(type: ExportType, api: ExportedApi): JsonObject {
  const resources = Object.values(api.definition.resources)
    .filter(({ resourceMethods }) => Object.keys(resourceMethods).length > 0)
    .toSorted((one, other) => (one.path < other.path ? -1 : 1));
  return Object.fromEntries(
    resources.map(({ path, resourceMethods }) => [
      path,
      Object.fromEntries(
        Object.entries(resourceMethods).map(([name, method]) => [
          name === "ANY" ? "x-amazon-apigateway-any-method" : name.toLowerCase(),
          exportedMethod(type, path, method, api),
        ]),
      ),
    ]),
  );
}

function exportedMethod(
  type: ExportType,
  path: string,
  method: RestMethod,
  { definition, extensions }: ExportedApi,
): JsonObject {
  const { operationName, requestValidatorId = "", requestModels = {}, methodIntegration } = method;
  const parameters = exportedParameters(type, path, method);
  const security = exportedSecurity(method, definition);
  const validator = definition.requestValidators[requestValidatorId]?.name;
  const hasBodies = Object.keys(requestModels).length > 0;
  return {
    ...(operationName !== undefined && { operationId: operationName }),
    ...(parameters.length > 0 && { parameters }),
    ...(type === "oas30" &&
      hasBodies && { requestBody: { content: contentOf(requestModels), required: true } }),
    responses: exportedResponses(type, method),
    ...(security.length > 0 && { security }),
    ...(extensions.has("integrations") &&
      validator !== undefined && { "x-amazon-apigateway-request-validator": validator }),
    ...(extensions.has("integrations") &&
      methodIntegration && {
        "x-amazon-apigateway-integration": exportedIntegration(methodIntegration),
      }),
  };
}

const places: { readonly [place: string]: string } = {
  path: "path",
  querystring: "query",
  header: "header",
};

function exportedParameters(
  type: ExportType,
  path: string,
  { requestParameters = {}, requestModels = {} }: RestMethod,
): readonly JsonValue[] {
  const kind = type === "oas30" ? { schema: { type: "string" } } : { type: "string" };
  const inPath = [...path.matchAll(/\{([^{}+]+)\+?\}/g)].map(
    ([, name = ""]) => [`method.request.path.${name}`, true] as const,
  );
  const all = new Map([...Object.entries(requestParameters), ...inPath]);
  const parameters = [...all].map(([parameter, required]) => {
    const [, , place = "", ...name] = parameter.split(".");
    return { name: name.join("."), in: places[place] ?? place, required, ...kind };
  });
  const [model] = Object.values(requestModels);
  if (type === "oas30" || model === undefined) return parameters;
  return [
    ...parameters,
    { in: "body", name: model, required: true, schema: { $ref: `#/definitions/${model}` } },
  ];
}

function contentOf(models: { readonly [contentType: string]: string }): JsonObject {
  return Object.fromEntries(
    Object.entries(models).map(([contentType, model]) => [
      contentType,
      { schema: { $ref: `#/components/schemas/${model}` } },
    ]),
  );
}

function exportedResponses(type: ExportType, { methodResponses = {} }: RestMethod): JsonObject {
  const kind = type === "oas30" ? { schema: { type: "string" } } : { type: "string" };
  return Object.fromEntries(
    Object.entries(methodResponses).map(([status, response]) => {
      const { responseParameters = {}, responseModels = {} } = response;
      const headers = Object.keys(responseParameters).map((parameter) => [
        parameter.replace("method.response.header.", ""),
        kind,
      ]);
      const [model] = Object.values(responseModels);
      const body =
        type === "oas30"
          ? { content: contentOf(responseModels) }
          : { schema: { $ref: `#/definitions/${model}` } };
      return [
        status,
        {
          description: `${status} response`,
          ...(headers.length > 0 && { headers: Object.fromEntries(headers) as JsonObject }),
          ...(model !== undefined && body),
        },
      ];
    }),
  );
}

function exportedSecurity(
  { apiKeyRequired, authorizationType, authorizerId = "", authorizationScopes = [] }: RestMethod,
  { authorizers }: RestDefinition,
): readonly JsonValue[] {
  const name = authorizationType === "AWS_IAM" ? signatureScheme : authorizers[authorizerId]?.name;
  return [
    ...(name === undefined ? [] : [{ [name]: [...authorizationScopes] }]),
    ...(apiKeyRequired ? [{ [keyScheme]: [] }] : []),
  ];
}

/** *Documented*: in a document responses are kept by their patterns; `default` has none. */
function exportedIntegration({
  type,
  integrationResponses = {},
  cacheKeyParameters,
  ...settings
}: RestIntegration): JsonObject {
  const responses = Object.entries(integrationResponses).map(
    ([statusCode, { selectionPattern = "default", ...response }]) => [
      selectionPattern,
      { statusCode, ...response },
    ],
  );
  return {
    type: type.toLowerCase(),
    ...(settings as JsonObject),
    ...(cacheKeyParameters && { cacheKeyParameters: [...cacheKeyParameters] }),
    ...(responses.length > 0 && { responses: Object.fromEntries(responses) as JsonObject }),
  };
}
