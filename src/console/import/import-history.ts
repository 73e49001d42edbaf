import type { ExecutionView, RunStatus, VisitView } from "../view-types.ts";
import type { DefinitionGraph } from "./definition-graph.ts";
import { definitionOf } from "./derived-definition.ts";
import type { HistoryFile, PublicEvent } from "./history-file.ts";
import { Reconstruction } from "./reconstruction.ts";

/** A history as the console shows an execution. */
export interface ImportedRun {
  readonly view: ExecutionView;
  readonly visits: readonly VisitView[];
  readonly events: readonly PublicEvent[];
  /** Events that fit nowhere, and are in the list of events only. */
  readonly unplaced: number;
  readonly hasGaps: boolean;
  /** The definition was made of the states that were entered. */
  readonly isDerived: boolean;
}

/**
 * Makes of a history what the execution's page shows. What a history does not have stays unknown: the ARNs, which
 * branch of a Parallel a state was in and which Retrier decided (both are known if the definition is given), and until
 * when something waits that had not ended.
 */
export function importHistory(
  file: HistoryFile,
  name: string,
  definition?: DefinitionGraph,
): ImportedRun {
  const attempt = new Reconstruction(file.events, definition).run();
  const { fold, unplaced, visits } =
    attempt.found.size === 0
      ? attempt
      : new Reconstruction(file.events, definition, attempt.found).run();
  const { snapshot } = fold;
  const first = file.events[0] as PublicEvent;
  const last = file.events.at(-1) as PublicEvent;
  const status: RunStatus = snapshot.status;
  const edges = fold.edgesSince(0);
  const view: ExecutionView = {
    executionArn: `imported:${name}`,
    name,
    stateMachineArn: "",
    stateMachineName: "",
    type: "STANDARD",
    status,
    startDate: Math.round(first.timestamp * 1_000),
    // Nothing goes on in a file: what had not ended is as old as the newest event.
    stopDate: snapshot.stoppedAt || Math.round(last.timestamp * 1_000),
    ...(snapshot.error !== undefined && { error: snapshot.error }),
    ...(snapshot.cause !== undefined && { cause: snapshot.cause }),
    redriveCount: snapshot.redriveCount,
    notRedrivable: "imported",
    roleArn: snapshot.roleArn,
    lastEventId: last.id,
    transitions: fold.transitions,
    ...(fold.largestPayload && { largestPayload: fold.largestPayload }),
    definition: JSON.stringify(definition ?? definitionOf(visits, edges)),
    nodes: fold.nodesSince(0),
    edges,
    visitCount: fold.visitCount,
    ...(fold.failedVisit !== undefined && { failedVisit: fold.failedVisit }),
  };
  return {
    view,
    visits,
    events: file.events,
    unplaced,
    hasGaps: file.hasGaps,
    isDerived: definition === undefined,
  };
}
