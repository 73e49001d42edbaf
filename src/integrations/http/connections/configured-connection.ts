import {
  basicAuthorization,
  connectionFailure,
  type ConnectionParameter,
  type FoundConnection,
  type TokenEndpoint,
} from "./connection.ts";
import type {
  ConnectionConfiguration,
  OAuthConfiguration,
  Texts,
} from "./connection-configuration.ts";
import type { SecretReader } from "../../references/secret-values.ts";

/** A connection of the configuration with all that its texts stand for. */
export async function configuredConnection(
  name: string,
  configuration: ConnectionConfiguration,
  values: Pick<SecretReader, "of">,
): Promise<FoundConnection> {
  const reading = createReading(values);
  const headers = await reading.all(configuration.headers);
  const query = await reading.all(configuration.query);
  const body = await reading.all(configuration.body);
  let tokens: TokenEndpoint | undefined;
  switch (configuration.authorization) {
    case "none":
      break;
    case "basic": {
      const user = await reading.text(configuration.username);
      const password = await reading.secret(configuration.password);
      const { value, secrets } = basicAuthorization(user, password);
      reading.secrets.push(...secrets);
      headers.unshift({ name: "Authorization", value });
      break;
    }
    case "apiKey": {
      const value = await reading.secret(configuration.value);
      headers.unshift({ name: await reading.text(configuration.name), value });
      break;
    }
    case "oauthClientCredentials":
      tokens = await tokenEndpoint(configuration, reading);
      break;
  }
  if (reading.problems.length > 0) {
    return connectionFailure(
      "InvalidConnectionState",
      `The connection '${name}' cannot be used: ${reading.problems.join("; ")}.`,
    );
  }
  const { secrets } = reading;
  const connection = { name, headers, query, body, secrets };
  return {
    type: "found",
    connection: tokens === undefined ? connection : { ...connection, tokens },
  };
}

async function tokenEndpoint(
  { method = "POST", clientIn = "header", ...oauth }: OAuthConfiguration,
  reading: Reading,
): Promise<TokenEndpoint> {
  const scope = oauth.scope === undefined ? [] : [{ name: "scope", value: oauth.scope }];
  return {
    url: await reading.text(oauth.tokenUrl),
    method,
    clientIn,
    clientId: await reading.text(oauth.clientId),
    clientSecret: await reading.secret(oauth.clientSecret),
    headers: await reading.all(oauth.tokenHeaders),
    query: await reading.all(oauth.tokenQuery),
    body: [...scope, ...(await reading.all(oauth.tokenBody))],
  };
}

/** What reading a configuration has come to. */
interface Reading {
  readonly secrets: string[];
  readonly problems: string[];
  text(text: string): Promise<string>;
  /** A text that is a secret even if it stands in the configuration. */
  secret(text: string): Promise<string>;
  all(texts: Texts | undefined): Promise<ConnectionParameter[]>;
}

function createReading(values: Pick<SecretReader, "of">): Reading {
  const reading: Reading = {
    secrets: [],
    problems: [],
    async text(text) {
      const found = await values.of(text);
      if ("problem" in found) {
        reading.problems.push(found.problem);
        return "";
      }
      if (found.isSecret) reading.secrets.push(found.value);
      return found.value;
    },
    async secret(text) {
      const value = await reading.text(text);
      reading.secrets.push(value);
      return value;
    },
    async all(texts = {}) {
      const parameters: ConnectionParameter[] = [];
      for (const [name, text] of Object.entries(texts)) {
        parameters.push({ name, value: await reading.text(text) });
      }
      return parameters;
    },
  };
  return reading;
}
