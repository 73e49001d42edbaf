import type { Authorizer } from "../ports/authorizer.ts";
import type { Clock } from "../ports/clock.ts";
import type { EventBridgeHere } from "../ports/event-bridge.ts";
import type { FunctionCaller } from "../ports/function-logs.ts";
import type { Ids } from "../ports/ids.ts";
import type { LogSeal } from "../ports/log-seal.ts";
import type { Logger } from "../ports/logger.ts";
import type { OwnWebApis } from "../ports/own-web-apis.ts";
import type { Redactor } from "../ports/redactor.ts";
import type { StepFunctionsPort } from "../ports/step-functions.ts";
import type { TaskLinks } from "../ports/task-links.ts";
import type { TraceHeaders } from "../ports/trace-headers.ts";
import type { AwsConfiguration } from "./aws/aws-configuration.ts";
import type { SdkClients } from "./aws/sdk-clients.ts";
import type { DeployedFunctionsOptions } from "./functions/deployed/deployed-functions.ts";
import type { FunctionConfiguration } from "./functions/function-source.ts";
import type { FunctionLogSink } from "./functions/invocation.ts";
import type { ApiGatewayConfiguration } from "./apigateway/api-gateway-configuration.ts";
import type { KubernetesConfiguration } from "./eks/kubernetes-configuration.ts";
import type { Resolve } from "./http/address-guard.ts";
import type { OwnConnections } from "./http/connections/connection-book.ts";
import type { ConnectionConfiguration } from "./http/connections/connection-configuration.ts";
import type { HttpConfiguration } from "./http/http-configuration.ts";
import type { MemoryConfiguration } from "./memory/memory-configuration.ts";
import type { MailConfiguration } from "./own/mail/mail-configuration.ts";
import type { CommandStandIn, StandIns } from "./stand-ins/stand-in.ts";

/** What a user configures of the integrations. */
export interface IntegrationSettings {
  /** The folder of the local functions, a folder for each. */
  readonly functionsFolder?: string | undefined;
  readonly functions?: { readonly [name: string]: FunctionConfiguration };
  /** What is called instead of services. */
  readonly standIns?: StandIns;
  /** `memory`: SQS, SNS, EventBridge and DynamoDB are answered in this process, where no stand-in is. */
  readonly standInServices?: "memory" | undefined;
  /** What is in memory from the start. */
  readonly memory?: MemoryConfiguration | undefined;
  /** What `arn:stepwell:states:::run` may run, by names. */
  readonly commands?: { readonly [name: string]: CommandStandIn };
  /** What `http:invoke` may call, and how. */
  readonly http?: HttpConfiguration;
  /** EventBridge connections by their names. */
  readonly connections?: { readonly [name: string]: ConnectionConfiguration };
  readonly apigateway?: ApiGatewayConfiguration;
  readonly kubernetes?: KubernetesConfiguration | undefined;
  /** The program that runs containers; podman or docker if absent. */
  readonly containerEngine?: string | undefined;
  /** Where calls of AWS's services go, and with which roles, if not as the AWS SDK finds it. */
  readonly aws?: AwsConfiguration | undefined;
  /** Where `stepwell add` installs clients of the AWS SDK. */
  readonly clientsFolder?: string | undefined;
  /** How `arn:stepwell:states:::mail` sends. */
  readonly mail?: MailConfiguration | undefined;
  /** What `arn:stepwell:states:::sql` may use, by names: `postgres://…` or `sqlite:FILE`. */
  readonly databases?: { readonly [name: string]: string };
  /** What relative paths start from; the working directory if absent. */
  readonly configurationFolder?: string;
  /** Where commands and containers that stand in for services have their folders, to be found again; a temporary one if absent. */
  readonly jobsFolder?: string;
}

/** What the integrations need from outside. */
export interface IntegrationOptions extends IntegrationSettings {
  readonly clock: Clock;
  readonly ids: Ids;
  readonly logger: Logger;
  /** Knows secrets by their value, is told of those that are read, and takes them out of outcomes; absent: nothing does. */
  readonly redactor?: Redactor;
  readonly stepFunctions: StepFunctionsPort;
  /** The trace that functions and HTTP tasks' calls belong to; absent: they are told of none. */
  readonly trace?: ((caller: FunctionCaller) => TraceHeaders | undefined) | undefined;
  /** Addresses of this server that end tasks; absent: it has none. */
  readonly links?: TaskLinks;
  /** That of local functions; tasks call in the Region of their execution. */
  readonly region: string;
  readonly accountId: string;
  /** Says what tasks may call; absent: everything. */
  readonly authorizer?: Authorizer;
  /** The event buses of this process; absent: it has none beside those in memory. */
  readonly eventBridge?: EventBridgeHere;
  /** Connections that were made by EventBridge's API as this server has it. */
  readonly ownConnections?: OwnConnections;
  /** The APIs that this server's web routes serve; absent: it has none. */
  readonly ownApis?: OwnWebApis | undefined;
  /** Instead of the clients that the AWS SDK has and is configured for. */
  readonly clients?: SdkClients;
  /** Instead of the system's resolver of names. */
  readonly resolve?: Resolve;
  /** Where functions are that were deployed by Lambda's API; absent: there are none. */
  readonly deployedFunctions?: Pick<
    DeployedFunctionsOptions,
    "store" | "folder" | "credentials" | "endpointUrl"
  >;
  /** Receives what functions print, beside what is kept. */
  readonly functionLogs?: FunctionLogSink;
  /** A file that what functions print is appended to. */
  readonly functionLogFile?: string;
  /** Seals that file. */
  readonly logSeal?: LogSeal | undefined;
}
