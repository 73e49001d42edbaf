import { historyEvent, isPublic } from "../../../machine/journal/history.ts";
import type { JournalEvent } from "../../../machine/journal/journal-event.ts";
import type { Simulated } from "../../../simulate/simulation/simulate.ts";
import type { PublicEvent } from "../../import/history-file.ts";
import type { SimulationView } from "../../view-types.ts";
import type { RunPaths } from "./run-paths.ts";
import type { ReadSimulation } from "./simulation-request.ts";

/** Our choices: what a page can show at once, of events and of the data in them. */
const mostEvents = 5_000;
const mostBytes = 16 * 1024 * 1024;

export function simulationView(
  simulated: Simulated,
  paths: RunPaths,
  { seed, startTime }: ReadSimulation,
): SimulationView {
  const { finished, stopped, used, assumed, skippedMs } = simulated;
  const last = finished?.last;
  const events = simulated.events.filter(isPublic);
  return {
    status: finished?.status ?? "RUNNING",
    ...(stopped && { stopped }),
    ...(last?.type === "ExecutionSucceeded"
      ? { output: last.payload?.text ?? "null" }
      : last && { ...last.details }),
    events: shown(events),
    eventCount: events.length,
    ...paths.taken(),
    mocksUsed: used,
    assumed,
    skippedMs,
    children: paths.children(),
    seed,
    startTime,
  };
}

function shown(events: readonly JournalEvent[]): readonly PublicEvent[] {
  const first: PublicEvent[] = [];
  let bytes = 0;
  for (const event of events.slice(0, mostEvents)) {
    bytes += event.payload?.bytes ?? 0;
    if (bytes > mostBytes) break;
    first.push(historyEvent(event, true) as unknown as PublicEvent);
  }
  return first;
}
