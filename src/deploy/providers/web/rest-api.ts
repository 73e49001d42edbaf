import type { JsonObject, JsonValue } from "../../../expression/json.ts";
import { textOf } from "../../text-of.ts";
import { described } from "../described.ts";
import { asBoolean, asNumber, given, jsonText, lowerCamel, objectIn, picked } from "../members.ts";
import type { Made, ProviderContext, ResourceProvider } from "../provider.ts";
import { nameOf } from "../provider.ts";
import { tagMap, tagsOf } from "../resource-tags.ts";
import { bodyOf, hasBody } from "./open-api-body.ts";
import { replaceOperations } from "./patches.ts";

const service = "apigateway";

/** *Documented*: properties of `AWS::ApiGateway::RestApi` that are the API's own. */
function apiMembers(properties: JsonObject, context: ProviderContext): JsonObject {
  return given({
    name:
      properties["Name"] ??
      (hasBody(properties) ? undefined : context.generatedName({ maxLength: 128 })),
    ...(lowerCamel(
      picked(properties, ["Description", "BinaryMediaTypes", "EndpointConfiguration", "CloneFrom"]),
    ) as JsonObject),
    apiKeySource: properties["ApiKeySourceType"],
    minimumCompressionSize: asNumber(properties["MinimumCompressionSize"]),
    disableExecuteApiEndpoint: asBoolean(properties["DisableExecuteApiEndpoint"]),
    policy: jsonText(properties["Policy"]),
  });
}

/** *Documented*: `AWS::ApiGateway::RestApi`: what its body says is put in the place of all that there was, or over it. */
export const restApi: ResourceProvider = {
  replacing: ["CloneFrom"],

  async create(properties, context) {
    const { call } = context;
    const own = apiMembers(properties, context);
    const body = await bodyOf(properties, context);
    const name = own["name"] ?? context.generatedName({ maxLength: 128 });
    const tags = tagMap(tagsOf(properties["Tags"], context.stack));
    const { members } = await call(service, "CreateRestApi", { ...own, name, tags });
    const restApiId = members["id"] as string;
    await context.began(restApiId);
    if (body !== undefined)
      await putBody(restApiId, { body, mode: modeOf(properties) }, own, context);
    return madeApi(members);
  },

  async update(properties, { physicalId, attributes, properties: before }, context) {
    const body = await bodyOf(properties, context);
    const isOpened = before["Policy"] !== undefined && properties["Policy"] === undefined;
    const own = { ...apiMembers(properties, context), ...(isOpened && { policy: "" }) };
    if (body !== undefined)
      await putBody(physicalId, { body, mode: modeOf(properties) }, own, context);
    else await updateApi(physicalId, own, context);
    return { physicalId, attributes };
  },

  async delete({ physicalId: restApiId }, { call }) {
    await call(service, "DeleteRestApi", { restApiId });
  },

  async read({ physicalId: restApiId, properties }, { call }) {
    await call(service, "GetRestApi", { restApiId });
    return properties;
  },
};

/** *Documented*: `Mode`: an API that is no private one is overwritten if nothing is said. */
function modeOf({ Mode: mode = "overwrite" }: JsonObject): JsonValue {
  return mode;
}

async function putBody(
  restApiId: string,
  { body, mode }: { readonly body: string; readonly mode: JsonValue },
  own: JsonObject,
  context: ProviderContext,
): Promise<void> {
  const { call } = context;
  await call(service, "PutRestApi", { restApiId, mode }, { payload: Buffer.from(body) });
  // *Documented*: properties go before what the document says.
  await updateApi(restApiId, own, context);
}

async function updateApi(
  restApiId: string,
  { binaryMediaTypes, ...own }: JsonObject,
  { call }: ProviderContext,
): Promise<void> {
  const texts = picked(own, [
    "name",
    "description",
    "apiKeySource",
    "minimumCompressionSize",
    "disableExecuteApiEndpoint",
    "policy",
  ]);
  const types = Array.isArray(binaryMediaTypes) ? (binaryMediaTypes as readonly JsonValue[]) : [];
  const patchOperations = [
    ...replaceOperations("", texts),
    ...types.map((type) => ({
      op: "add",
      path: `/binaryMediaTypes/${textOf(type).replaceAll("~", "~0").replaceAll("/", "~1")}`,
    })),
  ];
  if (patchOperations.length > 0)
    await call(service, "UpdateRestApi", { restApiId, patchOperations });
}

function madeApi({ id, rootResourceId = null }: JsonObject): Made {
  return {
    physicalId: id as string,
    attributes: { RestApiId: id as string, RootResourceId: rootResourceId },
  };
}

/** *Documented*: `AWS::ApiGateway::Resource`. */
export const restResource = described({
  service,
  replacing: ["ParentId", "PathPart", "RestApiId"],
  name: { property: "ResourceId", maxLength: 128 },
  create: (properties) => ({
    operation: "CreateResource",
    members: lowerCamel(picked(properties, ["RestApiId", "ParentId", "PathPart"])) as JsonObject,
  }),
  delete: ({ physicalId: resourceId, properties }) => [
    { operation: "DeleteResource", members: { ...apiIn(properties), resourceId } },
  ],
  read: ({ physicalId: resourceId, properties }) => ({
    operation: "GetResource",
    members: { ...apiIn(properties), resourceId },
  }),
  physicalId: (name, { id }) => (typeof id === "string" ? id : name),
  made: ({ id = null }) => ({ attributes: { ResourceId: id } }),
});

function apiIn(properties: JsonObject): JsonObject {
  return lowerCamel(picked(properties, ["RestApiId"])) as JsonObject;
}

/** *Documented*: `AWS::ApiGateway::GatewayResponse`. */
export const gatewayResponse = described({
  service,
  replacing: ["ResponseType", "RestApiId"],
  name: { property: "Id", maxLength: 128 },
  create: (properties) => gatewayResponsePut(properties),
  update: (properties) => [gatewayResponsePut(properties)],
  delete: ({ properties }) => [
    { operation: "DeleteGatewayResponse", members: namedResponse(properties) },
  ],
  read: ({ properties }) => ({
    operation: "GetGatewayResponse",
    members: namedResponse(properties),
  }),
  made: () => ({ attributes: {} }),
});

function namedResponse(properties: JsonObject): JsonObject {
  return lowerCamel(picked(properties, ["RestApiId", "ResponseType"])) as JsonObject;
}

function gatewayResponsePut(properties: JsonObject) {
  return {
    operation: "PutGatewayResponse",
    members: given({
      ...namedResponse(properties),
      statusCode: jsonText(properties["StatusCode"]),
      responseParameters: properties["ResponseParameters"],
      responseTemplates: properties["ResponseTemplates"],
    }),
  };
}

/** *Documented*: `AWS::ApiGateway::Model`: its schema is an object in templates, and a text in the API. */
export const restModel: ResourceProvider = {
  replacing: ["ContentType", "Name", "RestApiId"],

  async create(properties, context) {
    const rules = { maxLength: 128 };
    const modelName = nameOf(properties, "Name", context, rules).replaceAll(/[^A-Za-z0-9]/g, "");
    await context.call(service, "CreateModelOfRestApi", {
      ...apiIn(properties),
      name: modelName,
      contentType: properties["ContentType"] ?? "application/json",
      ...modelMembers(properties),
    });
    return { physicalId: modelName };
  },

  async update(properties, { physicalId: modelName }, { call }) {
    await call(service, "UpdateModelOfRestApi", {
      ...apiIn(properties),
      modelName,
      patchOperations: replaceOperations("", modelMembers(properties)),
    });
    return { physicalId: modelName };
  },

  async delete({ physicalId: modelName, properties }, { call }) {
    await call(service, "DeleteModelOfRestApi", { ...apiIn(properties), modelName });
  },

  async read({ physicalId: modelName, properties }, { call }) {
    await call(service, "GetModelOfRestApi", { ...apiIn(properties), modelName });
    return properties;
  },
};

function modelMembers(properties: JsonObject): JsonObject {
  return given({
    description: properties["Description"],
    schema: jsonText(properties["Schema"]),
  });
}

/** *Documented*: `AWS::ApiGateway::RequestValidator`. */
export const requestValidator = described({
  service,
  replacing: ["Name", "RestApiId"],
  name: { property: "Name", maxLength: 128 },
  create: (properties, { name }) => ({
    operation: "CreateRequestValidator",
    members: { ...apiIn(properties), name, ...validatorFlags(properties) },
  }),
  update: (properties, { physicalId: requestValidatorId }) => [
    {
      operation: "UpdateRequestValidator",
      members: {
        ...apiIn(properties),
        requestValidatorId,
        patchOperations: replaceOperations("", validatorFlags(properties)),
      },
    },
  ],
  delete: ({ physicalId: requestValidatorId, properties }) => [
    {
      operation: "DeleteRequestValidator",
      members: { ...apiIn(properties), requestValidatorId },
    },
  ],
  read: ({ physicalId: requestValidatorId, properties }) => ({
    operation: "GetRequestValidator",
    members: { ...apiIn(properties), requestValidatorId },
  }),
  physicalId: (name, { id }) => (typeof id === "string" ? id : name),
  made: ({ id = null }) => ({ attributes: { RequestValidatorId: id } }),
});

function validatorFlags(properties: JsonObject): JsonObject {
  return {
    validateRequestBody: asBoolean(properties["ValidateRequestBody"]) === true,
    validateRequestParameters: asBoolean(properties["ValidateRequestParameters"]) === true,
  };
}

/** *Documented*: `AWS::ApiGateway::Authorizer`. */
export const restAuthorizer = described({
  service,
  replacing: ["RestApiId"],
  name: { property: "Name", maxLength: 128 },
  create: (properties, { name }) => ({
    operation: "CreateAuthorizerOfRestApi",
    members: {
      ...apiIn(properties),
      name,
      ...authorizerMembers(properties),
      ...given({ providerARNs: properties["ProviderARNs"] }),
    },
  }),
  update: (properties, { name, physicalId: authorizerId }) => {
    const arns = objectList(properties["ProviderARNs"]);
    return [
      {
        operation: "UpdateAuthorizerOfRestApi",
        members: {
          ...apiIn(properties),
          authorizerId,
          patchOperations: [
            ...replaceOperations("", { name, ...authorizerMembers(properties) }),
            ...arns.map((value, index) => ({
              op: index === 0 ? "replace" : "add",
              path: "/providerARNs",
              value,
            })),
          ],
        },
      },
    ];
  },
  delete: ({ physicalId: authorizerId, properties }) => [
    {
      operation: "DeleteAuthorizerOfRestApi",
      members: { ...apiIn(properties), authorizerId },
    },
  ],
  read: ({ physicalId: authorizerId, properties }) => ({
    operation: "GetAuthorizerOfRestApi",
    members: { ...apiIn(properties), authorizerId },
  }),
  physicalId: (name, { id }) => (typeof id === "string" ? id : name),
  made: ({ id = null }) => ({ attributes: { AuthorizerId: id } }),
});

function objectList(value: JsonValue | undefined): readonly string[] {
  return Array.isArray(value) ? value.map(String) : [];
}

function authorizerMembers(properties: JsonObject): JsonObject {
  return given({
    ...(lowerCamel(
      picked(properties, [
        "Type",
        "AuthType",
        "AuthorizerUri",
        "AuthorizerCredentials",
        "IdentitySource",
        "IdentityValidationExpression",
      ]),
    ) as JsonObject),
    authorizerResultTtlInSeconds: asNumber(properties["AuthorizerResultTtlInSeconds"]),
  });
}

/** *Documented*: `AWS::ApiGateway::Account`: the account's settings, which stay when the resource goes. */
export const restAccount: ResourceProvider = {
  replacing: [],
  async create(properties, context) {
    await updateAccount(properties, context);
    return { physicalId: context.generatedName({ maxLength: 64 }) };
  },
  async update(properties, { physicalId }, context) {
    await updateAccount(properties, context);
    return { physicalId };
  },
  async delete() {},
};

async function updateAccount(properties: JsonObject, { call }: ProviderContext): Promise<void> {
  const { CloudWatchRoleArn } = objectIn(properties);
  if (CloudWatchRoleArn === undefined) return;
  await call(service, "UpdateAccount", {
    patchOperations: replaceOperations("", { cloudwatchRoleArn: CloudWatchRoleArn }),
  });
}
