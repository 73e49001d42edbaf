import type { JoinOptions } from "../cluster/join-cluster.ts";
import type { CloudWatchConnections } from "../integrations/logs/cloudwatch-endpoint.ts";
import type { LocalExecutionLog } from "../integrations/logs/execution-logs.ts";
import type { TaskHandlers } from "../integrations/task-handlers.ts";
import type { IntegrationSettings } from "../integrations/integration-options.ts";
import type { Limits } from "../machine/limits.ts";
import type { FunctionLogSink } from "../integrations/functions/invocation.ts";
import type { IamOptions } from "../iam/create-iam.ts";
import type { AuditLogFiles } from "../iam/audit/audit-trail.ts";
import type { Authorizer } from "../ports/authorizer.ts";
import type { Clock } from "../ports/clock.ts";
import type { CustomerKeys } from "../ports/customer-keys.ts";
import type { FeedSubscriber } from "../ports/feed.ts";
import type { Ids } from "../ports/ids.ts";
import type { LogSeal } from "../ports/log-seal.ts";
import type { Logger } from "../ports/logger.ts";
import type { MapRunIo } from "../ports/map-run-io.ts";
import type { Redactor } from "../ports/redactor.ts";
import type { Store } from "../ports/store.ts";
import type { TaskLinks } from "../ports/task-links.ts";
import type { TaskMocks } from "../ports/task-mocks.ts";
import type { EngineOptions } from "../runtime/create-engine.ts";
import type { TelemetrySettings } from "../telemetry/telemetry.ts";
import type { PipesConfiguration } from "../triggers/pipes/pipes-configuration.ts";
import type { RoutesConfiguration } from "../triggers/routes/routes-configuration.ts";
import type {
  EventsConfiguration,
  SchedulesConfiguration,
} from "../triggers/status-events/events-configuration.ts";

/** What a server is made of, beside what it has by itself. */
export interface StepwellOptions extends IntegrationSettings {
  readonly store: Store;
  /** The keys of customers, with which the store seals; absent: nobody can bring one. */
  readonly customerKeys?: CustomerKeys | undefined;
  /** Makes this server a node of the cluster that shares the store; absent: it has all of it for itself. */
  readonly join?: JoinOptions;
  readonly logger: Logger;
  /** Knows what must be written down nowhere; absent: what the integrations' settings and the environment have. */
  readonly redactor?: Redactor;
  readonly clock?: Clock;
  readonly ids?: Ids;
  readonly region?: string;
  readonly accountId?: string;
  /** Who there is and what they may; absent: everybody may do everything. */
  readonly iam?: IamOptions;
  /** Where calls are written down, and what people decide; absent: nowhere. */
  readonly auditLog?: AuditLogFiles | undefined;
  /** Says who may call what, clients and tasks, instead of what {@link iam} says. */
  readonly authorizer?: Authorizer;
  readonly limits?: Partial<Limits>;
  /** The folder that stands for S3 where none is configured: a folder for each bucket. */
  readonly objectFolder?: string;
  /** The folder that deployed functions are unpacked into; a temporary one if absent. */
  readonly deployedFolder?: string;
  /** Whether code that comes by Lambda's API is taken; absent: it is. Functions that are there run all the same. */
  readonly takesFunctionCode?: boolean;
  /** Where functions reach this server, when it listens; absent: where `startStepwell` listens. */
  readonly endpointUrl?: () => string | undefined;
  /** Buckets that are folders elsewhere. */
  readonly buckets?: { readonly [name: string]: string };
  /** How long closed executions are kept. */
  readonly retentionDays?: number;
  /** Receives what functions print. */
  readonly functionLogs?: FunctionLogSink;
  /** A file that what functions print is appended to. */
  readonly functionLogFile?: string;
  /** Seals that file. */
  readonly logSeal?: LogSeal | undefined;
  /** Sees the task handlers before the engine does, or replaces them. */
  readonly around?: (handlers: TaskHandlers) => EngineOptions["handlers"];
  /** Reads and writes for distributed Maps instead of what does by itself, which it is given. */
  readonly aroundMapRuns?: (usual: MapRunIo) => MapRunIo;
  /** The test cases that executions may be started as: `stateMachineArn#CASE`. */
  readonly mocks?: TaskMocks | undefined;
  /** What waits and retry delays are multiplied by; absent: 1. Time-outs stay as they are. */
  readonly waitTimeScale?: number | undefined;
  /** Where executions' logs go beside CloudWatch Logs; nowhere if absent. */
  readonly localExecutionLog?: LocalExecutionLog;
  /** Instead of the CloudWatch Logs that the AWS SDK is configured for. */
  readonly cloudWatch?: CloudWatchConnections;
  /** How others reach this server, without a slash at the end: what the URLs of webhooks begin with. */
  readonly publicUrl?: string | undefined;
  /** The page on which a person answers a task; absent: there is none. */
  readonly answerPage?: TaskLinks["answerPage"];
  /** Web routes that start executions; absent: those alone that API Gateway's API makes. */
  readonly routes?: RoutesConfiguration | undefined;
  /** Pipes beside those that EventBridge Pipes' API makes. */
  readonly pipes?: PipesConfiguration | undefined;
  /** Where events go, and who is told of executions by them. */
  readonly events?: EventsConfiguration | undefined;
  readonly schedules?: SchedulesConfiguration | undefined;
  /** What is counted of executions is kept, and can be asked for; absent: nothing is counted. */
  readonly telemetry?: TelemetrySettings | undefined;
  /** Told of what happens to executions from the first moment on. */
  readonly subscribers?: readonly FeedSubscriber[];
  /** The engine cannot go on; the process should say so and stop. */
  readonly onFailure: (reason: Error) => void;
}
