import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { describeJsonError } from "../asl/diagnostics/json-error.ts";
import type { PipesConfiguration } from "../triggers/pipes/pipes-configuration.ts";
import type { RoutesConfiguration } from "../triggers/routes/routes-configuration.ts";
import type { ApiGatewayConfiguration } from "../integrations/apigateway/api-gateway-configuration.ts";
import type { AwsConfiguration } from "../integrations/aws/aws-configuration.ts";
import type { KubernetesConfiguration } from "../integrations/eks/kubernetes-configuration.ts";
import type { FunctionConfiguration } from "../integrations/functions/function-source.ts";
import type { ConnectionConfiguration } from "../integrations/http/connections/connection-configuration.ts";
import type { HttpConfiguration } from "../integrations/http/http-configuration.ts";
import type { MemoryConfiguration } from "../integrations/memory/memory-configuration.ts";
import type { MailConfiguration } from "../integrations/own/mail/mail-configuration.ts";
import type { CommandStandIn, StandIns } from "../integrations/stand-ins/stand-in.ts";
import type { Limits } from "../machine/limits.ts";
import type { TlsFiles } from "../server/tls/tls-files.ts";
import type { AuditConfiguration } from "./audit-schema.ts";
import type { AlertRule } from "../telemetry/alerts/alert-rule.ts";
import type { TelemetryConfiguration } from "./telemetry-schema.ts";
import type { AuthConfiguration, RequestLimitConfiguration } from "./auth-schema.ts";
import type { ClusterConfiguration } from "./cluster-schema.ts";
import type { EncryptionConfiguration } from "./encryption-schema.ts";
import { checkConfig } from "./config-schema.ts";
import { CommandFailure } from "./errors.ts";
import { jsonProblem } from "./json-problem.ts";
import { readProblem, textOf } from "./text-file.ts";
import type {
  EventsConfiguration,
  SchedulesConfiguration,
} from "../triggers/status-events/events-configuration.ts";

/** What a configuration file may say; every member may be absent. Paths are relative to the file. */
export interface Config {
  readonly host?: string;
  readonly port?: number;
  readonly dataDir?: string;
  /** The PostgreSQL database of a cluster, `postgres://…`, instead of the embedded store. */
  readonly store?: string;
  /** How this node is one of a cluster. */
  readonly cluster?: ClusterConfiguration;
  readonly region?: string;
  readonly accountId?: string;
  readonly functionsFolder?: string;
  readonly functions?: { readonly [name: string]: FunctionConfiguration };
  /** Whether code that comes by Lambda's API is taken and run; absent: it is. */
  readonly deployedFunctions?: boolean;
  /** Names, beside those of the loopback, that requests may have as their `Host`. */
  readonly allowedHosts?: readonly string[];
  /** Buckets for distributed Map that are folders: name → folder. */
  readonly buckets?: { readonly [name: string]: string };
  /** What is called instead of services: a resource's name or a pattern → a command, container, function, URL, folder or result. */
  readonly standIns?: StandIns;
  /** `memory`: SQS, SNS, EventBridge and DynamoDB are answered in this process. */
  readonly standInServices?: "memory";
  /** What is in memory from the start. */
  readonly memory?: MemoryConfiguration;
  /** Where calls of AWS's services go, and with which roles, if not as the AWS SDK finds it. */
  readonly aws?: AwsConfiguration;
  /** What HTTP tasks may call beside public addresses over HTTPS. */
  readonly http?: HttpConfiguration;
  /** The connections of HTTP tasks by their names, or the path of a file of them. */
  readonly connections?: string | { readonly [name: string]: ConnectionConfiguration };
  /** Where APIs of API Gateway are that are not at AWS. */
  readonly apigateway?: ApiGatewayConfiguration;
  readonly routes?: RoutesConfiguration;
  readonly pipes?: PipesConfiguration;
  /** Clusters of Kubernetes for `eks:call` and `eks:runJob`. */
  readonly kubernetes?: KubernetesConfiguration;
  /** What `arn:stepwell:states:::run` may run, by names. */
  readonly commands?: { readonly [name: string]: CommandStandIn };
  /** How `arn:stepwell:states:::mail` sends. */
  readonly mail?: MailConfiguration;
  /** What `arn:stepwell:states:::sql` may use, by names: `postgres://…` or `sqlite:FILE`. */
  readonly databases?: { readonly [name: string]: string };
  /** Where events go, and who is told of executions by them. */
  readonly events?: EventsConfiguration;
  /** What becomes of ticks that were missed. */
  readonly schedules?: SchedulesConfiguration;
  /** How others reach this server: what links in mails and the URLs of webhooks begin with. */
  readonly publicUrl?: string;
  /** The program that runs containers; podman or docker if absent. */
  readonly containerEngine?: string;
  /** How long closed executions are kept. */
  readonly retentionDays?: number;
  /** Where the records go that logging configurations ask for, beside CloudWatch Logs. */
  readonly logExecutions?: "file" | "stdout" | "off";
  /** A mock configuration, whose test cases executions can be started as. */
  readonly mockConfig?: string;
  /** What waits and retry delays are multiplied by. */
  readonly waitTimeScale?: number;
  /** Where the console is served; `/console`. */
  readonly consolePath?: string;
  /** Limits that are not AWS's. */
  readonly limits?: Partial<Limits> & RequestLimitConfiguration;
  /** Whether callers must sign. */
  readonly auth?: AuthConfiguration;
  /** Seals what is kept; absent: it is kept in clear. */
  readonly encryption?: EncryptionConfiguration;
  readonly audit?: AuditConfiguration;
  /** What is counted and watched. */
  readonly telemetry?: TelemetryConfiguration;
  /** What people are told of. */
  readonly alerts?: readonly AlertRule[];
  /** The certificate that the API and the console are served with over HTTPS. */
  readonly tls?: TlsFiles;
  /** Listens where other machines reach it although it lacks TLS, or does not ask who calls. */
  readonly insecureListen?: boolean;
}

export interface ConfigFile {
  readonly config: Config;
  /** What paths in it are relative to. */
  readonly folder: string;
  /** Absent where there is no file. */
  readonly path?: string;
}

const names = ["json", "yaml", "yml", "mjs"].map((extension) => `stepwell.config.${extension}`);

/** Reads the configuration file that `--config` names, or the one in the working directory, if there is one. */
export async function readConfigFile(named: string | undefined): Promise<ConfigFile> {
  const path =
    named === undefined ? names.map((name) => resolve(name)).find(existsSync) : resolve(named);
  if (path === undefined) return { config: {}, folder: process.cwd() };
  const config = checkConfig(await contentOf(path), path);
  return { config, folder: dirname(path), path };
}

async function contentOf(path: string): Promise<unknown> {
  let text: string;
  try {
    if (/[.][cm]?js$/.test(path)) {
      const module = (await import(pathToFileURL(path).href)) as { readonly default?: unknown };
      return module.default;
    }
    text = textOf(path);
    if (/[.]ya?ml$/.test(path)) return (await import("yaml")).parse(text) ?? {};
  } catch (error) {
    throw new CommandFailure(`The configuration ${path} cannot be read: ${readProblem(error)}`, {
      cause: error,
    });
  }
  try {
    // Its numbers are computed with: how they are written does not matter.
    return JSON.parse(text);
  } catch {
    const problem = jsonProblem(text, describeJsonError(text));
    throw new CommandFailure(`The configuration ${path} is not JSON: ${problem}`);
  }
}
