import { isMainThread, parentPort, Worker } from "node:worker_threads";
import type { SqliteRequest } from "./sqlite-protocol.ts";
import { performStatement } from "./sqlite-statement.ts";

// The whole of a database's process. Statements run in a thread, so that the process hears that the server has gone while one of
// them goes on: then it ends in the middle of it, which only a signal can do.
if (isMainThread) {
  const end = (): void => void process.kill(process.pid, "SIGKILL");
  const thread = new Worker(new URL(import.meta.url));
  thread.on("message", (reply: object) => process.send?.(reply)).on("error", end);
  process.on("message", (request) => thread.postMessage(request)).on("disconnect", end);
} else {
  parentPort?.on("message", (request: SqliteRequest) => {
    parentPort?.postMessage(performStatement(request));
  });
}
