import type { JournalEvent } from "../../../machine/journal/journal-event.ts";
import { isLast, statusOf } from "../../../simulate/finished-run.ts";
import type { ExecutionRecord } from "../../../ports/store.ts";
import { ExecutionFold } from "../../execution/execution-fold.ts";
import type { FailedChild, SimulationView, TakenEdge } from "../../view-types.ts";

/** Our choice: as many failed children as are told. */
const mostFailed = 100;

/** What happened in an execution and in those that it started. */
export class RunPaths {
  readonly #main: JournalEvent[] = [];
  readonly #children = new Map<string, { record: ExecutionRecord; events: JournalEvent[] }>();

  note(record: ExecutionRecord, events: readonly JournalEvent[], isMain: boolean): void {
    if (isMain) {
      this.#main.push(...events);
      return;
    }
    const known = this.#children.get(record.executionArn);
    if (known === undefined)
      this.#children.set(record.executionArn, { record, events: [...events] });
    else known.events.push(...events);
  }

  /**
   * The states that were entered and the ways that were gone, by their keys in the definition; what the children of a
   * distributed Map did is below its key. Executions of other machines have no place in it.
   */
  taken(): Pick<SimulationView, "states" | "edges"> {
    const states = new Map<string, number>();
    const edges = new Map<string, TakenEdge>();
    /** Below which key the children of each Map Run are. */
    const scopes = new Map<string, string>();
    const add = (events: readonly JournalEvent[], scope: string): void => {
      const fold = new ExecutionFold();
      for (const event of events) {
        fold.apply(event);
        if (event.type !== "MapRunStarted") continue;
        const { mapRunArn } = event.details;
        const [visit] = fold.visits((each) => each.mapRunArn === mapRunArn, 0, 1).visits;
        if (visit !== undefined) scopes.set(mapRunArn, `${scope}${visit.key}`);
      }
      for (const { key, entries } of fold.nodesSince(0)) {
        states.set(scope + key, (states.get(scope + key) ?? 0) + entries);
      }
      for (const edge of fold.edgesSince(0)) {
        const [from, to] = [scope + edge.from, scope + edge.to];
        const id = JSON.stringify([edge.kind, from, to]);
        const count = (edges.get(id)?.count ?? 0) + edge.count;
        edges.set(id, { from, to, kind: edge.kind, count });
      }
    };
    add(this.#main, "");
    // A child comes after the run that it is of.
    for (const { record, events } of this.#children.values()) {
      const scope = scopes.get(record.mapRun?.mapRunArn ?? "");
      if (scope !== undefined) add(events, scope);
    }
    return {
      states: Array.from(states, ([key, entries]) => ({ key, entries })),
      edges: [...edges.values()],
    };
  }

  children(): SimulationView["children"] {
    const failed: FailedChild[] = [];
    for (const { record, events } of this.#children.values()) {
      const last = events.find(isLast);
      if (last === undefined || last.type === "ExecutionSucceeded") continue;
      if (failed.length === mostFailed) break;
      const { name, stateMachineArn, mapRun } = record;
      failed.push({
        name,
        stateMachineName: stateMachineArn.split(":")[6] ?? "",
        ...(mapRun && { index: mapRun.index }),
        status: statusOf(last),
        ...last.details,
      });
    }
    return { total: this.#children.size, failed };
  }
}
