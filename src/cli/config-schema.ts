import type { FunctionConfiguration } from "../integrations/functions/function-source.ts";
import type { Config } from "./config-file.ts";
import { isAudit } from "./audit-schema.ts";
import { isAuth, isLimits, isTls } from "./auth-schema.ts";
import { isAws } from "./aws-schema.ts";
import { isCluster, isStoreUrl } from "./cluster-schema.ts";
import {
  type Check,
  either,
  isAccountId,
  isBoolean,
  isLogTarget,
  isNumber,
  isPath,
  isPort,
  isScale,
  isString,
  isUrl,
  listOf,
  mapOf,
  objectOf,
} from "./config-checks.ts";
import { isEncryption } from "./encryption-schema.ts";
import { isEvents, isSchedules } from "./events-schema.ts";
import { CommandFailure } from "./errors.ts";
import { isApiGateway, isConnectionsOrPath, isHttp, isKubernetes } from "./http-schema.ts";
import { isBaseUrl, isDatabase, isMail } from "./own-schema.ts";
import { isPipes } from "./pipes-schema.ts";
import { isRoutes } from "./routes-schema.ts";
import { isMemory, isStandInServices } from "./memory-schema.ts";
import { isCommand, isStandIns } from "./stand-in-schema.ts";
import { isAlerts, isTelemetry } from "./telemetry-schema.ts";

const functionTable = {
  path: isString,
  handler: isString,
  command: either(isString, listOf(isString), "must be a text or a list of texts"),
  url: isUrl,
  timeoutSeconds: isNumber,
  environment: mapOf(isString),
  maxConcurrency: isNumber,
} satisfies { readonly [K in keyof Required<FunctionConfiguration>]: Check };

const configTable = {
  host: isString,
  port: isPort,
  dataDir: isString,
  store: isStoreUrl,
  cluster: isCluster,
  region: isString,
  accountId: isAccountId,
  functionsFolder: isString,
  functions: mapOf(objectOf(functionTable)),
  deployedFunctions: isBoolean,
  allowedHosts: listOf(isString),
  buckets: mapOf(isString),
  aws: isAws,
  http: isHttp,
  connections: isConnectionsOrPath,
  apigateway: isApiGateway,
  routes: isRoutes,
  pipes: isPipes,
  kubernetes: isKubernetes,
  standIns: isStandIns,
  standInServices: isStandInServices,
  memory: isMemory,
  commands: mapOf(isCommand),
  mail: isMail,
  databases: mapOf(isDatabase),
  events: isEvents,
  schedules: isSchedules,
  publicUrl: isBaseUrl,
  containerEngine: isString,
  retentionDays: isNumber,
  logExecutions: isLogTarget,
  mockConfig: isString,
  waitTimeScale: isScale,
  consolePath: isPath,
  limits: isLimits,
  auth: isAuth,
  encryption: isEncryption,
  audit: isAudit,
  telemetry: isTelemetry,
  alerts: isAlerts,
  tls: isTls,
  insecureListen: isBoolean,
} satisfies { readonly [K in keyof Required<Config>]: Check };

/** The configuration that the value is; what is wrong with it is said with its key, and the keys that there are. */
export function checkConfig(value: unknown, path: string): Config {
  const problem = objectOf(configTable)(value);
  if (problem === undefined) return value as Config;
  const key = problem.path === "" ? "" : ` '${problem.path.slice(1)}'`;
  throw new CommandFailure(`The configuration ${path} is wrong:${key} ${problem.message}.`);
}
