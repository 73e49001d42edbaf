import { isJsonObject, type JsonObject, type JsonValue } from "../../../expression/json.ts";
import { described } from "../described.ts";
import { type ResourceProvider, textProperty } from "../provider.ts";
import { bodyOf } from "./open-api-body.ts";
import { asBoolean, asNumber, given, listIn, lowerCamel, objectIn, picked } from "../members.ts";

/** Members whose own names are data. */
const data = ["RequestParameters", "ResponseParameters", "StageVariables", "Tags"];

/** Properties as the API's members. */
function members(properties: JsonObject, names: readonly string[]): JsonObject {
  return lowerCamel(picked(properties, names), data) as JsonObject;
}

const apiMembers = ["Name", "Description", "CorsConfiguration"];

/** *Documented*: `AWS::ApiGatewayV2::Api`: its routes are resources of their own, or in its `Body`. */
export const httpApi: ResourceProvider = {
  replacing: ["ProtocolType"],

  async create(properties, context) {
    const { call } = context;
    const body = await bodyOf(properties, context);
    const name = textProperty(properties, "Name");
    const { members: made } =
      body === undefined
        ? await call("apigateway", "CreateApi", {
            ...members(properties, [...apiMembers, "ProtocolType", "Tags"]),
            name: name ?? context.generatedName({ maxLength: 128 }),
          })
        : await call("apigateway", "ImportApi", { body });
    const { apiId = null, apiEndpoint = null } = made;
    await context.began(apiId as string);
    // *Documented*: properties go before what the document says.
    const own = members(properties, apiMembers);
    if (body !== undefined && Object.keys(own).length > 0) {
      await call("apigateway", "UpdateApi", { ...own, apiId });
    }
    return { physicalId: apiId as string, attributes: { ApiId: apiId, ApiEndpoint: apiEndpoint } };
  },

  async update(properties, { physicalId: apiId, attributes }, context) {
    const { call } = context;
    const body = await bodyOf(properties, context);
    if (body !== undefined) await call("apigateway", "ReimportApi", { apiId, body });
    await call("apigateway", "UpdateApi", { ...members(properties, apiMembers), apiId });
    return { physicalId: apiId, attributes };
  },

  async delete({ physicalId: apiId }, { call }) {
    await call("apigateway", "DeleteApi", { apiId });
  },

  async read({ physicalId: apiId, properties }, { call }) {
    await call("apigateway", "GetApi", { apiId });
    return properties;
  },
};

const integrationMembers = [
  "IntegrationType",
  "IntegrationSubtype",
  "IntegrationUri",
  "IntegrationMethod",
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

const routeMembers = [
  "ApiId",
  "RouteKey",
  "Target",
  "OperationName",
  "AuthorizationType",
  "AuthorizerId",
  "AuthorizationScopes",
];

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

const authorizerMembers = [
  "ApiId",
  "Name",
  "AuthorizerType",
  "IdentitySource",
  "JwtConfiguration",
  "AuthorizerUri",
  "AuthorizerCredentialsArn",
  "AuthorizerPayloadFormatVersion",
];

function authorizerOf(properties: JsonObject, name: string): JsonObject {
  return given({
    ...members(properties, authorizerMembers),
    name,
    enableSimpleResponses: asBoolean(properties["EnableSimpleResponses"]),
    authorizerResultTtlInSeconds: asNumber(properties["AuthorizerResultTtlInSeconds"]),
  });
}

/** *Documented*: `AWS::ApiGatewayV2::Authorizer`. */
export const httpAuthorizer = described({
  service: "apigateway",
  replacing: ["ApiId"],
  name: { property: "Name", maxLength: 128 },
  create: (properties, { name }) => ({
    operation: "CreateAuthorizer",
    members: authorizerOf(properties, name),
  }),
  update: (properties, { name, physicalId: authorizerId }) => [
    {
      operation: "UpdateAuthorizer",
      members: { ...authorizerOf(properties, name), authorizerId },
    },
  ],
  delete: ({ physicalId: authorizerId, properties }) => [
    {
      operation: "DeleteAuthorizer",
      members: { ...members(properties, ["ApiId"]), authorizerId },
    },
  ],
  read: ({ physicalId: authorizerId, properties }) => ({
    operation: "GetAuthorizer",
    members: { ...members(properties, ["ApiId"]), authorizerId },
  }),
  physicalId: (name, { authorizerId }) => (typeof authorizerId === "string" ? authorizerId : name),
  made: ({ authorizerId = null }) => ({ attributes: { AuthorizerId: authorizerId } }),
});

/** *Documented*: `AWS::ApiGatewayV2::Deployment`: *our choice*, a change is served at once, and it makes nothing different. */
export const httpDeployment = described({
  service: "apigateway",
  replacing: ["ApiId", "StageName", "Description"],
  name: { property: "DeploymentId", maxLength: 128 },
  create: (properties) => ({
    operation: "CreateDeployment",
    members: members(properties, ["ApiId", "StageName", "Description"]),
  }),
  delete: () => [],
  physicalId: (name, { deploymentId }) => (typeof deploymentId === "string" ? deploymentId : name),
  made: ({ deploymentId = null }) => ({ attributes: { DeploymentId: deploymentId } }),
});
