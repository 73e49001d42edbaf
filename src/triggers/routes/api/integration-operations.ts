import { awsOperation } from "../../api/aws-operation.ts";
import { passingRole } from "../../api/pass-role.ts";
import {
  ServiceError,
  type ServiceMembers,
  type ServiceOperation,
} from "../../../ports/service-api.ts";
import {
  type FirstClassSubtype,
  firstClassSubtypes,
  type IntegrationRecord,
} from "../api-record.ts";
import { usualTimeoutMs } from "../call-integration.ts";
import { functionOfUri, isFunctionArn } from "../function-uri.ts";
import {
  gatewayAccess,
  type GatewayContext,
  newId,
  notFound,
  refusingMappings,
} from "./gateway-context.ts";

const apiId = { type: "string", required: true } as const;
const integrationId = { type: "string", required: true } as const;
const textMap = { type: "map", of: { type: "string", max: 10_240 } } as const;

const given = {
  integrationType: { type: "string" },
  integrationSubtype: { type: "string" },
  integrationUri: { type: "string", max: 2048 },
  integrationMethod: { type: "string", max: 64 },
  credentialsArn: { type: "string", max: 2048 },
  description: { type: "string", max: 1024 },
  payloadFormatVersion: { type: "string" },
  requestParameters: textMap,
  responseParameters: { type: "map", of: textMap },
  // *Documented*: HTTP APIs.
  timeoutInMillis: { type: "integer", min: 50, max: 30_000 },
} as const;

export function integrationOperations(context: GatewayContext): {
  readonly [name: string]: ServiceOperation;
} {
  const { desk } = context;
  const path = (api: string, id = ""): string =>
    `/apis/${api}/integrations${id === "" ? "" : `/${id}`}`;
  return {
    CreateIntegration: awsOperation({
      http: { method: "POST", path: "/v2/apis/{apiId}/integrations", status: 201 },
      input: { apiId, ...given, integrationType: { type: "string", required: true } },
      access: ({ apiId: api, credentialsArn }, call) => [
        gatewayAccess("POST", path(api), call),
        ...passingRole(credentialsArn, "apigateway.amazonaws.com"),
      ],
      async perform({ apiId: api, ...members }) {
        const id = newId(context, 7);
        const record = changed(undefined, members);
        await put(api, id, () => record);
        return shown(id, record);
      },
    }),
    GetIntegration: awsOperation({
      http: { method: "GET", path: "/v2/apis/{apiId}/integrations/{integrationId}" },
      input: { apiId, integrationId },
      access: ({ apiId: api, integrationId: id }, call) => [
        gatewayAccess("GET", path(api, id), call),
      ],
      perform: async ({ apiId: api, integrationId: id }) => shown(id, await found(api, id)),
    }),
    GetIntegrations: awsOperation({
      http: { method: "GET", path: "/v2/apis/{apiId}/integrations" },
      input: { apiId },
      access: ({ apiId: api }, call) => [gatewayAccess("GET", path(api), call)],
      perform: async ({ apiId: api }) => ({
        items: Object.entries((await desk.api(api)).integrations).map(([id, each]) =>
          shown(id, each),
        ),
      }),
    }),
    UpdateIntegration: awsOperation({
      http: { method: "PATCH", path: "/v2/apis/{apiId}/integrations/{integrationId}" },
      input: { apiId, integrationId, ...given },
      access: ({ apiId: api, integrationId: id, credentialsArn }, call) => [
        gatewayAccess("PATCH", path(api, id), call),
        ...passingRole(credentialsArn, "apigateway.amazonaws.com"),
      ],
      async perform({ apiId: api, integrationId: id, ...members }) {
        await put(api, id, (before) => changed(before ?? notFound("Integration", id), members));
        return shown(id, await found(api, id));
      },
    }),
    DeleteIntegration: awsOperation({
      http: {
        method: "DELETE",
        path: "/v2/apis/{apiId}/integrations/{integrationId}",
        status: 204,
      },
      input: { apiId, integrationId },
      access: ({ apiId: api, integrationId: id }, call) => [
        gatewayAccess("DELETE", path(api, id), call),
      ],
      async perform({ apiId: api, integrationId: id }) {
        await desk.change(api, (before) => {
          if (Object.values(before.routes).some((route) => route.integrationId === id)) {
            throw new ServiceError(
              "ConflictException",
              `Cannot delete Integration '${id}' due to Route dependency`,
              409,
            );
          }
          const { [id]: removed, ...integrations } = before.integrations;
          return removed === undefined ? notFound("Integration", id) : { ...before, integrations };
        });
        return {};
      },
    }),
  };

  async function found(api: string, id: string): Promise<IntegrationRecord> {
    const { integrations } = await desk.api(api);
    return (
      (Object.hasOwn(integrations, id) ? integrations[id] : undefined) ??
      notFound("Integration", id)
    );
  }

  async function put(
    api: string,
    id: string,
    change: (before: IntegrationRecord | undefined) => IntegrationRecord,
  ): Promise<void> {
    await refusingMappings(() =>
      desk.change(api, (before) => {
        const known = Object.hasOwn(before.integrations, id) ? before.integrations[id] : undefined;
        return { ...before, integrations: { ...before.integrations, [id]: change(known) } };
      }),
    );
  }
}

interface IntegrationMembers {
  readonly integrationType?: string;
  readonly integrationSubtype?: string;
  readonly integrationUri?: string;
  readonly integrationMethod?: string;
  readonly credentialsArn?: string;
  readonly description?: string;
  readonly payloadFormatVersion?: string;
  readonly requestParameters?: { readonly [name: string]: string };
  readonly responseParameters?: { readonly [status: string]: { readonly [key: string]: string } };
  readonly timeoutInMillis?: number;
}

/** *Documented*: parameters are changed one by one; an empty text removes one. */
function changed(
  before: IntegrationRecord | undefined,
  given: IntegrationMembers,
): IntegrationRecord {
  const known = before === undefined ? {} : membersOf(before);
  const parameters = { ...known.requestParameters, ...given.requestParameters };
  return integrationOf({
    ...known,
    ...given,
    requestParameters: Object.fromEntries(
      Object.entries(parameters).filter(([, value]) => value !== ""),
    ),
  });
}

/** The integration that API Gateway's members say. Throws its error for what is none. */
export function integrationOf(members: IntegrationMembers): IntegrationRecord {
  const { integrationType = "AWS_PROXY", integrationSubtype: subtype, integrationUri } = members;
  const { description, timeoutInMillis, credentialsArn, requestParameters = {} } = members;
  const { responseParameters } = members;
  const shared = {
    ...(description !== undefined && { description }),
    ...(timeoutInMillis !== undefined && { timeoutInMillis }),
  };
  if (integrationType === "HTTP_PROXY") {
    if (integrationUri === undefined)
      throw badRequest("Uri is required for HTTP_PROXY integrations");
    return {
      type: "url",
      url: integrationUri,
      method: members.integrationMethod ?? "ANY",
      ...shared,
      requestParameters,
      ...(responseParameters && { responseParameters }),
    };
  }
  const functionArn = functionOfUri(integrationUri ?? "");
  if (integrationType === "AWS_PROXY" && subtype === undefined && isFunctionArn(functionArn)) {
    const { payloadFormatVersion: version = "1.0" } = members;
    if (version !== "1.0" && version !== "2.0") {
      throw badRequest(`Invalid payloadFormatVersion specified: ${version}`);
    }
    return {
      type: "function",
      functionArn,
      payloadFormatVersion: version,
      ...(credentialsArn !== undefined && { credentialsArn }),
      ...shared,
    };
  }
  if (integrationType !== "AWS_PROXY" || !isFirstClass(subtype)) {
    throw badRequest(
      `Stepwell's HTTP APIs have these integrations: HTTP_PROXY; AWS_PROXY with a function's integrationUri, or with the integrationSubtype ${firstClassSubtypes.join(", ")}`,
    );
  }
  if (credentialsArn === undefined) {
    throw badRequest("Credentials ARN is required for first-class integrations");
  }
  return {
    subtype,
    credentialsArn,
    ...shared,
    requestParameters,
    ...(responseParameters && { responseParameters }),
  };
}

function badRequest(message: string): ServiceError {
  return new ServiceError("BadRequestException", message);
}

function isFirstClass(subtype: string | undefined): subtype is FirstClassSubtype {
  return firstClassSubtypes.some((known) => known === subtype);
}

/** An integration as API Gateway's members say it. */
function membersOf(record: IntegrationRecord): IntegrationMembers {
  const { description, timeoutInMillis } = record;
  const shared = {
    ...(description !== undefined && { description }),
    ...(timeoutInMillis !== undefined && { timeoutInMillis }),
  };
  if (record.type === "url") {
    const { type: _, url, method, ...rest } = record;
    return {
      integrationType: "HTTP_PROXY",
      integrationUri: url,
      integrationMethod: method,
      ...rest,
    };
  }
  const { credentialsArn } = record;
  const acting = { ...shared, ...(credentialsArn !== undefined && { credentialsArn }) };
  if (record.type === "function") {
    const { functionArn, payloadFormatVersion } = record;
    return {
      integrationType: "AWS_PROXY",
      integrationUri: functionArn,
      integrationMethod: "POST",
      payloadFormatVersion,
      ...acting,
    };
  }
  const { subtype, requestParameters, responseParameters } = record;
  return {
    integrationType: "AWS_PROXY",
    integrationSubtype: subtype,
    payloadFormatVersion: "1.0",
    ...acting,
    requestParameters,
    ...(responseParameters && { responseParameters }),
  };
}

function shown(id: string, record: IntegrationRecord): ServiceMembers {
  return {
    integrationId: id,
    connectionType: "INTERNET",
    payloadFormatVersion: "1.0",
    timeoutInMillis: usualTimeoutMs,
    ...membersOf(record),
  };
}
