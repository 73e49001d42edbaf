import { existsSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { PipesConfiguration } from "../triggers/pipes/pipes-configuration.ts";
import type { RoutesConfiguration } from "../triggers/routes/routes-configuration.ts";
import type { ApiGatewayConfiguration } from "../integrations/apigateway/api-gateway-configuration.ts";
import type { AwsConfiguration } from "../integrations/aws/aws-configuration.ts";
import type { KubernetesConfiguration } from "../integrations/eks/kubernetes-configuration.ts";
import type { FunctionConfiguration } from "../integrations/functions/function-source.ts";
import type { HttpConfiguration } from "../integrations/http/http-configuration.ts";
import type { MemoryConfiguration } from "../integrations/memory/memory-configuration.ts";
import type { MailConfiguration } from "../integrations/own/mail/mail-configuration.ts";
import { filledText } from "../integrations/references/filled-text.ts";
import type { CommandStandIn, StandIns } from "../integrations/stand-ins/stand-in.ts";
import { awsLimits, type Limits } from "../machine/limits.ts";
import { usualRetentionDays } from "../runtime/retention.ts";
import type { OpenIdSettings } from "../iam/people/openid-settings.ts";
import { readConfigFile } from "./config-file.ts";
import { type Connections, readConnections } from "./connections-file.ts";
import type { RequestLimitSettings } from "../server/limits/request-limits.ts";
import type { TlsFiles } from "../server/tls/tls-files.ts";
import type { AuditSettings } from "../iam/audit/audit-trail.ts";
import { auditOf } from "./audit-schema.ts";
import { type AuthConfiguration, type AuthMode, authModes } from "./auth-schema.ts";
import type { ClusterConfiguration } from "./cluster-schema.ts";
import { isPostgresUrl } from "./cluster-schema.ts";
import { type EncryptionConfiguration, encryptionSettings } from "./encryption-schema.ts";
import { isPortNumber, isTimeScale } from "./config-checks.ts";
import { UsageError } from "./errors.ts";
import { type SecretFile, secretFiles } from "./secret-files.ts";
import { telemetryOf } from "./telemetry-schema.ts";
import type { TelemetrySettings } from "../telemetry/telemetry.ts";
import { isStandInServicesName } from "./memory-schema.ts";
import type {
  EventsConfiguration,
  SchedulesConfiguration,
} from "../triggers/status-events/events-configuration.ts";

/** How to run: from the command line, else the configuration file, else the environment, else what is usual. */
export interface Settings {
  readonly host: string;
  readonly port: number;
  /** The folder of the embedded store, and of files beside a store that is elsewhere. */
  readonly dataDir: string;
  /** The database of a cluster; `undefined`: the embedded store in `dataDir`. */
  readonly store: string | undefined;
  readonly cluster: ClusterConfiguration;
  readonly region: string;
  readonly accountId: string;
  readonly functionsFolder: string | undefined;
  readonly functions: { readonly [name: string]: FunctionConfiguration };
  /** Whether code that comes by Lambda's API is taken and run. */
  readonly takesFunctionCode: boolean;
  /** What paths in `functions` are relative to. */
  readonly configurationFolder: string;
  readonly allowedHosts: readonly string[];
  readonly buckets: { readonly [name: string]: string };
  readonly aws: AwsConfiguration | undefined;
  /** Where `stepwell add` installs clients of the AWS SDK. */
  readonly clientsFolder: string;
  readonly http: HttpConfiguration;
  readonly connections: Connections;
  /** Files that should be nobody else's. */
  readonly secretFiles: readonly SecretFile[];
  readonly apigateway: ApiGatewayConfiguration;
  readonly routes: RoutesConfiguration | undefined;
  readonly pipes: PipesConfiguration | undefined;
  readonly kubernetes: KubernetesConfiguration | undefined;
  readonly standIns: StandIns;
  readonly standInServices: "memory" | undefined;
  readonly memory: MemoryConfiguration | undefined;
  readonly commands: { readonly [name: string]: CommandStandIn };
  readonly mail: MailConfiguration | undefined;
  readonly databases: { readonly [name: string]: string };
  readonly events: EventsConfiguration;
  readonly schedules: SchedulesConfiguration;
  /** How others reach this server, without a slash at the end. */
  readonly publicUrl: string | undefined;
  readonly containerEngine: string | undefined;
  readonly retentionDays: number;
  readonly logExecutions: "file" | "stdout" | "off";
  /** The file of the mock configuration; `undefined` if there is none. */
  readonly mockConfig: string | undefined;
  readonly waitTimeScale: number;
  readonly consolePath: string;
  readonly limits: Limits;
  readonly requestLimits: RequestLimitSettings;
  readonly auth: AuthSettings;
  /** `undefined`: what is kept is in clear. */
  readonly encryption: EncryptionConfiguration | undefined;
  /** `off`: only what people decide is written down. */
  readonly audit: AuditSettings | "off";
  readonly telemetry: TelemetrySettings;
  /** `undefined`: HTTP. */
  readonly tls: TlsFiles | undefined;
  readonly insecureListen: boolean;
}

export type AuthSettings = Required<Omit<AuthConfiguration, "folder" | "oidc">> & {
  readonly folder: string | undefined;
  readonly oidc: AuthConfiguration["oidc"] | undefined;
};

/** The options of the command line that settings come from. */
export interface SettingFlags {
  readonly config?: string | undefined;
  readonly host?: string | undefined;
  readonly port?: string | undefined;
  readonly "data-dir"?: string | undefined;
  readonly store?: string | undefined;
  readonly "cluster-host"?: string | undefined;
  readonly "cluster-port"?: string | undefined;
  readonly functions?: string | undefined;
  readonly "mock-config"?: string | undefined;
  readonly "wait-time-scale"?: string | undefined;
  readonly "stand-ins"?: string | undefined;
  readonly region?: string | undefined;
  readonly account?: string | undefined;
  readonly auth?: string | undefined;
  readonly "tls-cert"?: string | undefined;
  readonly "tls-key"?: string | undefined;
  readonly "insecure-listen"?: boolean | undefined;
}

/** Where the store is if nobody says. */
export const usualDataDir = ".stepwell";

/** Our choices. The port is the one that AWS's own Step Functions Local had. */
const defaults = {
  host: "127.0.0.1",
  port: 8083,
  dataDir: usualDataDir,
  region: "us-east-1",
  accountId: "000000000000",
} as const;

/**
 * Puts the settings together. The functions folder, where none is named, is the first `functions` folder that there
 * is beside one of `besides` or in the working directory.
 */
export async function readSettings(
  flags: SettingFlags,
  besides: readonly string[] = [],
): Promise<Settings> {
  const file = await readConfigFile(flags.config);
  const { config, folder } = file;
  const inConfigFolder = (path: string | undefined): string | undefined =>
    path === undefined ? undefined : resolve(folder, path);
  const { requests, ...limits } = config.limits ?? {};
  const auth = authOf(flags.auth, config.auth, inConfigFolder(config.auth?.folder), folder);
  const connectionsFile =
    typeof config.connections === "string" ? resolve(folder, config.connections) : undefined;
  const connections =
    typeof config.connections === "object"
      ? config.connections
      : connectionsFile === undefined
        ? {}
        : await readConnections(connectionsFile);
  const dataDir = resolve(flags["data-dir"] ?? inConfigFolder(config.dataDir) ?? defaults.dataDir);
  return {
    host: flags.host ?? config.host ?? defaults.host,
    port: flags.port === undefined ? (config.port ?? defaults.port) : portOf(flags.port),
    dataDir,
    store: storeOf(flags.store ?? config.store ?? (process.env["STEPWELL_STORE"] || undefined)),
    cluster: {
      ...config.cluster,
      ...(flags["cluster-host"] !== undefined && { host: flags["cluster-host"] }),
      ...(flags["cluster-port"] !== undefined && {
        port: portOf(flags["cluster-port"], "--cluster-port"),
      }),
    },
    region:
      flags.region ??
      config.region ??
      (process.env["AWS_REGION"] || process.env["AWS_DEFAULT_REGION"] || defaults.region),
    accountId: accountOf(flags.account) ?? config.accountId ?? defaults.accountId,
    functionsFolder: functionsFolder(
      flags.functions,
      inConfigFolder(config.functionsFolder),
      besides,
    ),
    functions: config.functions ?? {},
    takesFunctionCode: config.deployedFunctions ?? true,
    configurationFolder: folder,
    allowedHosts: config.allowedHosts ?? [],
    buckets: Object.fromEntries(
      Object.entries(config.buckets ?? {}).map(([name, path]) => [name, resolve(folder, path)]),
    ),
    aws: config.aws,
    clientsFolder: join(dataDir, "clients"),
    http: config.http ?? {},
    connections,
    secretFiles: secretFiles(file, connectionsFile, connections),
    apigateway: config.apigateway ?? {},
    routes: config.routes,
    pipes: config.pipes,
    kubernetes: config.kubernetes && {
      ...config.kubernetes,
      kubeconfig: resolve(folder, config.kubernetes.kubeconfig),
    },
    standIns: config.standIns ?? {},
    standInServices: standInServicesOf(flags["stand-ins"]) ?? config.standInServices,
    memory: config.memory,
    commands: config.commands ?? {},
    mail: config.mail,
    databases: config.databases ?? {},
    events: config.events ?? {},
    schedules: config.schedules ?? {},
    publicUrl: config.publicUrl?.replace(/\/+$/, ""),
    containerEngine: config.containerEngine,
    retentionDays: config.retentionDays ?? usualRetentionDays,
    logExecutions: config.logExecutions ?? "file",
    mockConfig: mockConfigOf(flags["mock-config"], inConfigFolder(config.mockConfig)),
    consolePath: config.consolePath ?? "/console",
    waitTimeScale: waitTimeScaleOf(flags["wait-time-scale"], config.waitTimeScale),
    limits: { ...awsLimits, ...limits },
    requestLimits: requests ?? (auth.mode === "required" ? "aws" : "off"),
    auth,
    encryption: encryptionSettings(config.encryption, folder),
    audit: auditOf(config.audit, auth.mode),
    telemetry: telemetryOf(config.telemetry, config.alerts ?? [], folder),
    tls: tlsOf(flags, config.tls, folder),
    insecureListen: flags["insecure-listen"] ?? config.insecureListen ?? false,
  };
}

/** *Our choices*: who asks for signatures wants roles to count, too; on a laptop they are made up. */
function authOf(
  flag: string | undefined,
  config: AuthConfiguration = {},
  folder: string | undefined,
  configurationFolder: string,
): AuthSettings {
  const mode = flag === undefined ? (config.mode ?? "open") : authModeOf(flag);
  return {
    mode,
    workflowRoles: config.workflowRoles ?? (mode === "required" ? "enforce" : "ignore"),
    clockSkewSeconds: config.clockSkewSeconds ?? 300,
    folder,
    oidc: config.oidc && oidcOf(config.oidc, configurationFolder),
    links: config.links ?? "open",
  };
}

/** The secret may be a variable's. */
function oidcOf(oidc: OpenIdSettings, folder: string): OpenIdSettings {
  if (oidc.clientSecret === undefined) return oidc;
  const filled = filledText(oidc.clientSecret, { environment: process.env, folder });
  if ("text" in filled) return { ...oidc, clientSecret: filled.text };
  throw new UsageError(`auth.oidc.clientSecret: ${filled.problem}.`);
}

function authModeOf(text: string): AuthMode {
  const mode = authModes.find((known) => known === text);
  if (mode !== undefined) return mode;
  throw new UsageError(`--auth is open or required, not '${text}'.`);
}

function tlsOf(
  flags: SettingFlags,
  config: TlsFiles | undefined,
  folder: string,
): TlsFiles | undefined {
  const { "tls-cert": cert, "tls-key": key } = flags;
  if (cert === undefined && key === undefined) {
    return (
      config && {
        ...config,
        certFile: resolve(folder, config.certFile),
        keyFile: resolve(folder, config.keyFile),
      }
    );
  }
  if (cert === undefined || key === undefined) {
    throw new UsageError("--tls-cert FILE and --tls-key FILE are given together.");
  }
  return { minVersion: config?.minVersion, certFile: resolve(cert), keyFile: resolve(key) };
}

/** The variable is that of Step Functions Local. Empty is as good as absent. */
function mockConfigOf(
  flag: string | undefined,
  configured: string | undefined,
): string | undefined {
  const path = flag ?? configured ?? (process.env["SFN_MOCK_CONFIG"] || undefined);
  return path === undefined ? undefined : resolve(path);
}

function storeOf(url: string | undefined): string | undefined {
  if (url === undefined || isPostgresUrl(url)) return url;
  throw new UsageError(
    "--store is the URL of a PostgreSQL database, postgres://USER@HOST/DATABASE; without it the store is in --data-dir.",
  );
}

function portOf(text: string, option = "--port"): number {
  const port = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (isPortNumber(port)) return port;
  throw new UsageError(`${option} is a number from 0 (any free port) to 65535, not '${text}'.`);
}

/** The variable is that of Step Functions Local. */
function waitTimeScaleOf(flag: string | undefined, configured: number | undefined): number {
  const variable = process.env["WAIT_TIME_SCALE"] || undefined;
  const text = flag ?? (configured === undefined ? variable : undefined);
  if (text === undefined) return configured ?? 1;
  const scale = text.trim() === "" ? Number.NaN : Number(text);
  if (isTimeScale(scale)) return scale;
  const origin = flag === undefined ? "WAIT_TIME_SCALE" : "--wait-time-scale";
  throw new UsageError(`${origin} is a number, 0 or more, not '${text}'.`);
}

function standInServicesOf(text: string | undefined): "memory" | undefined {
  if (text === undefined || isStandInServicesName(text)) return text;
  throw new UsageError(
    `--stand-ins is memory, not '${text}'. What else stands in for a service is named by standIns of the configuration.`,
  );
}

function accountOf(text: string | undefined): string | undefined {
  if (text === undefined || /^\d{12}$/.test(text)) return text;
  throw new UsageError(`--account is 12 digits, not '${text}'.`);
}

function functionsFolder(
  flag: string | undefined,
  configured: string | undefined,
  besides: readonly string[],
): string | undefined {
  const named = flag === undefined ? configured : resolve(flag);
  if (named !== undefined) {
    if (isFolder(named)) return named;
    const origin = flag === undefined ? "functionsFolder of the configuration" : "--functions";
    throw new UsageError(`${origin} names ${named}, which is not a folder.`);
  }
  const folders = [...besides.map((path) => dirname(resolve(path))), process.cwd()];
  return folders.map((folder) => join(folder, "functions")).find(isFolder);
}

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}
