import {
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  ownMember,
} from "../../../expression/json.ts";
import { parseJson } from "../../../expression/parse-json.ts";
import { optimizedStyle } from "../../aws/member-names.ts";
import type { Service, ServiceAnswer } from "../../described/service-call.ts";
import {
  basicAuthorization,
  connectionFailure,
  type ConnectionParameter,
  type FoundConnection,
  type TokenEndpoint,
} from "./connection.ts";
import type { SecretReader } from "../../references/secret-values.ts";

/**
 * A connection of EventBridge: described by its name, its parameters from the secret that EventBridge made for it.
 *
 * *Documented*: the secret has authorization and parameters. Its members are those that emulators make, after AWS's:
 * `api_key_name`, `username`, `client_id`, `invocation_http_parameters`.
 */
export async function eventBridgeConnection(
  name: string,
  region: string,
  { eventBridge, values }: { readonly eventBridge: Service; readonly values: SecretReader },
): Promise<FoundConnection | undefined> {
  const described = await eventBridge(region)({
    operation: "describeConnection",
    parameters: { Name: name },
    style: optimizedStyle([]),
    signal: new AbortController().signal,
  });
  if (described.type !== "answered") return refusal(name, described);
  const { ConnectionState: state, SecretArn: arn, AuthorizationType: type } = described.output;
  if (state !== "AUTHORIZED" || typeof arn !== "string") {
    return connectionFailure(
      "InvalidConnectionState",
      `The connection '${name}' is in the state ${state as string}, not AUTHORIZED.`,
    );
  }
  const found = await values.secret(arn);
  if ("problem" in found) {
    return connectionFailure(
      "AccessDenied",
      `The connection '${name}' cannot be used: ${found.problem}.`,
    );
  }
  return connectionOf(name, type as string, secretOf(found.value));
}

function refusal(
  name: string,
  answer: Exclude<ServiceAnswer, { type: "answered" }>,
): FoundConnection | undefined {
  switch (answer.type) {
    case "refused": {
      const { code } = answer.refusal;
      if (/ResourceNotFound/.test(code)) return undefined;
      const error = /AccessDenied/.test(code) ? "AccessDenied" : "InternalError";
      return connectionFailure(
        error,
        `EventBridge does not describe the connection '${name}': ${code}.`,
      );
    }
    // Nobody is configured who could know it.
    case "unconfigured":
      return undefined;
    case "notAssumed":
      return connectionFailure(
        "AccessDenied",
        `EventBridge was not asked for the connection '${name}': ${answer.cause}`,
      );
    default:
      return connectionFailure(
        "InternalError",
        `EventBridge could not be asked for the connection '${name}'.`,
      );
  }
}

function connectionOf(name: string, type: string, secret: JsonObject): FoundConnection {
  const added = memberOf(secret, "invocation_http_parameters");
  const headers = parametersOf(added, "header_parameters");
  const query = parametersOf(added, "query_string_parameters");
  const body = parametersOf(added, "body_parameters");
  const secrets = [...headers, ...query, ...body]
    .filter((one) => one.isSecret)
    .map(({ value }) => value);
  const connection = { name, headers: [...headers], query, body, secrets };
  const missing = connectionFailure(
    "InvalidConnectionState",
    `The secret of the connection '${name}' has not what ${type} needs.`,
  );
  switch (type) {
    case "API_KEY": {
      const [key, value] = [textOf(secret, "api_key_name"), textOf(secret, "api_key_value")];
      if (key === undefined || value === undefined) return missing;
      connection.headers.unshift({ name: key, value, isSecret: true });
      secrets.push(value);
      return { type: "found", connection };
    }
    case "BASIC": {
      const [user, password] = [textOf(secret, "username"), textOf(secret, "password")];
      if (user === undefined || password === undefined) return missing;
      const authorization = basicAuthorization(user, password);
      const { value } = authorization;
      connection.headers.unshift({ name: "Authorization", value, isSecret: true });
      secrets.push(...authorization.secrets);
      return { type: "found", connection };
    }
    case "OAUTH_CLIENT_CREDENTIALS": {
      const tokens = tokenEndpoint(secret);
      if (tokens === undefined) return missing;
      secrets.push(tokens.clientSecret);
      return { type: "found", connection: { ...connection, tokens } };
    }
    default:
      return missing;
  }
}

function tokenEndpoint(secret: JsonObject): TokenEndpoint | undefined {
  const client = memberOf(secret, "client_parameters") ?? secret;
  const url = textOf(secret, "authorization_endpoint");
  const clientId = textOf(client, "client_id");
  const clientSecret = textOf(client, "client_secret");
  if (url === undefined || clientId === undefined || clientSecret === undefined) return undefined;
  const method = textOf(secret, "http_method");
  const added =
    memberOf(secret, "oauth_http_parameters") ?? memberOf(secret, "o_auth_http_parameters");
  return {
    url,
    method: method === "GET" || method === "PUT" ? method : "POST",
    clientId,
    clientSecret,
    clientIn: "header",
    headers: parametersOf(added, "header_parameters"),
    query: parametersOf(added, "query_string_parameters"),
    body: parametersOf(added, "body_parameters"),
  };
}

function secretOf(text: string): JsonObject {
  try {
    const parsed = parseJson(text);
    return isJsonObject(parsed) ? parsed : {};
  } catch {
    return {};
  }
}

interface SecretParameter extends ConnectionParameter {
  readonly isSecret: boolean;
}

function parametersOf(holder: JsonObject | undefined, name: string): readonly SecretParameter[] {
  const list = holder === undefined ? undefined : ownMember(holder, name);
  if (!isJsonArray(list)) return [];
  return list.flatMap((item) => {
    const [key, value] = isJsonObject(item) ? [textOf(item, "key"), textOf(item, "value")] : [];
    if (key === undefined || value === undefined) return [];
    const marked = ownMember(item as JsonObject, "is_value_secret");
    return [{ name: key, value, isSecret: marked === true || marked === "true" }];
  });
}

function textOf(holder: JsonObject, name: string): string | undefined {
  const value: JsonValue | undefined = ownMember(holder, name);
  return typeof value === "string" ? value : undefined;
}

function memberOf(holder: JsonObject, name: string): JsonObject | undefined {
  const value = ownMember(holder, name);
  return isJsonObject(value) ? value : undefined;
}
