// A Stepwell server for measuring: the compiled code, the SQLite store, functions from a folder. Its parent asks for its
// memory over the channel, and it ends when the parent does.
import type * as openStoreModule from "../../src/store/open-store.ts";
import type * as stepwellServerModule from "../../src/server/stepwell-server.ts";
import type * as consoleHttpModule from "../../src/server/console/console-http.ts";
import type * as consoleServiceModule from "../../src/console/console-service.ts";
import type * as systemClockModule from "../../src/runtime/system-clock.ts";
import type * as stderrLoggerModule from "../../src/server/stderr-logger.ts";
import { join } from "node:path";
import { compiled } from "./compiled.ts";

const [dataDir = "", functionsFolder = "", objectFolder = "", beside] = process.argv.slice(2);
const { openStore } = await compiled<typeof openStoreModule>("store/open-store");
const { startStepwell } = await compiled<typeof stepwellServerModule>("server/stepwell-server");
const { stderrLogger } = await compiled<typeof stderrLoggerModule>("server/stderr-logger");

const store = await openStore({ kind: "sqlite", dataDir });
const logger = stderrLogger("warn");
const server = await startStepwell({
  store,
  logger,
  ...(beside === "console" && { console: await openConsole() }),
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
  Parameters<(typeof stepwellServerModule)["startStepwell"]>[0]["console"]
>;

process.on("message", (message) => {
  if (message === "memory") {
    globalThis.gc?.();
    const peakMB = process.resourceUsage().maxRSS / 1024;
    process.send?.({ memory: process.memoryUsage(), peakMB });
  } else if (message === "stop") {
    void server.shutdown(1000).then(() => process.exit(0));
  }
});
process.on("disconnect", () => process.exit(0));
process.send?.({ port: server.port });
