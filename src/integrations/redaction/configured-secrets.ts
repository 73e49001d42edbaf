import { isSecretHeader } from "../../asl/secrets/secret-header.ts";
import type {
  ConnectionConfiguration,
  Texts,
} from "../http/connections/connection-configuration.ts";
import type { IntegrationSettings } from "../integration-options.ts";
import { filledText, filledUrl, type References } from "../references/filled-text.ts";
import { isSecretArn } from "../references/secret-values.ts";
import { lastingSecretsOf } from "../references/url-secrets.ts";
import { isSecretVariable } from "./secret-variable.ts";

export interface SecretSettings extends Pick<
  IntegrationSettings,
  "connections" | "mail" | "databases" | "standIns" | "commands" | "functions"
> {
  /** The URL of the store's database. */
  readonly store?: string | undefined;
}

/**
 * What a server knows as secrets by its configuration and environment before anything runs. This is the list:
 *
 * - of connections: passwords, keys and clients' secrets, and whatever else of them is a reference;
 * - passwords in the URLs of mail, databases and the store;
 * - variables of this process, functions, commands and stand-ins whose names say so, and headers of stand-ins.
 *
 * What is read while it runs is learned then: secrets of Secrets Manager, tokens of OAuth, of kubeconfigs and of assumed roles, and
 * the owner's key. Task tokens are none of these: the API shows them where AWS's does, and whoever reads a history may see them.
 * Access keys of users are kept sealed, and shown in one answer.
 */
export function configuredSecrets(
  settings: SecretSettings,
  references: References,
): readonly string[] {
  const { connections = {}, mail, databases = {}, store } = settings;
  const urls = [mail?.smtp, ...Object.values(databases), store].filter((url) => url !== undefined);
  const found = [
    ...Object.values(connections).flatMap((connection) => ofConnection(connection, references)),
    ...urls.flatMap((url) => ofUrl(url, references)),
    ...runPrograms(settings).flatMap(({ environment = {} }) => ofVariables(environment)),
    ...standInHeaders(settings),
    ...ofVariables(references.environment),
  ];
  return [...new Set(found)];
}

/** What is read from a secret's ARN is learned with the first call. */
function ofConnection(
  connection: ConnectionConfiguration,
  references: References,
): readonly string[] {
  const { headers, query, body } = connection;
  return [
    ...ownSecrets(connection).flatMap((text) => {
      if (isSecretArn(text)) return [];
      const filled = filledText(text, references);
      return "problem" in filled ? [] : [filled.text];
    }),
    ...[headers, query, body].flatMap((texts) => ofReferences(texts, references)),
  ];
}

/** Those that are secrets even if they stand in the configuration. */
export function ownSecrets(connection: ConnectionConfiguration): readonly string[] {
  switch (connection.authorization) {
    case "none":
      return [];
    case "basic":
      return [connection.password];
    case "apiKey":
      return [connection.value];
    case "oauthClientCredentials":
      return [connection.clientSecret];
  }
}

function ofReferences(texts: Texts = {}, references: References): readonly string[] {
  return Object.values(texts).flatMap((text) => {
    const filled = filledText(text, references);
    return "problem" in filled ? [] : filled.values;
  });
}

function ofUrl(url: string, references: References): readonly string[] {
  const filled = filledUrl(url, references);
  return "problem" in filled ? [] : lastingSecretsOf(filled.text);
}

function runPrograms({
  functions = {},
  commands = {},
  standIns = {},
}: SecretSettings): readonly { readonly environment?: Texts }[] {
  const programs = Object.values(standIns).filter((one) => "command" in one || "container" in one);
  return [...Object.values(functions), ...Object.values(commands), ...programs];
}

function ofVariables(environment: References["environment"]): readonly string[] {
  return Object.entries(environment).flatMap(([name, value]) =>
    value !== undefined && isSecretVariable(name) ? [value] : [],
  );
}

function standInHeaders({ standIns = {} }: SecretSettings): readonly string[] {
  return Object.values(standIns).flatMap((one) =>
    "http" in one
      ? Object.entries(one.headers ?? {}).flatMap(([name, value]) =>
          isSecretHeader(name) ? [value] : [],
        )
      : [],
  );
}
