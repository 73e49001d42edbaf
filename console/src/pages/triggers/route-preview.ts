import { InvalidMapping } from "../../../../src/eventing/request-mapping/mapped-value.ts";
import {
  parseRequestParameters,
  requestParametersOf,
  UnresolvedParameter,
} from "../../../../src/eventing/request-mapping/request-parameters.ts";
import { firstClassCall } from "../../../../src/triggers/routes/first-class-call.ts";
import { matchRoute, parseRouteKey } from "../../../../src/triggers/routes/route-key.ts";
import { type GivenRoute, requestParameters, routeKey } from "./route-calls.ts";

/** What a request to a route comes to. */
export type RoutePreview =
  /** The route is not for it; or a function is told all of it. */
  | { readonly type: "other" | "function" }
  /** The route is refused, or the request. */
  | { readonly type: "invalid" | "refused"; readonly problem: string }
  | { readonly type: "call"; readonly operation: string; readonly input: string };

/** Reads a route and a request as the server does. `path` is that of the request, below the API. */
export function previewRoute(
  given: GivenRoute,
  { path, body }: { readonly path: string; readonly body: string },
): RoutePreview {
  try {
    const key = parseRouteKey(routeKey(given));
    const mapped = parseRequestParameters(requestParameters(given));
    const method = key.method === "ANY" ? "POST" : key.method;
    const parts = path.replace(/^\//, "").split("/").map(decoded);
    const pathParameters = matchRoute(key, { method, path: path === "/" ? [] : parts });
    if (pathParameters === undefined) return { type: "other" };
    if (given.does === "function") return { type: "function" };
    const parameters = requestParametersOf(mapped, {
      headers: {},
      query: {},
      pathParameters,
      path,
      body: body === "" ? undefined : body,
      context: {},
      stageVariables: {},
    });
    const { operation, input } = firstClassCall(`StepFunctions-${given.does}`, parameters);
    return { type: "call", operation, input: JSON.stringify(input) };
  } catch (error) {
    if (error instanceof InvalidMapping) return { type: "invalid", problem: error.message };
    if (error instanceof UnresolvedParameter) return { type: "refused", problem: error.message };
    throw error;
  }
}

/** Whether the server would take the route's path and its mappings. */
export function routeProblem(given: GivenRoute): string | undefined {
  const preview = previewRoute(given, { path: "", body: "" });
  return preview.type === "invalid" ? preview.problem : undefined;
}

/** A path that a route is for. */
export function examplePath(path: string): string {
  return path.replaceAll(/\{[^{}+]+\}/g, "7").replaceAll(/\{[^{}]+\+\}/g, "7/8");
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
