import { allowedEntryProblem } from "../integrations/http/address-guard.ts";
import { connectionMembers } from "../integrations/http/connections/connection-configuration.ts";
import {
  type Check,
  isRecord,
  isString,
  isUrl,
  listOf,
  mapOf,
  objectOf,
  wrong,
} from "./config-checks.ts";

const isBoolean: Check = (value) =>
  typeof value === "boolean" ? undefined : wrong("must be true or false");

/** As most clients follow at most. */
const mostRedirects = 20;

const isRedirects: Check = (value) =>
  typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= mostRedirects
    ? undefined
    : wrong(`must be a whole number from 0 to ${mostRedirects}`);

const isAllowedEntry: Check = (value) => {
  const problem = typeof value === "string" ? allowedEntryProblem(value) : "must be a text";
  return problem === undefined ? undefined : wrong(problem);
};

export const isHttp: Check = objectOf({
  allowHttp: isBoolean,
  allowPrivateAddresses: (value) =>
    Array.isArray(value) ? listOf(isAllowedEntry)(value) : isBoolean(value),
  followRedirects: isRedirects,
});

export const isApiGateway: Check = objectOf({ endpoints: mapOf(isUrl) });

export const isKubernetes: Check = (value) => {
  if (!isRecord(value) || !Object.hasOwn(value, "kubeconfig")) {
    return wrong("must be an object with kubeconfig, the path of a file");
  }
  return objectOf({ kubeconfig: isString, contexts: mapOf(isString), context: isString })(value);
};

const isMethod: Check = (value) =>
  value === "GET" || value === "POST" || value === "PUT"
    ? undefined
    : wrong("must be GET, POST or PUT");

const isClientIn: Check = (value) =>
  value === "header" || value === "body" ? undefined : wrong('must be "header" or "body"');

/** A text that may be empty: a service may want a user and no password. */
const isText: Check = (value) =>
  typeof value === "string"
    ? undefined
    : wrong("must be a text (in quotes, if it looks like a number)");

const isTexts = mapOf(isText);

const members: { readonly [name: string]: Check } = {
  username: isText,
  password: isText,
  name: isString,
  value: isText,
  // It may be a variable's.
  tokenUrl: isString,
  method: isMethod,
  clientId: isText,
  clientSecret: isText,
  clientIn: isClientIn,
  scope: isText,
  tokenHeaders: isTexts,
  tokenQuery: isTexts,
  tokenBody: isTexts,
};

const isAnything: Check = () => undefined;

/** No message of these has a value in it: it may be a secret. */
const isConnection: Check = (value) => {
  const kinds = Object.keys(connectionMembers);
  const kind = isRecord(value) ? value["authorization"] : undefined;
  if (!isRecord(value) || typeof kind !== "string" || !kinds.includes(kind)) {
    return wrong(`must be an object whose authorization is one of: ${kinds.join(", ")}`);
  }
  const wanted: { readonly [name: string]: boolean } =
    connectionMembers[kind as keyof typeof connectionMembers];
  const missing = Object.keys(wanted).find((name) => wanted[name] && !Object.hasOwn(value, name));
  if (missing !== undefined) return wrong(`must have the key ${missing}`);
  return objectOf({
    authorization: isAnything,
    ...Object.fromEntries(Object.keys(wanted).map((name) => [name, members[name] ?? isAnything])),
    headers: isTexts,
    query: isTexts,
    body: isTexts,
  })(value);
};

export const isConnections: Check = mapOf(isConnection);

/** The connections themselves, or the path of a file of them. */
export const isConnectionsOrPath: Check = (value) =>
  typeof value === "string" ? isString(value) : isConnections(value);
