import { Worker } from "node:worker_threads";
import type { ThreadSettings } from "./simulation-thread.ts";

/** Our choice: megabytes that an engine with the events of a simulation may take. */
const mostMegabytes = 512;

/** Begins a thread that simulates what it is asked, with an engine of its own that calls nothing. */
export function beginSimulationThread(settings: ThreadSettings): Worker {
  // The same folder holds this file and the thread's: as TypeScript in a checkout, compiled in a package.
  const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
  return new Worker(new URL(`./simulation-thread.${extension}`, import.meta.url), {
    name: "console-simulations",
    workerData: settings,
    resourceLimits: { maxOldGenerationSizeMb: mostMegabytes },
  });
}
