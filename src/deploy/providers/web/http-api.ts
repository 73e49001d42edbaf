import { isJsonObject, type JsonObject, type JsonValue } from "../../../expression/json.ts";
import { described } from "../described.ts";
import { asBoolean, asNumber, given, listIn, lowerCamel, objectIn, picked } from "../members.ts";

/** Members whose own names are data. */
const data = ["RequestParameters", "ResponseParameters", "StageVariables", "Tags"];

/** Properties as the API's members. */
function members(properties: JsonObject, names: readonly string[]): JsonObject {
  return lowerCamel(picked(properties, names), data) as JsonObject;
}

const apiMembers = ["Name", "Description", "CorsConfiguration"];

/** *Documented*: `AWS::ApiGatewayV2::Api`. Of its routes in a `Body` nothing is made: CreateApi refuses it. */
export const httpApi = described({
  service: "apigateway",
  replacing: ["ProtocolType"],
  name: { property: "Name", maxLength: 128 },
  create: (properties, { name }) => ({
    operation: "CreateApi",
    members: {
      ...members(properties, [...apiMembers, "ProtocolType", "Tags", "Body", "BodyS3Location"]),
      name,
    },
  }),
  update: (properties, { name, physicalId: apiId }) => [
    { operation: "UpdateApi", members: { ...members(properties, apiMembers), name, apiId } },
  ],
  delete: ({ physicalId: apiId }) => [{ operation: "DeleteApi", members: { apiId } }],
  read: ({ physicalId: apiId }) => ({ operation: "GetApi", members: { apiId } }),
  physicalId: (name, { apiId }) => (typeof apiId === "string" ? apiId : name),
  made: ({ apiId = null, apiEndpoint = null }) => ({
    attributes: { ApiId: apiId, ApiEndpoint: apiEndpoint },
  }),
});

const integrationMembers = [
  "IntegrationType",
  "IntegrationSubtype",
  "CredentialsArn",
  "Description",
  "PayloadFormatVersion",
  "RequestParameters",
];

function integrationOf(properties: JsonObject): JsonObject {
  const { ResponseParameters } = properties;
  return given({
    ...members(properties, integrationMembers),
    timeoutInMillis: asNumber(properties["TimeoutInMillis"]),
    ...(ResponseParameters !== undefined && {
      responseParameters: responseParameters(ResponseParameters),
    }),
  });
}

/** *Documented*: a template has lists of `{ Destination, Source }`, the API an object. */
function responseParameters(value: JsonValue): JsonObject {
  return Object.fromEntries(
    Object.entries(objectIn(value)).map(([status, changes]) => [
      status,
      Object.fromEntries(
        listIn(objectIn(changes)["ResponseParameters"])
          .filter(isJsonObject)
          .map(({ Destination, Source = null }) => [Destination as string, Source]),
      ),
    ]),
  );
}

/** *Documented*: `AWS::ApiGatewayV2::Integration`. */
export const httpIntegration = described({
  service: "apigateway",
  replacing: ["ApiId"],
  name: { property: "IntegrationId", maxLength: 128 },
  create: (properties) => ({
    operation: "CreateIntegration",
    members: { ...members(properties, ["ApiId"]), ...integrationOf(properties) },
  }),
  update: (properties, { physicalId: integrationId }) => [
    {
      operation: "UpdateIntegration",
      members: { ...members(properties, ["ApiId"]), ...integrationOf(properties), integrationId },
    },
  ],
  delete: ({ physicalId: integrationId, properties }) => [
    {
      operation: "DeleteIntegration",
      members: { ...members(properties, ["ApiId"]), integrationId },
    },
  ],
  read: ({ physicalId: integrationId, properties }) => ({
    operation: "GetIntegration",
    members: { ...members(properties, ["ApiId"]), integrationId },
  }),
  physicalId: (name, { integrationId }) =>
    typeof integrationId === "string" ? integrationId : name,
  made: ({ integrationId = null }) => ({ attributes: { IntegrationId: integrationId } }),
});

const routeMembers = ["ApiId", "RouteKey", "Target", "OperationName", "AuthorizationType"];

/** *Documented*: `AWS::ApiGatewayV2::Route`. */
export const httpRoute = described({
  service: "apigateway",
  replacing: ["ApiId"],
  name: { property: "RouteId", maxLength: 128 },
  create: (properties) => ({
    operation: "CreateRoute",
    members: members(properties, routeMembers),
  }),
  update: (properties, { physicalId: routeId }) => [
    { operation: "UpdateRoute", members: { ...members(properties, routeMembers), routeId } },
  ],
  delete: ({ physicalId: routeId, properties }) => [
    { operation: "DeleteRoute", members: { ...members(properties, ["ApiId"]), routeId } },
  ],
  read: ({ physicalId: routeId, properties }) => ({
    operation: "GetRoute",
    members: { ...members(properties, ["ApiId"]), routeId },
  }),
  physicalId: (name, { routeId }) => (typeof routeId === "string" ? routeId : name),
  made: ({ routeId = null }) => ({ attributes: { RouteId: routeId } }),
});

function stageOf(properties: JsonObject): JsonObject {
  return given({
    ...members(properties, ["ApiId", "StageName", "Description", "StageVariables"]),
    autoDeploy: asBoolean(properties["AutoDeploy"]),
  });
}

/** *Documented*: `AWS::ApiGatewayV2::Stage`; it is referred to by its name. */
export const httpStage = described({
  service: "apigateway",
  replacing: ["ApiId", "StageName"],
  name: { property: "StageName", maxLength: 128 },
  create: (properties) => ({
    operation: "CreateStage",
    members: { ...stageOf(properties), ...members(properties, ["Tags"]) },
  }),
  update: (properties) => [{ operation: "UpdateStage", members: stageOf(properties) }],
  delete: ({ properties }) => [
    { operation: "DeleteStage", members: members(properties, ["ApiId", "StageName"]) },
  ],
  read: ({ properties }) => ({
    operation: "GetStage",
    members: members(properties, ["ApiId", "StageName"]),
  }),
  made: () => ({ attributes: {} }),
});
