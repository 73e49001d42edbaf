import { scopeOf } from "../machine/arns.ts";
import { callOutcomes } from "../triggers/routes/api-record.ts";
import { type ConfiguredApi, configuredApi } from "../triggers/routes/routes-configuration.ts";
import {
  type Check,
  isBoolean,
  isPort,
  isRecord,
  isString,
  listOf,
  mapOf,
  objectOf,
  oneOf,
  wholeFrom,
  wrong,
} from "./config-checks.ts";

/** *Documented*: as long as a synchronous execution may take; as much as API Gateway takes. */
const longestSeconds = 300;
const mostBodyBytes = 10 * 1024 * 1024;
const longestCorsSeconds = 86_400;

const isAnswer = objectOf({
  status: wholeFrom(200, 599),
  headers: mapOf(isString),
  body: (value) => (typeof value === "string" ? undefined : wrong("must be a text")),
});

const isRoute = objectOf({
  stateMachine: isString,
  action: oneOf(["start", "startSync", "stop"]),
  input: isString,
  name: isString,
  parameters: mapOf(isString),
  roleArn: isString,
  apiKeyRequired: isBoolean,
  timeoutSeconds: wholeFrom(1, longestSeconds),
  maxBodyBytes: wholeFrom(0, mostBodyBytes),
  answers: objectOf(Object.fromEntries(callOutcomes.map((outcome) => [outcome, isAnswer]))),
});

const isApi = objectOf({
  cors: objectOf({
    allowOrigins: listOf(isString),
    allowMethods: listOf(isString),
    allowHeaders: listOf(isString),
    exposeHeaders: listOf(isString),
    allowCredentials: isBoolean,
    maxAge: wholeFrom(0, longestCorsSeconds),
  }),
  apiKeys: mapOf(isString),
  roleArn: isString,
  routes: mapOf(isRoute),
});

/** An API that has the right shape may still have keys and mappings that are none. */
const isServable: Check = (value) => {
  const problem = isApi(value);
  if (problem !== undefined) return problem;
  if (!isRecord(value) || !Object.hasOwn(value, "routes")) return wrong("must have the key routes");
  try {
    configuredApi("api", value as unknown as ConfiguredApi, scopeOf("us-east-1", "000000000000"));
    return undefined;
  } catch (error) {
    return wrong(`cannot be served: ${(error as Error).message}`);
  }
};

const isApis: Check = (value) => {
  const unfit = isRecord(value) && Object.keys(value).find((name) => !/^[\w-]+$/.test(name));
  if (typeof unfit === "string") {
    return wrong(`has the name ${unfit}: letters, digits, - and _ alone can be in a path`);
  }
  return mapOf(isServable)(value);
};

export const isRoutes: Check = (value) =>
  isRecord(value) && !Object.hasOwn(value, "apis")
    ? wrong("must have the key apis")
    : objectOf({ port: isPort, host: isString, apis: isApis })(value);
