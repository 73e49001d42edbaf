import {
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  setMember,
} from "../../expression/json.ts";
import { apiGatewayHeaders, forbiddenHeader, isForbidden, isHeader } from "../http/header-rules.ts";
import type { Header } from "../http/http-client.ts";
import { httpMethods } from "../http/http-parameters.ts";
import { withQuery } from "../http/query-parameters.ts";
import { textLists } from "../http/text-lists.ts";
import { invalidField } from "../invalid-parameters.ts";
import type { ApiGatewayConfiguration } from "./api-gateway-configuration.ts";

/** The parameters of `apigateway:invoke`, read. */
export interface ApiGatewayCall {
  readonly url: URL;
  /** The Region of the API's host; `undefined` for one that the configuration puts elsewhere. */
  readonly region: string | undefined;
  readonly method: string;
  readonly headers: readonly Header[];
  readonly body: string | undefined;
  readonly isSigned: boolean;
}

/** *Documented*. */
const authTypes = ["NO_AUTH", "IAM_ROLE", "RESOURCE_POLICY"];
/** *Documented*: only these have a body. */
const methodsWithBody = ["PATCH", "POST", "PUT"];
/** *Documented*: `<API ID>.execute-api.<region>.amazonaws.com`. */
const host = /^[0-9a-z]+\.execute-api\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?$/;

/** What is wrong with parameters whose names and kinds are right. *Observed* for headers that are no lists. */
export function apiGatewayProblems(parameters: JsonObject): readonly string[] {
  const problems: string[] = [];
  const { Method, Headers, QueryParameters, AuthType = "NO_AUTH", Path, Stage } = parameters;
  if (!httpMethods.includes(Method as string)) problems.push(invalidField("Method"));
  if (!authTypes.includes(AuthType as string)) problems.push(invalidField("AuthType"));
  const headers = textLists(Headers);
  for (const [name] of headers ?? []) {
    if (isForbidden(name, apiGatewayHeaders)) problems.push(forbiddenHeader(name));
  }
  if (headers === undefined || !headers.every(([name, value]) => isHeader(name, value))) {
    problems.push(invalidField("Headers"));
  }
  if (textLists(QueryParameters) === undefined) problems.push(invalidField("QueryParameters"));
  if (typeof Path === "string" && leavesItsPlace(Path)) problems.push(invalidField("Path"));
  if (typeof Stage === "string" && /[/\\?#%]/.test(Stage)) problems.push(invalidField("Stage"));
  return problems;
}

/** Parameters without {@link apiGatewayProblems} as a call; `undefined` if they name no API. */
export function apiGatewayCall(
  parameters: JsonObject,
  { endpoints = {} }: ApiGatewayConfiguration,
): ApiGatewayCall | undefined {
  const { ApiEndpoint, Method, Headers, QueryParameters, RequestBody, AllowNullValues } =
    parameters;
  const endpoint = ApiEndpoint as string;
  const [apiId = ""] = endpoint.split(".");
  const configured = Object.hasOwn(endpoints, apiId) ? endpoints[apiId] : undefined;
  const [, region] = host.exec(endpoint) ?? [];
  if (configured === undefined && region === undefined) return undefined;
  const base = (configured ?? `https://${endpoint}`).replace(/\/+$/, "");
  const { Stage, Path } = parameters;
  const path = [Stage, Path]
    .filter((part) => typeof part === "string" && part !== "")
    .map((part) => escaped((part as string).replace(/^\/+/, "")))
    .join("/");
  const keepsNulls = AllowNullValues === true || AllowNullValues === "true";
  const method = Method as string;
  const hasBody = methodsWithBody.includes(method) && (RequestBody ?? null) !== null;
  const body = hasBody
    ? JSON.stringify(keepsNulls ? RequestBody : withoutNulls(RequestBody))
    : undefined;
  return {
    url: withQuery(new URL(`${base}/${path}`), textLists(QueryParameters) ?? []),
    region: configured === undefined ? region : undefined,
    method,
    headers: withUsual(textLists(Headers) ?? [], body),
    body,
    isSigned: (parameters["AuthType"] ?? "NO_AUTH") !== "NO_AUTH",
  };
}

/** *Observed*: a body is sent as JSON, a text too, and comes back as it was. */
function withUsual(headers: readonly Header[], body: string | undefined): readonly Header[] {
  const has = (wanted: string): boolean => headers.some(([name]) => name.toLowerCase() === wanted);
  const added: Header[] = [];
  if (!has("accept")) added.push(["Accept", "application/json"]);
  if (body !== undefined && !has("content-type")) added.push(["Content-Type", "application/json"]);
  const kept = headers.filter(([name]) => name.toLowerCase() !== "content-length");
  return [...kept, ...added];
}

/** *Documented*: nulls are not sent, unless `AllowNullValues` says so. *Our choice*: at any depth, but not of lists. */
function withoutNulls(value: JsonValue | undefined): JsonValue | undefined {
  if (isJsonArray(value)) return value.map((item) => withoutNulls(item) as JsonValue);
  if (!isJsonObject(value)) return value;
  const kept: Record<string, JsonValue> = {};
  for (const [name, member] of Object.entries(value)) {
    if (member !== null) setMember(kept, name, withoutNulls(member) as JsonValue);
  }
  return kept;
}

/** Whether a part of the path is `.` or `..`, which would lead out of the stage. */
function leavesItsPlace(path: string): boolean {
  return path.split(/[/\\]/).some((part) => /^(?:\.|%2e){1,2}$/i.test(part));
}

/** What in a path is no part of it. */
function escaped(path: string): string {
  return path.replaceAll(/[?#\\]/g, encodeURIComponent);
}
