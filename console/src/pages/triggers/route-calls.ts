import type { RouteView } from "../../../../src/console/view-types.ts";
import { ServerError } from "../../api/client.ts";
import { callService } from "../../api/triggers.ts";

/** What a form makes a route do. */
export const routeActions = ["StartExecution", "StartSyncExecution", "function"] as const;
export type RouteAction = (typeof routeActions)[number];

/** What a form says of a route. */
export interface GivenRoute {
  /** Empty: an API of that name is made with it. */
  readonly apiId: string;
  readonly apiName: string;
  /** Where pages are from that may call a new API; empty: nowhere. */
  readonly origins: string;
  readonly method: string;
  readonly path: string;
  readonly does: RouteAction;
  readonly target: string;
  readonly roleArn: string;
  /** Mappings of the request. */
  readonly input: string;
  readonly executionName: string;
  readonly isSigned: boolean;
}

/** An HTTP API, as far as a form knows it. */
export interface StoredApi {
  readonly apiId: string;
  readonly name: string;
}

/** A route of an HTTP API that API Gateway's operations change. */
export type ChangeableRoute = RouteView & {
  readonly routeId: string;
  readonly integrationId: string;
};

/** `undefined`: it is of the configuration, or of a REST API, or has no integration. */
export function changeable(route: RouteView): ChangeableRoute | undefined {
  const { routeId, integrationId } = route;
  return routeId === undefined || integrationId === undefined
    ? undefined
    : { ...route, routeId, integrationId };
}

function call<T = object>(operation: string, members: object): Promise<T> {
  return callService<T>("apigateway", operation, members);
}

export async function httpApis(): Promise<readonly StoredApi[]> {
  return (await call<{ readonly items: readonly StoredApi[] }>("GetApis", {})).items;
}

export function routeKey({ method, path }: Pick<GivenRoute, "method" | "path">): string {
  return `${method} ${path}`;
}

/** The parameters of a call of Step Functions, as mappings. */
export function requestParameters({
  target,
  input,
  executionName,
}: Pick<GivenRoute, "target" | "input" | "executionName">): { readonly [name: string]: string } {
  return {
    StateMachineArn: target,
    ...(input !== "" && { Input: input }),
    ...(executionName !== "" && { Name: executionName }),
  };
}

/** Makes a route with its integration, and its API where there is none yet; what was made of it goes again where the rest is refused. */
export async function createRoute(given: GivenRoute): Promise<void> {
  if (given.apiId !== "") {
    await addRoute(given.apiId, given);
    return;
  }
  const { apiId } = await call<StoredApi>("CreateApi", {
    name: given.apiName,
    protocolType: "HTTP",
    ...(given.origins !== "" && { corsConfiguration: corsOf(given.origins) }),
  });
  try {
    await addRoute(apiId, given);
    await call("CreateStage", { apiId, stageName: "$default", autoDeploy: true });
  } catch (error) {
    await call("DeleteApi", { apiId });
    throw error;
  }
}

async function addRoute(apiId: string, given: GivenRoute): Promise<void> {
  const { integrationId } = await call<{ readonly integrationId: string }>("CreateIntegration", {
    apiId,
    ...integrationOf(given),
  });
  try {
    await call("CreateRoute", {
      apiId,
      routeKey: routeKey(given),
      target: `integrations/${integrationId}`,
      authorizationType: given.isSigned ? "AWS_IAM" : "NONE",
    });
  } catch (error) {
    await call("DeleteIntegration", { apiId, integrationId });
    throw error;
  }
}

export async function updateRoute(
  { apiId, routeId, integrationId, authorizationType }: ChangeableRoute,
  given: GivenRoute,
): Promise<void> {
  const { requestParameters: parameters, ...integration } = integrationOf(given);
  await call("UpdateIntegration", {
    apiId,
    integrationId,
    ...integration,
    // *Documented*: an empty text removes a parameter.
    ...(parameters && { requestParameters: { Input: "", Name: "", ...parameters } }),
  });
  const isOurs = authorizationType === "NONE" || authorizationType === "AWS_IAM";
  await call("UpdateRoute", {
    apiId,
    routeId,
    routeKey: routeKey(given),
    ...(isOurs && { authorizationType: given.isSigned ? "AWS_IAM" : "NONE" }),
  });
}

/** The form of a route that is there. */
export async function readRoute(route: ChangeableRoute): Promise<GivenRoute> {
  const { apiId, integrationId, operation, authorizationType } = route;
  const stored = await call<StoredIntegration>("GetIntegration", { apiId, integrationId });
  const { routeKey: key } = await call<{ readonly routeKey: string }>("GetRoute", {
    apiId,
    routeId: route.routeId,
  });
  const { StateMachineArn, Input = "", Name = "" } = stored.requestParameters ?? {};
  const [method = "", path = ""] = key.split(" ");
  return {
    apiId,
    apiName: route.api,
    origins: "",
    method,
    path,
    does: routeActions.find((each) => each === operation) ?? "function",
    target: StateMachineArn ?? stored.integrationUri ?? "",
    roleArn: stored.credentialsArn ?? "",
    input: Input,
    executionName: Name,
    isSigned: authorizationType === "AWS_IAM",
  };
}

/** Deletes a route and its integration; with the last route of an API goes the API. */
export async function deleteRoute(
  { apiId, routeId, integrationId }: ChangeableRoute,
  isLast: boolean,
): Promise<void> {
  if (isLast) {
    await call("DeleteApi", { apiId });
    return;
  }
  await call("DeleteRoute", { apiId, routeId });
  try {
    await call("DeleteIntegration", { apiId, integrationId });
  } catch (error) {
    // Another route has it, too.
    if (!(error instanceof ServerError) || error.status !== 409) throw error;
  }
}

/** An integration as API Gateway has it, as far as a form knows it. */
interface StoredIntegration {
  readonly integrationType?: string;
  readonly integrationSubtype?: string;
  readonly integrationUri?: string;
  readonly payloadFormatVersion?: string;
  readonly credentialsArn?: string;
  readonly requestParameters?: { readonly [name: string]: string };
}

function integrationOf(given: GivenRoute): StoredIntegration {
  const { does, target, roleArn } = given;
  if (does === "function") {
    return {
      integrationType: "AWS_PROXY",
      integrationUri: target,
      payloadFormatVersion: "2.0",
      ...(roleArn !== "" && { credentialsArn: roleArn }),
    };
  }
  return {
    integrationType: "AWS_PROXY",
    integrationSubtype: `StepFunctions-${does}`,
    payloadFormatVersion: "1.0",
    credentialsArn: roleArn,
    requestParameters: requestParameters(given),
  };
}

/** What pages from elsewhere may do: everything that the API has. */
function corsOf(origins: string): object {
  return {
    allowOrigins: origins.split(/[\s,]+/).filter((origin) => origin !== ""),
    allowMethods: ["*"],
    allowHeaders: ["content-type"],
  };
}
