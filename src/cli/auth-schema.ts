import type { OpenIdSettings } from "../iam/people/openid-settings.ts";
import { isProviderUrl } from "../iam/people/provider-fetch.ts";
import type { RequestLimitSettings } from "../server/limits/request-limits.ts";
import { tlsVersions, type TlsFiles } from "../server/tls/tls-files.ts";
import { serviceModel } from "../service/model/service-model.ts";
import { awsLimits } from "../machine/limits.ts";
import {
  type Check,
  isNumber,
  isRecord,
  isString,
  isUrl,
  listOf,
  mapOf,
  objectOf,
  oneOf,
  wholeFrom,
  wrong,
} from "./config-checks.ts";

/** Whether callers must sign, and what they and workflows may do. */
export interface AuthConfiguration {
  /** `open` if absent: nobody is asked who he is. */
  readonly mode?: AuthMode;
  /** Whether tasks may do only what their workflow's role may; `enforce` in mode `required` if absent, else `ignore`. */
  readonly workflowRoles?: (typeof workflowRoleModes)[number];
  /** How far a caller's clock may be from the server's; 300 if absent. */
  readonly clockSkewSeconds?: number;
  /** The folder of users, roles and policies as files. */
  readonly folder?: string;
  /** The provider of OpenID Connect that people sign in to the console with. */
  readonly oidc?: OpenIdSettings;
  /** Whether whoever opens a link to a question has to be signed in; `open` if absent: the link is enough. */
  readonly links?: (typeof linkModes)[number];
}

export const authModes = ["open", "required"] as const;
export type AuthMode = (typeof authModes)[number];
const workflowRoleModes = ["enforce", "ignore"] as const;

const linkModes = ["open", "login"] as const;

/** *Documented*: no service of AWS takes more. */
const mostClockSkewSeconds = 900;

const oidcTable = {
  issuer: (value) =>
    isUrl(value) ??
    (isProviderUrl(String(value)) ? undefined : wrong("must be https: but on this machine")),
  clientId: isString,
  clientSecret: isString,
  label: isString,
  scopes: listOf(isString),
  rolesClaim: isString,
  nameClaim: isString,
  roles: mapOf(isString),
} satisfies { readonly [K in keyof Required<OpenIdSettings>]: Check };

const isOidc: Check = (value) =>
  isRecord(value) && !["issuer", "clientId", "roles"].every((name) => Object.hasOwn(value, name))
    ? wrong("must have issuer, clientId and roles")
    : objectOf(oidcTable)(value);

export const isAuth: Check = objectOf({
  mode: oneOf(authModes),
  workflowRoles: oneOf(workflowRoleModes),
  clockSkewSeconds: wholeFrom(1, mostClockSkewSeconds),
  folder: isString,
  oidc: isOidc,
  links: oneOf(linkModes),
} satisfies { readonly [K in keyof Required<AuthConfiguration>]: Check });

const tlsTable = {
  certFile: isString,
  keyFile: isString,
  minVersion: oneOf(tlsVersions),
} satisfies { readonly [K in keyof Required<TlsFiles>]: Check };

export const isTls: Check = (value) =>
  isRecord(value) && !(Object.hasOwn(value, "certFile") && Object.hasOwn(value, "keyFile"))
    ? wrong("must have certFile and keyFile")
    : objectOf(tlsTable)(value);

const isBucketSize: Check = (value) =>
  isRecord(value) && !(Object.hasOwn(value, "tokens") && Object.hasOwn(value, "refillPerSecond"))
    ? wrong("must have tokens and refillPerSecond")
    : objectOf({ tokens: isNumber, refillPerSecond: isNumber })(value);

const isOperations = objectOf(
  Object.fromEntries(Object.keys(serviceModel).map((operation) => [operation, isBucketSize])),
);

const isRequestLimits: Check = (value) => {
  if (value === "aws" || value === "off") return undefined;
  return isRecord(value)
    ? isOperations(value)
    : wrong('must be "aws", "off" or an object of operations');
};

/** How often callers may call, beside the limits of executions. */
export interface RequestLimitConfiguration {
  /** `aws` in mode `required` if absent, else `off`. */
  readonly requests?: RequestLimitSettings;
}

export const isLimits: Check = objectOf({
  ...Object.fromEntries(Object.keys(awsLimits).map((name) => [name, isNumber])),
  requests: isRequestLimits,
});
