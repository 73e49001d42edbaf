// Loaded into a server before its own code: says to its parent, when asked, what it holds.
import { setImmediate as turn } from "node:timers/promises";

/** What a process holds once what nobody needs is gone. */
export interface Census {
  /** Bytes. */
  readonly heap: number;
  /** Bytes outside of the heap that belong to objects in it. */
  readonly external: number;
  /** Bytes of memory that it has of the system. */
  readonly resident: number;
  /** What keeps it alive, or would: timers, sockets, files, workers, each with how many there are. */
  readonly resources: Readonly<Record<string, number>>;
}

process.on("message", (message) => {
  if (message === "census") void take().then((census) => process.send?.({ census }));
});
process.channel?.unref();
process.on("disconnect", () => process.exit(0));

async function take(): Promise<Census> {
  // What the first collection finalizes, the second frees.
  for (let times = 0; times < 3; times++) {
    globalThis.gc?.();
    await turn();
  }
  const { heapUsed, external, rss } = process.memoryUsage();
  const resources: Record<string, number> = {};
  for (const name of process.getActiveResourcesInfo()) {
    resources[name] = (resources[name] ?? 0) + 1;
  }
  return { heap: heapUsed, external, resident: rss, resources };
}
