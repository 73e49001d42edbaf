import { isReference } from "../integrations/references/filled-text.ts";
import { isSecretArn } from "../integrations/references/secret-values.ts";
import { type Check, isRecord, isString, isUrl, objectOf, wrong } from "./config-checks.ts";

// No message of these has a value in it: it may be a secret.

export const isMail: Check = (value) => {
  if (!isRecord(value) || !Object.hasOwn(value, "smtp")) {
    return wrong("must be an object with smtp, such as smtps://user:password@host:465");
  }
  return objectOf({ smtp: isSmtp, from: isString })(value);
};

const isSmtp: Check = (value) =>
  typeof value === "string" &&
  (/^smtps?:\/\/./i.test(value) || isReference(value) || isSecretArn(value))
    ? undefined
    : wrong("must be a URL that begins with smtp:// or smtps://");

export const isDatabase: Check = (value) =>
  typeof value === "string" &&
  (/^(?:postgres(?:ql)?:\/\/.|sqlite:.)/i.test(value) || isReference(value) || isSecretArn(value))
    ? undefined
    : wrong("must be postgres://user:password@host/database or sqlite:FILE");

/** Paths are put behind it. */
export const isBaseUrl: Check = (value) => {
  const problem = isUrl(value);
  if (problem !== undefined) return problem;
  const { search, hash, username } = new URL(value as string);
  return search === "" && hash === "" && username === ""
    ? undefined
    : wrong("must be a URL without a user, a query and a fragment");
};
