import type { MapRunChildFilter, MapRunRecord } from "../../ports/map-run-store.ts";
import type { ExecutionRecord, Page, PageRequest } from "../../ports/store.ts";
import { checkLimit, decodePosition, encodePosition } from "../page-position.ts";
import type { HeldExecutions } from "./executions.ts";

/** Map Runs in the order they were first put. */
export type HeldMapRuns = Map<string, MapRunRecord>;

/** A page of the runs that an execution started, newest first. */
export function listMapRuns(
  runs: HeldMapRuns,
  executionArn: string,
  page: PageRequest,
): Page<MapRunRecord> {
  checkLimit(page.limit);
  const all = [...runs.values()].filter((run) => run.executionArn === executionArn);
  const end = page.after === undefined ? all.length : decodePosition(page.after).id;
  const start = Math.max(0, end - page.limit);
  const items = all.slice(start, end).reverse();
  return start === 0 ? { items } : { items, next: encodePosition({ key: 0, id: start }) };
}

/** A page of a run's children in the order of their index. */
export function listChildren(
  executions: HeldExecutions,
  { mapRunArn, status }: MapRunChildFilter,
  page: PageRequest,
): Page<ExecutionRecord> {
  checkLimit(page.limit);
  const after = page.after === undefined ? -1 : decodePosition(page.after).id;
  const rest = [...executions.byArn.values()]
    .map(({ record }) => record)
    .filter((record) => record.mapRun?.mapRunArn === mapRunArn)
    .filter((record) => indexOf(record) > after)
    .filter((record) => status === undefined || record.status === status)
    .sort((left, right) => indexOf(left) - indexOf(right));
  const items = rest.slice(0, page.limit);
  const last = items.at(-1);
  if (last === undefined || rest.length === items.length) return { items };
  return { items, next: encodePosition({ key: 0, id: indexOf(last) }) };
}

function indexOf(record: ExecutionRecord): number {
  return record.mapRun?.index ?? -1;
}
