import type { MethodResponse, RestMethod } from "../../../../eventing/rest-api/rest-definition.ts";
import type { ServiceMembers, ServiceOperation } from "../../../../ports/service-api.ts";
import type { RestApiRecord } from "../rest-records.ts";
import { noSuch } from "../no-such.ts";
import { gatewayOperation } from "./gateway-operation.ts";
import { shownIntegration } from "./integration-operations.ts";
import { patched, patchOperations } from "./patch.ts";
import {
  badRequest,
  conflict,
  inRecord,
  methodOf,
  type RestContext,
  resourceOf,
  withMethod,
  withResource,
} from "./rest-context.ts";
import {
  flagMap,
  httpMethod,
  resourceId,
  restApiId,
  statusCode,
  textMap,
  texts,
} from "./shared-members.ts";

const authorizationTypes = ["NONE", "AWS_IAM", "CUSTOM", "COGNITO_USER_POOLS"] as const;

const patchable = {
  "/authorizationType": "text",
  "/authorizerId": "text",
  "/authorizationScopes": "list",
  "/apiKeyRequired": "boolean",
  "/operationName": "text",
  "/requestValidatorId": "text",
  "/requestParameters/*": "boolean",
  "/requestModels/*": "text",
} as const;

const patchableResponse = {
  "/responseParameters/*": "boolean",
  "/responseModels/*": "text",
} as const;

export function methodOperations(context: RestContext): {
  readonly [name: string]: ServiceOperation;
} {
  const { desk } = context;
  const path = "/restapis/{restApiId}/resources/{resourceId}/methods/{httpMethod}";
  const where = { restApiId, resourceId, httpMethod };
  const ofResponse = `${path}/responses/{statusCode}`;
  return {
    PutMethod: gatewayOperation({
      http: { method: "PUT", path, status: 201 },
      input: {
        ...where,
        authorizationType: { type: "string", required: true },
        authorizerId: { type: "string" },
        apiKeyRequired: { type: "boolean" },
        operationName: { type: "string" },
        requestParameters: flagMap,
        requestModels: textMap,
        requestValidatorId: { type: "string" },
        authorizationScopes: texts,
      },
      async perform({
        restApiId: api,
        resourceId: id,
        httpMethod: name,
        apiKeyRequired = false,
        ...rest
      }) {
        const method: RestMethod = { ...rest, apiKeyRequired };
        await desk.change(api, (before) => {
          if (inRecord(resourceOf(before, id).resourceMethods, name) !== undefined) {
            conflict("Method already exists for this resource");
          }
          checkMethod(method, before);
          return withMethod(before, id, name, method);
        });
        return shownMethod(name, method);
      },
    }),
    GetMethod: gatewayOperation({
      http: { method: "GET", path },
      input: where,
      perform: async ({ restApiId: api, resourceId: id, httpMethod: name }) =>
        shownMethod(name, methodOf(await desk.api(api), id, name)),
    }),
    UpdateMethod: gatewayOperation({
      http: { method: "PATCH", path },
      input: { ...where, patchOperations },
      async perform({
        restApiId: api,
        resourceId: id,
        httpMethod: name,
        patchOperations: operations,
      }) {
        const record = await desk.change(api, (before) => {
          const method = patched(methodOf(before, id, name), operations, patchable);
          checkMethod(method, before);
          return withMethod(before, id, name, method);
        });
        return shownMethod(name, methodOf(record, id, name));
      },
    }),
    DeleteMethod: gatewayOperation({
      http: { method: "DELETE", path, status: 204 },
      input: where,
      async perform({ restApiId: api, resourceId: id, httpMethod: name }) {
        await desk.change(api, (before) => {
          methodOf(before, id, name);
          const resource = resourceOf(before, id);
          const { [name]: _, ...resourceMethods } = resource.resourceMethods;
          return withResource(before, id, { ...resource, resourceMethods });
        });
        return {};
      },
    }),
    PutMethodResponse: gatewayOperation({
      http: { method: "PUT", path: ofResponse, status: 201 },
      input: { ...where, statusCode, responseParameters: flagMap, responseModels: textMap },
      async perform({
        restApiId: api,
        resourceId: id,
        httpMethod: name,
        statusCode: status,
        ...response
      }) {
        await desk.change(api, (before) => {
          const method = methodOf(before, id, name);
          const methodResponses = { ...method.methodResponses, [status]: response };
          return withMethod(before, id, name, { ...method, methodResponses });
        });
        return { statusCode: status, ...response };
      },
    }),
    GetMethodResponse: gatewayOperation({
      http: { method: "GET", path: ofResponse },
      input: { ...where, statusCode },
      async perform({ restApiId: api, resourceId: id, httpMethod: name, statusCode: status }) {
        const { methodResponses = {} } = methodOf(await desk.api(api), id, name);
        return {
          statusCode: status,
          ...(inRecord(methodResponses, status) ?? noSuch("Response status code")),
        };
      },
    }),
    UpdateMethodResponse: gatewayOperation({
      http: { method: "PATCH", path: ofResponse },
      input: { ...where, statusCode, patchOperations },
      async perform({
        restApiId: api,
        resourceId: id,
        httpMethod: name,
        statusCode: status,
        patchOperations: operations,
      }) {
        let response: MethodResponse = {};
        await desk.change(api, (before) => {
          const method = methodOf(before, id, name);
          const known = inRecord(method.methodResponses ?? {}, status);
          response = patched(
            known ?? noSuch("Response status code"),
            operations,
            patchableResponse,
          );
          const methodResponses = { ...method.methodResponses, [status]: response };
          return withMethod(before, id, name, { ...method, methodResponses });
        });
        return { statusCode: status, ...response };
      },
    }),
    DeleteMethodResponse: gatewayOperation({
      http: { method: "DELETE", path: ofResponse, status: 204 },
      input: { ...where, statusCode },
      async perform({ restApiId: api, resourceId: id, httpMethod: name, statusCode: status }) {
        await desk.change(api, (before) => {
          const method = methodOf(before, id, name);
          const { [status]: _, ...methodResponses } = method.methodResponses ?? {};
          return withMethod(before, id, name, { ...method, methodResponses });
        });
        return {};
      },
    }),
  };
}

/** A method that was to be closed must not be open. */
function checkMethod(
  { authorizationType, authorizerId, requestValidatorId }: RestMethod,
  { definition }: RestApiRecord,
): void {
  if (!authorizationTypes.some((type) => type === authorizationType)) {
    badRequest(`Invalid authorization type specified: ${authorizationType}`);
  }
  const needsAuthorizer =
    authorizationType === "CUSTOM" || authorizationType === "COGNITO_USER_POOLS";
  if (needsAuthorizer && inRecord(definition.authorizers, authorizerId ?? "") === undefined) {
    badRequest(
      "Invalid authorizer ID specified. Setting the authorization type to CUSTOM or COGNITO_USER_POOLS requires a valid authorizer.",
    );
  }
  const { requestValidators } = definition;
  if (
    requestValidatorId !== undefined &&
    inRecord(requestValidators, requestValidatorId) === undefined
  ) {
    badRequest("Invalid Request Validator identifier specified");
  }
}

export function shownMethod(
  name: string,
  { methodIntegration, methodResponses = {}, ...method }: RestMethod,
): ServiceMembers {
  const responses = Object.entries(methodResponses).map(([statusCode, response]) => [
    statusCode,
    { statusCode, ...response },
  ]);
  return {
    httpMethod: name,
    ...method,
    ...(responses.length > 0 && {
      methodResponses: Object.fromEntries(responses) as ServiceMembers,
    }),
    ...(methodIntegration && { methodIntegration: shownIntegration(methodIntegration) }),
  };
}
