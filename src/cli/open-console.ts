import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { auditFile } from "../console/questions/audit-log.ts";
import { ConsoleService } from "../console/console-service.ts";
import { jobFolder } from "../console/jobs/job-log.ts";
import { LinkDesk } from "../console/questions/link-desk.ts";
import { whereCallsGo } from "../console/settings/where-calls-go.ts";
import type { Logger } from "../ports/logger.ts";
import type { Store } from "../ports/store.ts";
import type { ServerConditions } from "../store/postgres/conditions.ts";
import { systemClock } from "../runtime/system-clock.ts";
import { beginSimulationThread } from "../server/console/begin-simulation-thread.ts";
import type { ConsoleAccess } from "../server/console/console-access.ts";
import { type ConsoleHttp, createConsoleHttp } from "../server/console/console-http.ts";
import { createStepwell, type Stepwell } from "../server/stepwell-server.ts";
import { packageVersion } from "./package-version.ts";
import type { Settings } from "./settings.ts";

/** Where the console's build puts it. */
const consoleFolder = fileURLToPath(new URL("../console-app", import.meta.url));

/** The console of a server, over the parts that the server is made of. */
export function openConsole(options: {
  readonly stepwell: Stepwell;
  readonly store: Store;
  readonly settings: Settings;
  readonly logger: Logger;
  /** Of the database; absent: there is none. */
  readonly conditions?: ServerConditions | undefined;
  /** Finds out who calls; absent: nobody is asked who he is. */
  readonly access?: ConsoleAccess | undefined;
}): { readonly http: ConsoleHttp; readonly links: LinkDesk } {
  const { stepwell, store, settings, logger, conditions, access } = options;
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
    audit: auditFile(join(dataDir, "audit.log"), logger),
    about: { dataDir, retentionDays, waitTimeScale, limits: { ...limits } },
    callTargets: whereCallsGo(settings),
    designer: { ...settings, objectFolder: join(dataDir, "s3") },
    memory: handlers.memory,
    jobs: jobFolder(join(dataDir, "jobs")),
    simulations: {
      // Nothing of the server is shared but what performs tasks, where they are really called.
      open: (parts) =>
        createStepwell({
          ...settings,
          standInServices: undefined,
          objectFolder: join(dataDir, "s3"),
          ...parts,
          logger: onlyErrors(logger),
        }),
      outside: handlers,
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
  const http = createConsoleHttp({
    console: views,
    service,
    links,
    folder: consoleFolder,
    basePath: settings.consolePath,
    logger,
    access,
  });
  return { http, links };
}

/** What a simulation's engine has to say of definitions that are being written is nothing for the server's log. */
function onlyErrors(logger: Logger): Logger {
  const error: Logger["error"] = (message, fields) => logger.error(message, fields);
  return { debug() {}, info() {}, warn() {}, error };
}
