import {
  integrationTypes,
  passthroughBehaviors,
  type RestIntegration,
} from "../../../../eventing/rest-api/rest-definition.ts";
import type { ServiceMembers, ServiceOperation } from "../../../../ports/service-api.ts";
import type { RestApiRecord } from "../rest-records.ts";
import { usualTimeoutMs } from "../run-integration.ts";
import { noSuch } from "../no-such.ts";
import { gatewayOperation } from "./gateway-operation.ts";
import { patched, patchOperations } from "./patch.ts";
import { badRequest, inRecord, methodOf, type RestContext, withMethod } from "./rest-context.ts";
import { httpMethod, resourceId, restApiId, statusCode, textMap, texts } from "./shared-members.ts";

const patchable = {
  "/httpMethod": "text",
  "/uri": "text",
  "/credentials": "text",
  "/passthroughBehavior": "text",
  "/contentHandling": "text",
  "/timeoutInMillis": "number",
  "/cacheNamespace": "text",
  "/cacheKeyParameters": "list",
  "/requestParameters/*": "text",
  "/requestTemplates/*": "text",
} as const;

const patchableResponse = {
  "/selectionPattern": "text",
  "/contentHandling": "text",
  "/responseParameters/*": "text",
  "/responseTemplates/*": "text",
} as const;

export function integrationOperations(context: RestContext): {
  readonly [name: string]: ServiceOperation;
} {
  const { desk } = context;
  const path = "/restapis/{restApiId}/resources/{resourceId}/methods/{httpMethod}/integration";
  const where = { restApiId, resourceId, httpMethod };
  const ofResponse = `${path}/responses/{statusCode}`;

  /** The API with what `change` makes of a method's integration. */
  const changed = (
    place: { readonly restApiId: string; readonly resourceId: string; readonly httpMethod: string },
    change: (before: RestIntegration | undefined) => RestIntegration | undefined,
  ): Promise<RestApiRecord> =>
    desk.change(place.restApiId, (before) => {
      const { methodIntegration, ...method } = methodOf(before, place.resourceId, place.httpMethod);
      const after = change(methodIntegration);
      return withMethod(before, place.resourceId, place.httpMethod, {
        ...method,
        ...(after && { methodIntegration: after }),
      });
    });

  return {
    PutIntegration: gatewayOperation({
      // The body has a `httpMethod` of its own.
      http: { method: "PUT", path: path.replace("{httpMethod}", "{resourceMethod}"), status: 201 },
      input: {
        restApiId,
        resourceId,
        resourceMethod: httpMethod,
        type: { type: "string", required: true, enum: integrationTypes },
        httpMethod: { type: "string" },
        uri: { type: "string" },
        connectionType: { type: "string" },
        connectionId: { type: "string" },
        credentials: { type: "string" },
        requestParameters: textMap,
        requestTemplates: textMap,
        passthroughBehavior: { type: "string", enum: passthroughBehaviors },
        cacheNamespace: { type: "string" },
        cacheKeyParameters: texts,
        contentHandling: { type: "string" },
        // *Documented*: Regional APIs may have more than the usual 29 seconds.
        timeoutInMillis: { type: "integer", min: 50, max: 300_000 },
      },
      roles: ({ credentials }) => [credentials],
      async perform({ restApiId: api, resourceId: id, resourceMethod, connectionId, ...rest }) {
        if (connectionId !== undefined || rest.connectionType === "VPC_LINK") {
          badRequest("Stepwell has no VPC links: connectionType INTERNET");
        }
        const place = { restApiId: api, resourceId: id, httpMethod: resourceMethod };
        await changed(place, () => rest);
        return shownIntegration(rest);
      },
    }),
    GetIntegration: gatewayOperation({
      http: { method: "GET", path },
      input: where,
      perform: async ({ restApiId: api, resourceId: id, httpMethod: name }) =>
        shownIntegration(
          methodOf(await desk.api(api), id, name).methodIntegration ?? noSuch("Integration"),
        ),
    }),
    UpdateIntegration: gatewayOperation({
      http: { method: "PATCH", path },
      input: { ...where, patchOperations },
      roles: ({ patchOperations: operations = [] }) =>
        operations.filter((each) => each.path === "/credentials").map(({ value }) => value),
      async perform({ patchOperations: operations, ...place }) {
        const record = await changed(place, (before) =>
          patched(before ?? noSuch("Integration"), operations, patchable),
        );
        const { methodIntegration } = methodOf(record, place.resourceId, place.httpMethod);
        return shownIntegration(methodIntegration ?? noSuch("Integration"));
      },
    }),
    DeleteIntegration: gatewayOperation({
      http: { method: "DELETE", path, status: 204 },
      input: where,
      async perform(place) {
        await changed(place, (before) =>
          before === undefined ? noSuch("Integration") : undefined,
        );
        return {};
      },
    }),
    PutIntegrationResponse: gatewayOperation({
      http: { method: "PUT", path: ofResponse, status: 201 },
      input: {
        ...where,
        statusCode,
        selectionPattern: { type: "string" },
        responseParameters: textMap,
        responseTemplates: textMap,
        contentHandling: { type: "string" },
      },
      async perform({
        restApiId: api,
        resourceId: id,
        httpMethod: name,
        statusCode: status,
        ...response
      }) {
        await changed({ restApiId: api, resourceId: id, httpMethod: name }, (before) => ({
          ...(before ?? noSuch("Integration")),
          integrationResponses: { ...before?.integrationResponses, [status]: response },
        }));
        return { statusCode: status, ...response };
      },
    }),
    GetIntegrationResponse: gatewayOperation({
      http: { method: "GET", path: ofResponse },
      input: { ...where, statusCode },
      async perform({ restApiId: api, resourceId: id, httpMethod: name, statusCode: status }) {
        const { methodIntegration } = methodOf(await desk.api(api), id, name);
        const found = inRecord(methodIntegration?.integrationResponses ?? {}, status);
        return { statusCode: status, ...(found ?? noSuch("Response status code")) };
      },
    }),
    UpdateIntegrationResponse: gatewayOperation({
      http: { method: "PATCH", path: ofResponse },
      input: { ...where, statusCode, patchOperations },
      async perform({ statusCode: status, patchOperations: operations, ...place }) {
        const record = await changed(place, (before) => {
          const found = inRecord(before?.integrationResponses ?? {}, status);
          const response = patched(
            found ?? noSuch("Response status code"),
            operations,
            patchableResponse,
          );
          return {
            ...(before ?? noSuch("Integration")),
            integrationResponses: { ...before?.integrationResponses, [status]: response },
          };
        });
        const { methodIntegration } = methodOf(record, place.resourceId, place.httpMethod);
        return { statusCode: status, ...methodIntegration?.integrationResponses?.[status] };
      },
    }),
    DeleteIntegrationResponse: gatewayOperation({
      http: { method: "DELETE", path: ofResponse, status: 204 },
      input: { ...where, statusCode },
      async perform({ statusCode: status, ...place }) {
        await changed(place, (before) => {
          const { [status]: _, ...integrationResponses } = before?.integrationResponses ?? {};
          return { ...(before ?? noSuch("Integration")), integrationResponses };
        });
        return {};
      },
    }),
  };
}

export function shownIntegration({
  integrationResponses = {},
  ...integration
}: RestIntegration): ServiceMembers {
  const responses = Object.entries(integrationResponses).map(([status, response]) => [
    status,
    { statusCode: status, ...response },
  ]);
  return {
    passthroughBehavior: "WHEN_NO_MATCH",
    timeoutInMillis: usualTimeoutMs,
    ...integration,
    ...(responses.length > 0 && {
      integrationResponses: Object.fromEntries(responses) as ServiceMembers,
    }),
  };
}
