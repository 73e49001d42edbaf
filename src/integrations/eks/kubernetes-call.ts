import { integrationAction } from "../../asl/resources/optimized-integrations.ts";
import {
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
} from "../../expression/json.ts";
import type { Payload } from "../../expression/payload.ts";
import type { TaskHandler } from "../../ports/task-handler.ts";
import { parameterProblems } from "../described/parameter-problems.ts";
import { serviceResult } from "../http/service-result.ts";
import { textLists } from "../http/text-lists.ts";
import { invalidField, invalidParameters, parametersRefusal } from "../invalid-parameters.ts";
import type { Clusters } from "./clusters.ts";

/** *Documented*. */
const methods = ["GET", "POST", "PUT", "DELETE", "HEAD", "PATCH"];

/** `arn:aws:states:::eks:call`, also with `.waitForTaskToken`: one call of a cluster's Kubernetes API. */
export function kubernetesCall(clusters: Clusters): TaskHandler {
  return {
    handles: (resource) =>
      resource.kind === "service" &&
      resource.resourceType === "eks" &&
      resource.action === "call" &&
      (resource.pattern === "requestResponse" || resource.pattern === "waitForTaskToken"),
    refuseParameters: (_, parameters) => parametersRefusal(parameters, problemsOf(parameters)),
    async run(request, { signal }) {
      const { parameters } = request;
      const problems = problemsOf(parameters);
      if (problems.length > 0 || !isJsonObject(parameters.value)) {
        return invalidParameters(parameters, problems);
      }
      const { Method, Path, QueryParameters, RequestBody } = parameters.value;
      const api = await clusters.find(request, parameters.value);
      if ("type" in api) return api;
      const body = (RequestBody ?? null) === null ? undefined : textOf(RequestBody as JsonValue);
      const outcome = await api.send({
        method: Method as string,
        path: Path as string,
        query: textLists(QueryParameters) ?? [],
        body,
        signal,
        ...(Method === "PATCH" ? { contentType: patchType(RequestBody) } : {}),
      });
      return serviceResult(outcome, "EKS", request, api.mask);
    },
  };
}

/** *Documented*: JSON, or a string that is sent as it is. */
export function textOf(body: JsonValue): string {
  return typeof body === "string" ? body : JSON.stringify(body);
}

/** *Our choice*, as Kubernetes takes no patch that does not say of which kind it is: these two are for every resource. */
function patchType(body: JsonValue | undefined): string {
  const isList =
    isJsonArray(body) || (typeof body === "string" && body.trimStart().startsWith("["));
  return isList ? "application/json-patch+json" : "application/merge-patch+json";
}

function problemsOf({ value }: Payload): readonly string[] {
  const table = integrationAction("eks", "call")?.parameters ?? {};
  const problems = parameterProblems(table, value);
  if (problems.length > 0) return problems;
  return isJsonObject(value) ? callProblems(value) : ["The parameters must be an object"];
}

function callProblems({ Method, Path, QueryParameters }: JsonObject): readonly string[] {
  const problems: string[] = [];
  if (!methods.includes(Method as string)) problems.push(invalidField("Method"));
  if (!/^\/(?![/\\])/.test(Path as string)) problems.push(invalidField("Path"));
  if (textLists(QueryParameters) === undefined) problems.push(invalidField("QueryParameters"));
  return problems;
}
