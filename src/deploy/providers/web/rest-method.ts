import type { JsonObject } from "../../../expression/json.ts";
import {
  asBoolean,
  asNumber,
  given,
  jsonText,
  lowerCamel,
  objectIn,
  objectsIn,
  picked,
} from "../members.ts";
import type { ProviderContext, ResourceProvider } from "../provider.ts";

const service = "apigateway";

/** Members whose own names are data. */
const data = [
  "RequestParameters",
  "RequestTemplates",
  "RequestModels",
  "ResponseParameters",
  "ResponseTemplates",
  "ResponseModels",
];

/**
 * *Documented*: `AWS::ApiGateway::Method`: a method, its integration, and the responses of both. A change makes it anew: no client sees it
 * before a deployment.
 */
export const restMethod: ResourceProvider = {
  replacing: ["HttpMethod", "ResourceId", "RestApiId"],

  async create(properties, context) {
    const physicalId = context.generatedName({ maxLength: 128 });
    await putMethod(properties, context, async () => context.began(physicalId));
    return { physicalId };
  },

  async update(properties, { physicalId, properties: before }, context) {
    await context.call(service, "DeleteMethod", place(before));
    await putMethod(properties, context);
    return { physicalId };
  },

  async delete({ properties }, { call }) {
    await call(service, "DeleteMethod", place(properties));
  },

  async read({ properties }, { call }) {
    await call(service, "GetMethod", place(properties));
    return properties;
  },
};

function place(properties: JsonObject): JsonObject {
  return lowerCamel(picked(properties, ["RestApiId", "ResourceId", "HttpMethod"])) as JsonObject;
}

async function putMethod(
  properties: JsonObject,
  { call }: ProviderContext,
  began: () => Promise<void> = async () => {},
): Promise<void> {
  const where = place(properties);
  const { Integration, MethodResponses } = properties;
  await call(service, "PutMethod", {
    ...where,
    ...methodMembers(properties),
  });
  await began();
  for (const response of objectsIn(MethodResponses)) {
    const { ResponseParameters } = response;
    await call(service, "PutMethodResponse", {
      ...where,
      ...responseMembers(response),
      ...(ResponseParameters !== undefined && {
        responseParameters: flags(objectIn(ResponseParameters)),
      }),
    });
  }
  if (Integration === undefined) return;
  const integration = objectIn(Integration);
  const { httpMethod: resourceMethod = null, ...api } = where;
  const members = integrationMembers(integration);
  await call(service, "PutIntegrationOfRestApi", { ...api, resourceMethod, ...members });
  for (const response of objectsIn(integration["IntegrationResponses"])) {
    await call(service, "PutIntegrationResponse", { ...where, ...responseMembers(response) });
  }
}

function methodMembers(properties: JsonObject): JsonObject {
  const { RequestParameters } = properties;
  return given({
    authorizationType: "NONE",
    ...(lowerCamel(
      picked(properties, [
        "AuthorizationType",
        "AuthorizerId",
        "AuthorizationScopes",
        "OperationName",
        "RequestValidatorId",
        "RequestModels",
      ]),
      data,
    ) as JsonObject),
    apiKeyRequired: asBoolean(properties["ApiKeyRequired"]),
    requestParameters: RequestParameters && flags(objectIn(RequestParameters)),
  });
}

function flags(values: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, asBoolean(value) === true]),
  );
}

function integrationMembers(integration: JsonObject): JsonObject {
  return given({
    ...(lowerCamel(
      picked(integration, [
        "Type",
        "Uri",
        "Credentials",
        "ConnectionType",
        "ConnectionId",
        "ContentHandling",
        "PassthroughBehavior",
        "CacheNamespace",
        "CacheKeyParameters",
        "RequestParameters",
        "RequestTemplates",
      ]),
      data,
    ) as JsonObject),
    httpMethod: integration["IntegrationHttpMethod"],
    timeoutInMillis: asNumber(integration["TimeoutInMillis"]),
  });
}

function responseMembers(response: JsonObject): JsonObject {
  return given({
    ...(lowerCamel(
      picked(response, [
        "SelectionPattern",
        "ContentHandling",
        "ResponseParameters",
        "ResponseTemplates",
        "ResponseModels",
      ]),
      data,
    ) as JsonObject),
    statusCode: jsonText(response["StatusCode"]),
  });
}
