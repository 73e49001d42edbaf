import { ServiceError } from "../../../ports/service-api.ts";
import type { RouteAnswer } from "../route-exchange.ts";
import { matchRoute } from "../route-key.ts";
import { stagedPath } from "../staged-request.ts";
import { compileRestApi } from "./compiled-rest-api.ts";
import { noSuch } from "./no-such.ts";
import type { RestApiRecord } from "./rest-records.ts";
import type { MethodRequest } from "./rest-request.ts";
import { answeredOrFailed, performedMethod, type RestParts } from "./serve-rest-api.ts";

/** What a method is tried with. */
export interface MethodTrial {
  readonly resourceId: string;
  readonly httpMethod: string;
  readonly pathWithQueryString: string;
  readonly headers: { readonly [name: string]: readonly string[] };
  readonly body: string;
  readonly stageVariables: { readonly [name: string]: string };
  readonly requestId: string;
  readonly signal: AbortSignal;
}

/** *Observed*: the stage and the address of requests that only try a method. */
const trialStage = "test-invoke-stage";
const trialAddress = "test-invoke-source-ip";

/** A method of the API as it is now, performed without its authorizer, its key and its limits. *Documented*: TestInvokeMethod. */
export async function testedMethod(
  parts: RestParts,
  record: RestApiRecord,
  { resourceId, httpMethod, pathWithQueryString, ...trial }: MethodTrial,
): Promise<RouteAnswer> {
  const api = compileRestApi(record.definition);
  const resource = api.resources.find(({ id }) => id === resourceId) ?? noSuch("Resource");
  const method =
    resource.methods.get(httpMethod) ?? resource.methods.get("ANY") ?? noSuch("Method");
  const [path = "", query = ""] = pathWithQueryString.split("?", 2);
  const asked = path === "" ? resource.path : path;
  const { rest } =
    stagedPath(`${record.id}/${asked.replace(/^\//, "")}`) ?? invalidPath(pathWithQueryString);
  const at = parts.backEnds.clock.now();
  const request: MethodRequest = {
    head: {
      method: httpMethod === "ANY" ? "GET" : httpMethod,
      path: "",
      query: new URLSearchParams(query),
      headers: trial.headers,
      sourceIp: trialAddress,
      isSecure: true,
      requestId: trial.requestId,
      signal: trial.signal,
    },
    record,
    stageName: trialStage,
    stage: { deploymentId: "", createdAt: at, updatedAt: at, variables: trial.stageVariables },
    api,
    path: rest,
    receivedAt: at,
    scope: parts.scope,
    resource,
    method,
    pathParameters: matchRoute(resource.key, { method: httpMethod, path: rest }) ?? {},
  };
  return answeredOrFailed(parts, request, () =>
    performedMethod(parts, request, Buffer.from(trial.body), {}),
  );
}

function invalidPath(path: string): never {
  throw new ServiceError(
    "BadRequestException",
    `Invalid path specified: ${path} has an escape that there is not`,
  );
}
