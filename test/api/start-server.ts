import { SFNClient } from "@aws-sdk/client-sfn";
import { expect } from "vitest";
import { awsLimits, type Limits } from "../../src/machine/limits.ts";
import type { CloudWatchConnections } from "../../src/integrations/logs/cloudwatch-endpoint.ts";
import type { LocalExecutionLog } from "../../src/integrations/logs/execution-logs.ts";
import type { AuditLogFiles } from "../../src/iam/audit/audit-trail.ts";
import type { IamService } from "../../src/iam/operations/iam-service.ts";
import type { ClusterSource } from "../../src/console/settings/cluster-desk.ts";
import type { Authorizer } from "../../src/ports/authorizer.ts";
import type { Clock } from "../../src/ports/clock.ts";
import type { CustomerKeys } from "../../src/ports/customer-keys.ts";
import type { Ids } from "../../src/ports/ids.ts";
import type { Logger } from "../../src/ports/logger.ts";
import type { Store } from "../../src/ports/store.ts";
import type { TaskMocks } from "../../src/ports/task-mocks.ts";
import { checkedService } from "./checked-service.ts";
import { questionsOf } from "../../src/console/questions/audit-log.ts";
import { LinkDesk } from "../../src/console/questions/link-desk.ts";
import { ConsoleService } from "../../src/console/console-service.ts";
import type { Authenticator } from "../../src/server/authentication/authenticator.ts";
import { ConsoleAccess } from "../../src/server/console/console-access.ts";
import type { RequestLimits } from "../../src/server/limits/request-limits.ts";
import { createConsoleHttp } from "../../src/server/console/console-http.ts";
import { createHttpServer } from "../../src/server/http-server.ts";
import { createStepwell } from "../../src/server/stepwell-server.ts";
import type { Service } from "../../src/service/service.ts";
import { createMemoryStore } from "../../src/store/memory/memory-store.ts";
import type { TaskHandlers } from "../../src/runtime/tasks/dispatcher.ts";
import { systemClock } from "../../src/runtime/system-clock.ts";
import { systemIds } from "../../src/runtime/system-ids.ts";

export interface TestServer {
  readonly client: SFNClient;
  readonly service: Service;
  readonly store: Store;
  /** There if the server has a console. */
  readonly views: ConsoleService | undefined;
  readonly port: number;
  /** What the server logged as errors: its own mistakes. */
  readonly mistakes: string[];
  close(): Promise<void>;
}

export const region = "eu-west-1";
export const accountId = "123456789012";
export const roleArn = `arn:aws:iam::${accountId}:role/test`;

/** What is said of `not json`, wherever a document has to be JSON. Observed: the service's parser is Jackson. */
export const unrecognizedToken =
  "Unrecognized token 'not': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')";

/** No test asks the AWS account of whoever runs it. */
const noCloudWatch: CloudWatchConnections = { to: async () => undefined, close() {} };

function refuse(arn: string): never {
  throw new Error(`${arn} is called`);
}

/** A whole server on a free port, over a store in memory, and the official SDK's client for it. */
export async function startServer(
  options: {
    readonly hosts?: readonly string[];
    readonly store?: Store;
    /** The keys of customers with which that store seals; absent: there are none. */
    readonly customerKeys?: CustomerKeys;
    readonly clock?: Clock;
    readonly ids?: Ids;
    readonly authorizer?: Authorizer;
    /** Where calls are written down; absent: nowhere. */
    readonly auditLog?: AuditLogFiles;
    readonly limits?: Limits;
    readonly handlers?: TaskHandlers;
    readonly mocks?: TaskMocks;
    readonly waitTimeScale?: number;
    readonly localExecutionLog?: LocalExecutionLog;
    readonly cloudWatch?: CloudWatchConnections;
    /** The folder of the console's files; absent: the server has no console. */
    readonly consoleFolder?: string;
    /** IAM's API for the console's pages; absent: the console has none. */
    readonly consoleIam?: IamService;
    /** The cluster that the console shows. */
    readonly cluster?: ClusterSource;
    /** Finds out who calls; absent: nobody is asked who he is. */
    readonly authenticator?: Authenticator;
    readonly requestLimits?: RequestLimits;
  } = {},
): Promise<TestServer> {
  const mistakes: string[] = [];
  const logger: Logger = {
    debug() {},
    info() {},
    warn() {},
    error: (message, fields) => mistakes.push(`${message} ${JSON.stringify(fields)}`),
  };
  const store = options.store ?? createMemoryStore();
  const clock = options.clock ?? systemClock;
  const ids = options.ids ?? systemIds;
  const limits = options.limits ?? awsLimits;
  const handlers: TaskHandlers = options.handlers ?? { find: () => undefined };
  const stepwell = await createStepwell({
    store,
    clock,
    ids,
    logger,
    around: () => handlers,
    mocks: options.mocks,
    waitTimeScale: options.waitTimeScale,
    cloudWatch: options.cloudWatch ?? noCloudWatch,
    localExecutionLog: options.localExecutionLog ?? { to: "off" },
    region,
    accountId,
    limits,
    ...(options.authorizer === undefined ? {} : { authorizer: options.authorizer }),
    ...(options.customerKeys && { customerKeys: options.customerKeys }),
    auditLog: options.auditLog,
    onFailure: (reason) => mistakes.push(String(reason)),
  });
  const violations: string[] = [];
  const service = checkedService(stepwell.service, (problem) => violations.push(problem));
  const views =
    options.consoleFolder === undefined
      ? undefined
      : new ConsoleService({
          service,
          engine: stepwell.engine,
          store,
          clock,
          version: "1.2.3",
          services: stepwell.services.services,
          triggers: stepwell.watchedTriggers,
          cluster: options.cluster,
          ...(options.auditLog && {
            audit: questionsOf(options.auditLog, logger),
            auditFolder: options.auditLog.folder,
          }),
          simulations: {
            open: (parts) => createStepwell({ ...parts, logger, cloudWatch: noCloudWatch }),
            outside: { find: (resource) => handlers.find(resource) ?? refuse(resource.arn) },
          },
        });
  const consoleHttp =
    views &&
    createConsoleHttp({
      console: views,
      links: new LinkDesk({
        questions: views.questions,
        engine: stepwell.engine,
        clock,
        secret: store.secret(),
      }),
      clock,
      service,
      iam: options.consoleIam,
      folder: options.consoleFolder ?? "",
      basePath: "/console",
      logger,
      access: options.authenticator && new ConsoleAccess(options.authenticator),
      audit: options.auditLog?.trail,
      refused: stepwell.refused,
    });
  const server = createHttpServer({
    service,
    host: "127.0.0.1",
    port: 0,
    logger,
    console: consoleHttp,
    refused: stepwell.refused,
    auditFailure: options.auditLog?.failure,
    ...options,
  });
  const { port } = await server.listen();
  const client = new SFNClient({
    endpoint: `http://127.0.0.1:${port}`,
    region,
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    disableHostPrefix: true,
    maxAttempts: 1,
  });
  return {
    client,
    service,
    store,
    views,
    port,
    mistakes,
    async close() {
      client.destroy();
      await server.close(1000);
      await stepwell.shutdown(1000);
      expect(violations, "answers that the SDK does not know").toEqual([]);
    },
  };
}

/** Passes its input on. */
export const passDefinition = JSON.stringify({
  StartAt: "Pass",
  States: { Pass: { Type: "Pass", End: true } },
});

/** Waits an hour, so that an execution stays open. */
export const waitDefinition = JSON.stringify({
  StartAt: "Wait",
  States: { Wait: { Type: "Wait", Seconds: 3600, End: true } },
});
