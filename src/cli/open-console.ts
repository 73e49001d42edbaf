import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { questionsOf } from "../console/questions/audit-log.ts";
import { ConsoleService } from "../console/console-service.ts";
import { jobFolder } from "../console/jobs/job-log.ts";
import { LinkDesk } from "../console/questions/link-desk.ts";
import { whereCallsGo } from "../console/settings/where-calls-go.ts";
import type { AuditLogFiles } from "../iam/audit/audit-trail.ts";
import type { LogSeal } from "../ports/log-seal.ts";
import type { Logger } from "../ports/logger.ts";
import type { Store } from "../ports/store.ts";
import type { ServerConditions } from "../store/postgres/conditions.ts";
import { systemClock } from "../runtime/system-clock.ts";
import type { Authenticator } from "../server/authentication/authenticator.ts";
import { beginSimulationThread } from "../server/console/begin-simulation-thread.ts";
import { ConsoleAccess } from "../server/console/console-access.ts";
import { openSignIn } from "../server/console/sign-in/open-sign-in.ts";
import { type ConsoleHttp, createConsoleHttp } from "../server/console/console-http.ts";
import { createStepwell, type Stepwell } from "../server/stepwell-server.ts";
import { packageVersion } from "./package-version.ts";
import type { Settings } from "./settings.ts";
import { eventsOfTrials } from "../triggers/status-events/events-configuration.ts";

/** Where the console's build puts it. */
const consoleFolder = fileURLToPath(new URL("../console-app", import.meta.url));

/** The console of a server, over the parts that the server is made of. */
export function openConsole(options: {
  readonly stepwell: Stepwell;
  readonly store: Store;
  readonly auditLog: AuditLogFiles;
  readonly settings: Settings;
  readonly logger: Logger;
  /** Seals what people have answered; absent: nothing is sealed. */
  readonly logSeal?: LogSeal | undefined;
  /** Of the database; absent: there is none. */
  readonly conditions?: ServerConditions | undefined;
  /** Finds out who signs; absent: nobody is asked who he is. */
  readonly authenticator?: Authenticator | undefined;
}): { readonly http: ConsoleHttp; readonly links: LinkDesk } {
  const { stepwell, store, auditLog, settings, logger, conditions, authenticator, logSeal } =
    options;
  const { service, engine, figures, handlers, cluster } = stepwell;
  const { dataDir, retentionDays, waitTimeScale, limits } = settings;
  const views = new ConsoleService({
    service,
    engine,
    store,
    clock: systemClock,
    version: packageVersion(),
    ...(cluster && {
      feed: cluster.feed,
      looked: () => cluster.feed.look(),
      cluster: { status: () => cluster.status(), conditions },
    }),
    figures,
    functionLogs: handlers.functionLogs,
    audit: questionsOf(auditLog, logger, logSeal),
    ...(auditLog.trail && { auditFolder: auditLog.folder }),
    about: { dataDir, retentionDays, waitTimeScale, limits: { ...limits } },
    callTargets: whereCallsGo(settings),
    designer: { ...settings, objectFolder: join(dataDir, "s3") },
    services: stepwell.services.services,
    triggers: stepwell.watchedTriggers,
    memory: handlers.memory,
    telemetry: {
      cost: stepwell.usage?.desk,
      counted: stepwell.telemetry,
      ...stepwell.watching,
    },
    jobs: jobFolder(join(dataDir, "jobs")),
    roles: {
      directory: stepwell.iam.directory,
      isEnforced: stepwell.iam.workflowRoles === "enforce",
    },
    simulations: {
      // Nothing of the server is shared but what performs tasks, where they are really called.
      open: (parts) =>
        createStepwell({
          ...settings,
          standInServices: undefined,
          telemetry: undefined,
          events: eventsOfTrials(settings.events),
          pipes: undefined,
          objectFolder: join(dataDir, "s3"),
          ...parts,
          logger: onlyErrors(logger),
        }),
      outside: handlers,
      mapRunIo: stepwell.mapRunIo,
      beginThread: () => beginSimulationThread({ limits }),
    },
    logger,
  });
  const links = new LinkDesk({
    questions: views.questions,
    engine,
    clock: systemClock,
    secret: store.secret(),
  });
  const signIn =
    authenticator &&
    openSignIn({
      iam: stepwell.iam,
      clock: systemClock,
      scope: service.scope,
      logger,
      basePath: settings.consolePath,
      publicUrl: settings.publicUrl,
      isSecure: settings.tls !== undefined || settings.publicUrl?.startsWith("https:") === true,
      audit: auditLog.trail,
    });
  const http = createConsoleHttp({
    console: views,
    service,
    links,
    folder: consoleFolder,
    basePath: settings.consolePath,
    logger,
    access: authenticator && new ConsoleAccess(authenticator, signIn?.pages),
    signIn,
    iam: stepwell.iam.service,
    linksNeedSignIn: authenticator !== undefined && settings.auth.links === "login",
    audit: auditLog.trail,
    refused: stepwell.refused,
  });
  return { http, links };
}

/** What a simulation's engine has to say of definitions that are being written is nothing for the server's log. */
function onlyErrors(logger: Logger): Logger {
  const error: Logger["error"] = (message, fields) => logger.error(message, fields);
  return { debug() {}, info() {}, warn() {}, error };
}
