import { importRestApi } from "../../../../eventing/open-api/import-rest-api.ts";
import {
  type OpenApiDocument,
  readOpenApi,
} from "../../../../eventing/open-api/open-api-document.ts";
import type { RestDefinition, RestModel } from "../../../../eventing/rest-api/rest-definition.ts";
import type { ServiceMembers, ServiceOperation } from "../../../../ports/service-api.ts";
import { readValue } from "../../../../template/reading/read-value.ts";
import { TemplateError } from "../../../../template/template.ts";
import { newId } from "../../api/gateway-context.ts";
import { compileRestApi } from "../compiled-rest-api.ts";
import { mergedDefinition } from "../merged-definition.ts";
import { checkedPolicy } from "../resource-policy.ts";
import type { RestApiRecord } from "../rest-records.ts";
import { gatewayOperation } from "./gateway-operation.ts";
import { type PatchOperation, patched, patchOperations } from "./patch.ts";
import { badRequest, type RestContext } from "./rest-context.ts";
import {
  description,
  paged,
  pagedQuery,
  restApiId,
  tags,
  textMap,
  texts,
} from "./shared-members.ts";

const endpointConfiguration = {
  type: "structure",
  shape: "EndpointConfiguration",
  members: { types: texts, vpcEndpointIds: texts, ipAddressType: { type: "string" } },
} as const;

const patchable = {
  "/name": "text",
  "/description": "text",
  "/version": "text",
  "/disableExecuteApiEndpoint": "boolean",
  "/minimumCompressionSize": "number",
  "/endpointConfiguration/types": "list",
  "/endpointConfiguration/ipAddressType": "text",
  "/definition/apiKeySource": "text",
  "/definition/binaryMediaTypes": "list",
  "/definition/policy": "text",
} as const;

/** The parts of the definition that API Gateway shows as the API's own. */
const ofDefinition = /^\/(apiKeySource|binaryMediaTypes|policy)/;

export function restApiOperations(context: RestContext): {
  readonly [name: string]: ServiceOperation;
} {
  const { desk, clock, scope } = context;
  const oneApi = { method: "GET", path: "/restapis/{restApiId}" } as const;
  return {
    CreateRestApi: gatewayOperation({
      http: { method: "POST", path: "/restapis", status: 201 },
      input: {
        name: { type: "string", required: true, min: 1 },
        description,
        version: { type: "string" },
        cloneFrom: { type: "string" },
        binaryMediaTypes: texts,
        minimumCompressionSize: { type: "integer", min: 0, max: 10_485_760 },
        apiKeySource: { type: "string", enum: ["HEADER", "AUTHORIZER"] },
        endpointConfiguration,
        policy: { type: "string" },
        disableExecuteApiEndpoint: { type: "boolean" },
        tags,
      },
      async perform({
        cloneFrom,
        policy,
        binaryMediaTypes,
        apiKeySource,
        tags: given = {},
        ...rest
      }) {
        const id = newId(context, 10);
        const checked = checkedPolicy(policy, id, scope);
        const cloned = cloneFrom === undefined ? undefined : await desk.api(cloneFrom);
        const rootResourceId = cloned?.rootResourceId ?? newId(context, 10);
        const record: RestApiRecord = {
          ...rest,
          id,
          createdAt: clock.now(),
          rootResourceId,
          tags: given,
          definition: {
            ...(cloned?.definition ?? emptyDefinition(rootResourceId, () => newId(context, 6))),
            ...(binaryMediaTypes && { binaryMediaTypes }),
            ...(apiKeySource !== undefined && { apiKeySource }),
            ...(checked !== undefined && { policy: checked }),
          },
          deployments: {},
          stages: {},
        };
        await desk.create(record);
        return shown(record);
      },
    }),
    ImportRestApi: gatewayOperation({
      http: {
        method: "POST",
        path: "/restapis",
        markers: ["mode"],
        query: { mode: "mode", failOnWarnings: "failonwarnings" },
        payload: "body",
        status: 201,
      },
      input: { mode: { type: "string" }, failOnWarnings: { type: "string" } },
      roles: (_, payload) => rolesOf(payload),
      async perform(_, payload) {
        const id = newId(context, 10);
        const rootResourceId = newId(context, 10);
        const document = documentOf(payload);
        const { title, description: about } = document;
        const record: RestApiRecord = {
          id,
          name: title ?? "API",
          ...(about !== undefined && { description: about }),
          createdAt: clock.now(),
          rootResourceId,
          tags: {},
          definition: imported(document, { id, rootResourceId }),
          deployments: {},
          stages: {},
        };
        await desk.create(record);
        return shown(record);
      },
    }),
    PutRestApi: gatewayOperation({
      http: {
        method: "PUT",
        path: "/restapis/{restApiId}",
        query: { mode: "mode", failOnWarnings: "failonwarnings" },
        payload: "body",
      },
      input: {
        restApiId,
        mode: { type: "string", enum: ["merge", "overwrite"] },
        failOnWarnings: { type: "string" },
        parameters: textMap,
      },
      roles: (_, payload) => rolesOf(payload),
      async perform({ restApiId: id, mode = "merge" }, payload) {
        const document = documentOf(payload);
        const record = await desk.change(id, (before) => {
          const told = imported(document, before);
          const { apiKeySource, binaryMediaTypes, policy } = before.definition;
          const definition =
            mode === "merge"
              ? mergedDefinition(before.definition, told)
              : {
                  ...(apiKeySource !== undefined && { apiKeySource }),
                  ...(binaryMediaTypes && { binaryMediaTypes }),
                  ...(policy !== undefined && { policy }),
                  ...told,
                };
          compileRestApi(definition);
          const { title = before.name, description: about = before.description } = document;
          return {
            ...before,
            name: title,
            ...(about !== undefined && { description: about }),
            definition,
          };
        });
        return shown(record);
      },
    }),
    GetRestApi: gatewayOperation({
      http: oneApi,
      input: { restApiId },
      perform: async ({ restApiId: id }) => shown(await desk.api(id)),
    }),
    GetRestApis: gatewayOperation({
      http: { method: "GET", path: "/restapis", query: pagedQuery },
      input: paged,
      perform: async () => ({ item: (await desk.all()).map(shown) }),
    }),
    UpdateRestApi: gatewayOperation({
      http: { ...oneApi, method: "PATCH" },
      input: { restApiId, patchOperations },
      perform: async ({ restApiId: id, patchOperations: operations = [] }) =>
        shown(
          await desk.change(id, (before) => {
            const placed = operations.map((each) =>
              ofDefinition.test(each.path)
                ? { ...withCheckedPolicy(each, id), path: `/definition${each.path}` }
                : each,
            );
            return patched(before, placed, patchable);
          }),
        ),
    }),
    DeleteRestApi: gatewayOperation({
      http: { ...oneApi, method: "DELETE", status: 202 },
      input: { restApiId },
      async perform({ restApiId: id }) {
        await desk.remove(id);
        return {};
      },
    }),
  };

  /** An empty policy is none. */
  function withCheckedPolicy(operation: PatchOperation, apiId: string): PatchOperation {
    if (operation.path !== "/policy") return operation;
    const { value: _, ...rest } = operation;
    const policy = checkedPolicy(operation.value, apiId, scope);
    return policy === undefined ? { ...rest, op: "remove" } : { ...rest, value: policy };
  }

  function imported(
    document: OpenApiDocument,
    { id, rootResourceId }: Pick<RestApiRecord, "id" | "rootResourceId">,
  ): RestDefinition {
    const definition = importRestApi(document, rootResourceId, () => newId(context, 6));
    const models = { ...defaultModels(() => newId(context, 6)), ...definition.models };
    const written = document.root["x-amazon-apigateway-policy"];
    const policy =
      written === undefined ? undefined : checkedPolicy(JSON.stringify(written), id, scope);
    const whole = { ...definition, models, ...(policy !== undefined && { policy }) };
    compileRestApi(whole);
    return whole;
  }
}

function documentOf(payload: Uint8Array): OpenApiDocument {
  try {
    return readOpenApi(readValue(Buffer.from(payload).toString()).value);
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    return badRequest(`Invalid OpenAPI input: ${error.message}`);
  }
}

/** The roles that integrations of a document act in; a document that is none has none, and is refused later. */
function rolesOf(payload: Uint8Array): readonly (string | undefined)[] {
  try {
    const { operations } = documentOf(payload);
    const roles = operations.map(({ integration }) => integration?.["credentials"]);
    return [...new Set(roles)].filter((role): role is string => typeof role === "string");
  } catch {
    return [];
  }
}

function emptyDefinition(rootResourceId: string, id: () => string): RestDefinition {
  return {
    resources: { [rootResourceId]: { path: "/", resourceMethods: {} } },
    models: defaultModels(id),
    requestValidators: {},
    gatewayResponses: {},
    authorizers: {},
  };
}

/** *Observed*: the models that every API has. */
function defaultModels(id: () => string): { readonly [name: string]: RestModel } {
  const draft = "http://json-schema.org/draft-04/schema#";
  const model = (name: string, schema: object, about: string): RestModel => ({
    id: id(),
    contentType: "application/json",
    description: about,
    schema: JSON.stringify({ $schema: draft, title: `${name} Schema`, type: "object", ...schema }),
  });
  return {
    Empty: model("Empty", {}, "This is a default empty schema model"),
    Error: model(
      "Error",
      { properties: { message: { type: "string" } } },
      "This is a default error schema model",
    ),
  };
}

function shown(record: RestApiRecord): ServiceMembers {
  const {
    definition,
    deployments: _,
    stages: __,
    createdAt,
    endpointConfiguration: ends,
    ...rest
  } = record;
  const { apiKeySource = "HEADER", binaryMediaTypes, policy } = definition;
  return {
    ...rest,
    // *Observed*: its quotes are escaped once more.
    ...(policy !== undefined && { policy: JSON.stringify(policy).slice(1, -1) }),
    createdDate: new Date(createdAt),
    apiKeySource,
    binaryMediaTypes,
    endpointConfiguration: { types: ["EDGE"], ipAddressType: "ipv4", ...ends },
    disableExecuteApiEndpoint: rest.disableExecuteApiEndpoint ?? false,
  };
}
