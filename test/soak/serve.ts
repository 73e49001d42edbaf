// The server of the soak test. Arguments: folder with `data`, `functions` and `s3`, port. Says `ready` to its parent.
import { join } from "node:path";
import { stderrLogger } from "../../src/server/stderr-logger.ts";
import { startStepwell } from "../../src/server/start-stepwell.ts";
import { openStore } from "../../src/store/open-store.ts";

const [folder = "", port = ""] = process.argv.slice(2);
const store = await openStore({ kind: "sqlite", dataDir: join(folder, "data") });
await startStepwell({
  store,
  logger: stderrLogger("warn"),
  host: "127.0.0.1",
  port: Number(port),
  functionsFolder: join(folder, "functions"),
  functionLogFile: join(folder, "functions.log"),
  objectFolder: join(folder, "s3"),
  onFailure: (reason) => {
    console.error(reason);
    process.exit(3);
  },
});
process.on("disconnect", () => process.exit(0));
process.send?.("ready");
