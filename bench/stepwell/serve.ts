// A Stepwell server for measuring: the compiled code, the SQLite store or one that is shared on PostgreSQL, functions from
// a folder. Its parent asks for its memory over the channel, and it ends when the parent does.
import type * as openStoreModule from "../../src/store/open-store.ts";
import type * as startStepwellModule from "../../src/server/start-stepwell.ts";
import type * as consoleHttpModule from "../../src/server/console/console-http.ts";
import type * as consoleServiceModule from "../../src/console/console-service.ts";
import type * as systemClockModule from "../../src/runtime/system-clock.ts";
import type * as stderrLoggerModule from "../../src/server/stderr-logger.ts";
import { randomUUID } from "node:crypto";
import { join } from "node:path";
import { compiled } from "./compiled.ts";
import type { ServeOptions } from "./serve-options.ts";

const { dataDir, functionsFolder, objectFolder, hasConsole, hasTelemetry, clusterUrl } = JSON.parse(
  process.argv[2] ?? "",
) as ServeOptions;
const { openStore } = await compiled<typeof openStoreModule>("store/open-store");
const { startStepwell } = await compiled<typeof startStepwellModule>("server/start-stepwell");
const { stderrLogger } = await compiled<typeof stderrLoggerModule>("server/stderr-logger");

const shared =
  clusterUrl === undefined ? undefined : await openStore({ kind: "postgres", url: clusterUrl });
const store = shared ?? (await openStore({ kind: "sqlite", dataDir }));
const logger = stderrLogger("warn");
const server = await startStepwell({
  store,
  logger,
  ...(shared && {
    join: {
      store: shared,
      nodeId: `bench-${randomUUID()}`,
      version: "bench",
      host: "127.0.0.1",
      port: 0,
      listen: "127.0.0.1",
      leaseMs: 10_000,
    },
  }),
  ...(hasTelemetry && { telemetry: {} }),
  ...(hasConsole && { console: await openConsole() }),
  host: "127.0.0.1",
  port: 0,
  functionsFolder,
  objectFolder,
  functionLogFile: join(dataDir, "functions.log"),
  onFailure: (reason) => {
    console.error(reason);
    process.exit(1);
  },
});

/** The console as `stepwell start` serves it, without its files. */
async function openConsole(): Promise<StepwellConsole> {
  const { ConsoleService } = await compiled<typeof consoleServiceModule>("console/console-service");
  const { createConsoleHttp } = await compiled<typeof consoleHttpModule>(
    "server/console/console-http",
  );
  const { systemClock } = await compiled<typeof systemClockModule>("runtime/system-clock");
  return ({ service, engine, figures }) =>
    createConsoleHttp({
      console: new ConsoleService({
        service,
        engine,
        store,
        clock: systemClock,
        version: "bench",
        figures,
      }),
      service,
      folder: "",
      basePath: "/console",
      logger,
    });
}

type StepwellConsole = NonNullable<
  Parameters<(typeof startStepwellModule)["startStepwell"]>[0]["console"]
>;

process.on("message", (message) => {
  if (message === "memory") {
    globalThis.gc?.();
    const peakMB = process.resourceUsage().maxRSS / 1024;
    process.send?.({ memory: process.memoryUsage(), peakMB });
  } else if (message === "share") {
    const { partitions } = server.engine.ownership;
    process.send?.({ share: { partitions, isReady: server.cluster?.isReady() ?? true } });
  } else if (message === "stop") {
    void server.shutdown(1000).then(() => process.exit(0));
  }
});
process.on("disconnect", () => process.exit(0));
process.send?.({ port: server.port });
