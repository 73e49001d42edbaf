import type { Pipes } from "../../triggers/pipes/pipes.ts";
import type { Routes } from "../../triggers/routes/routes.ts";
import type { TriggerWatch } from "../../triggers/watch/trigger-watch.ts";

/** What starts executions by itself on a server. None of it asks whether somebody may see it. */
export interface WatchedTriggers {
  readonly watch: TriggerWatch;
  readonly pipes: Pick<Pipes, "all">;
  readonly routes: Pick<Routes, "served">;
}
