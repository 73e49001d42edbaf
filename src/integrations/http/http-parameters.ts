import { isJsonObject, type JsonObject, type JsonValue, ownMember } from "../../expression/json.ts";
import { invalidField, missingField, unsupportedField } from "../invalid-parameters.ts";
import type { ArrayFormat } from "./form-encoding.ts";
import { forbiddenHeader, headersOf, httpTaskHeaders, isForbidden } from "./header-rules.ts";
import type { Header } from "./http-client.ts";
import type { HttpConfiguration } from "./http-configuration.ts";
import { queryOf, type QueryParameter } from "./query-parameters.ts";

/** The parameters of an HTTP task, read. */
export interface HttpTaskCall {
  readonly url: URL;
  readonly method: string;
  readonly connectionArn: string;
  readonly headers: readonly Header[];
  readonly query: readonly QueryParameter[];
  /** Absent: there is none. */
  readonly body: JsonValue | undefined;
  readonly isForm: boolean;
  readonly arrayFormat: ArrayFormat;
}

/** *Documented*. */
export const httpMethods: readonly string[] = [
  "GET",
  "POST",
  "PUT",
  "DELETE",
  "PATCH",
  "OPTIONS",
  "HEAD",
];

const arrayFormats: readonly string[] = ["INDICES", "REPEAT", "COMMAS", "BRACKETS"];

/**
 * What is wrong with parameters wherever they are sent. Their names and kinds are checked before.
 *
 * *Documented*: one of `Authentication` and `InvocationConfig` has the connection, and a header that must not be set fails the
 * execution. *Our choice*: so do values of no meaning; a URL is looked at when it is called.
 */
export function httpTaskProblems(parameters: JsonObject): readonly string[] {
  const problems: string[] = [];
  const { Method, Headers, QueryParameters } = parameters;
  if (!isOneOf(httpMethods, Method)) problems.push(invalidField("Method"));
  const holders = ["InvocationConfig", "Authentication"].filter((name) =>
    Object.hasOwn(parameters, name),
  );
  if (holders.length === 0) problems.push(missingField("InvocationConfig"));
  for (const name of holders) {
    const arn = memberOf(parameters[name], "ConnectionArn");
    if (arn === undefined) problems.push(missingField("ConnectionArn"));
    else if (typeof arn !== "string") problems.push(invalidField("ConnectionArn"));
  }
  for (const name of isJsonObject(Headers) ? Object.keys(Headers) : []) {
    if (isForbidden(name, httpTaskHeaders)) problems.push(forbiddenHeader(name));
  }
  if (headersOf(Headers) === undefined) problems.push(invalidField("Headers"));
  if (queryOf(QueryParameters) === undefined) problems.push(invalidField("QueryParameters"));
  problems.push(...transformProblems(parameters["Transform"]));
  return problems;
}

function transformProblems(transform: JsonValue | undefined): readonly string[] {
  if (!isJsonObject(transform)) return [];
  const problems: string[] = [];
  for (const name of Object.keys(transform)) {
    const isKnown = name === "RequestBodyEncoding" || name === "RequestEncodingOptions";
    if (!isKnown) problems.push(unsupportedField(name));
  }
  const encoding = ownMember(transform, "RequestBodyEncoding") ?? "NONE";
  if (!isOneOf(["NONE", "URL_ENCODED"], encoding))
    problems.push(invalidField("RequestBodyEncoding"));
  const format = memberOf(transform["RequestEncodingOptions"], "ArrayFormat") ?? "INDICES";
  if (!isOneOf(arrayFormats, format)) problems.push(invalidField("ArrayFormat"));
  return problems;
}

/** Parameters without {@link httpTaskProblems} as a call, or why there can be none. */
export function httpTaskCall(
  parameters: JsonObject,
  { allowHttp = false }: HttpConfiguration,
): HttpTaskCall | { readonly problem: string } {
  const { ApiEndpoint, Method, Headers, QueryParameters, RequestBody, Transform } = parameters;
  const url = typeof ApiEndpoint === "string" ? endpointOf(ApiEndpoint) : undefined;
  if (url === undefined) return { problem: invalidField("ApiEndpoint") };
  if (url.protocol === "http:" && !allowHttp) {
    return {
      problem: `${invalidField("ApiEndpoint")}: it has to begin with https://, unless the configuration of Stepwell says http.allowHttp: true`,
    };
  }
  const format = memberOf(memberOf(Transform, "RequestEncodingOptions"), "ArrayFormat");
  return {
    url,
    method: Method as string,
    connectionArn: connectionArnOf(parameters) as string,
    headers: headersOf(Headers) ?? [],
    query: queryOf(QueryParameters) ?? [],
    body: RequestBody ?? undefined,
    isForm: memberOf(Transform, "RequestBodyEncoding") === "URL_ENCODED",
    arrayFormat: (format ?? "INDICES") as ArrayFormat,
  };
}

/** The connection that the parameters name; `undefined`: none, as far as they are known. */
export function connectionArnOf(parameters: JsonValue): string | undefined {
  return ["InvocationConfig", "Authentication"]
    .map((name) => memberOf(memberOf(parameters, name), "ConnectionArn"))
    .find((found) => typeof found === "string");
}

/** *Our choice*: a URL with a user and a password is refused; they would stand in every history. */
export function endpointOf(text: string): URL | undefined {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return undefined;
  const url = new URL(text);
  if (url.username !== "" || url.password !== "") return undefined;
  url.hash = "";
  return url;
}

function memberOf(value: JsonValue | undefined, name: string): JsonValue | undefined {
  return isJsonObject(value) ? (ownMember(value, name) ?? undefined) : undefined;
}

function isOneOf(values: readonly string[], value: JsonValue | undefined): boolean {
  return typeof value === "string" && values.includes(value);
}
