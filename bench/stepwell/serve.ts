// A Stepwell server for measuring: the compiled code, the SQLite store, functions from a folder. Its parent asks for its
// memory over the channel, and it ends when the parent does.
import type * as openStoreModule from "../../src/store/open-store.ts";
import type * as stepwellServerModule from "../../src/server/stepwell-server.ts";
import type * as stderrLoggerModule from "../../src/server/stderr-logger.ts";
import { join } from "node:path";
import { compiled } from "./compiled.ts";

const [dataDir = "", functionsFolder = "", objectFolder = ""] = process.argv.slice(2);
const { openStore } = await compiled<typeof openStoreModule>("store/open-store");
const { startStepwell } = await compiled<typeof stepwellServerModule>("server/stepwell-server");
const { stderrLogger } = await compiled<typeof stderrLoggerModule>("server/stderr-logger");

const store = await openStore({ kind: "sqlite", dataDir });
const server = await startStepwell({
  store,
  logger: stderrLogger("warn"),
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
