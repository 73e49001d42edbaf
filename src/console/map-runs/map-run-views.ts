import { nameOfArn } from "../../machine/arns.ts";
import type { MapRunRecord } from "../../ports/map-run-store.ts";
import type {
  ItemStatusView,
  MapRunChildPage,
  MapRunChildRow,
  MapRunErrorGroup,
  MapRunRow,
  MapRunView,
  RunStatus,
} from "../view-types.ts";
import { type MapRunItems, mostChildren, numberOf } from "./map-run-items.ts";
import { durationAt } from "./map-run-times.ts";
import { packStatuses } from "./pack-statuses.ts";

/** Our choice: kinds of errors that are told apart; the rest is in the table. */
const mostGroups = 50;

export function mapRunRow(record: MapRunRecord): MapRunRow {
  const { mapRunArn, executionArn } = record;
  // `…:mapRun:MACHINE/LABEL:UUID`
  const [machine = "", label = ""] = (mapRunArn.split(":")[6] ?? "").split("/");
  const parts = mapRunArn.split(":");
  return {
    mapRunArn,
    label,
    executionArn,
    executionName: nameOfArn(executionArn),
    stateMachineArn: [...parts.slice(0, 5), "stateMachine", machine].join(":"),
    stateMachineName: machine,
    status: record.status,
    startDate: record.startDate,
    ...(record.stopDate !== undefined && { stopDate: record.stopDate }),
    itemCounts: record.itemCounts,
    redriveCount: record.redriveCount,
  };
}

export function mapRunView(
  record: MapRunRecord,
  items: MapRunItems,
  pending: ReadonlySet<string>,
  parent: { readonly status: RunStatus; readonly notRedrivable?: string },
  now: number,
): MapRunView {
  const isRunning = record.status === "RUNNING";
  // A batch is a cell: how many there will be is known only when all items were read.
  const counted = items.isBatched ? record.executionCounts.total : record.itemCounts.total;
  const total = Math.min(mostChildren, Math.max(counted, items.length));
  const { succeeded, failed, timedOut, aborted } = record.executionCounts;
  const from = Math.max(record.startDate, record.redriveDate ?? 0);
  const seconds = Math.max(1, ((record.stopDate ?? now) - from) / 1_000);
  const average = (succeeded + failed + timedOut + aborted) / seconds;
  const rate = isRunning ? (items.rate(now) ?? average) : average;
  return {
    ...mapRunRow(record),
    executionCounts: record.executionCounts,
    maxConcurrency: record.maxConcurrency,
    toleratedFailureCount: record.toleratedFailureCount,
    toleratedFailurePercentage: record.toleratedFailurePercentage,
    ...(record.redriveDate !== undefined && { redriveDate: record.redriveDate }),
    parentStatus: parent.status,
    ...(parent.notRedrivable !== undefined && { notRedrivable: parent.notRedrivable }),
    rate,
    isBatched: items.isBatched,
    isTruncated: items.isTruncated || counted > mostChildren,
    items: { total, packed: packStatuses(withPending(items, pending), total) },
    errors: errorGroups(items),
  };
}

/** The children that begin again are in the store as they failed. */
function withPending(items: MapRunItems, pending: ReadonlySet<string>): Uint8Array {
  if (pending.size === 0) return items.statuses;
  const statuses = items.statuses.slice();
  for (let index = 0; index < items.length; index++) {
    const arn = items.arns[index];
    if (arn !== undefined && pending.has(arn)) statuses[index] = numberOf("pendingRedrive");
  }
  return statuses;
}

function errorGroups(items: MapRunItems): readonly MapRunErrorGroup[] {
  const groups = new Map<string, number[]>();
  for (const [index, { error }] of items.failures) {
    // Those that were stopped because others failed are no failures of their own.
    if (items.statusAt(index) !== "failed") continue;
    const group = groups.get(error);
    if (group === undefined) groups.set(error, [index]);
    else group.push(index);
  }
  return [...groups]
    .sort(([, a], [, b]) => b.length - a.length)
    .slice(0, mostGroups)
    .map(([error, indexes]) => {
      indexes.sort((a, b) => a - b);
      const first = indexes[0] ?? 0;
      const cause = items.failures.get(first)?.cause;
      return {
        error,
        count: indexes.length,
        sample: items.arns[first] ?? "",
        ...(cause !== undefined && { cause }),
        ranges: rangesOf(indexes),
      };
    });
}

/** Rising numbers as runs: where one begins, how long it is, where the next begins… */
export function rangesOf(indexes: readonly number[]): readonly number[] {
  const ranges: number[] = [];
  let from = -1;
  let length = 0;
  for (const index of indexes) {
    if (index === from + length && length > 0) {
      length++;
      continue;
    }
    if (length > 0) ranges.push(from, length);
    [from, length] = [index, 1];
  }
  if (length > 0) ranges.push(from, length);
  return ranges;
}

/** Which children are asked for. */
export interface MapRunChildFilter {
  readonly index?: number;
  readonly status?: string;
  readonly error?: string;
  /** Those that ended, and took so many milliseconds or more, and less than so many. */
  readonly least?: number;
  readonly below?: number;
}

export interface MapRunChildQuery extends MapRunChildFilter {
  readonly offset: number;
  readonly limit: number;
}

function isWanted(items: MapRunItems, index: number, wanted: MapRunChildFilter): boolean {
  const { status, error, least, below } = wanted;
  if (items.arns[index] === undefined) return false;
  if (wanted.index !== undefined && wanted.index !== index) return false;
  if (status !== undefined && items.statusAt(index) !== status) return false;
  if (error !== undefined && items.failures.get(index)?.error !== error) return false;
  if (least === undefined && below === undefined) return true;
  // Those that were stopped are in no bar of the histogram.
  if (items.statusAt(index) === "aborted") return false;
  const took = durationAt(items, index);
  return took >= (least ?? 0) && took < (below ?? Infinity);
}

/** Children in the order of their input, of those that are asked for. */
export function mapRunChildPage(items: MapRunItems, query: MapRunChildQuery): MapRunChildPage {
  const rows: MapRunChildRow[] = [];
  let total = 0;
  for (let index = 0; index < items.length; index++) {
    const executionArn = items.arns[index];
    if (executionArn === undefined || !isWanted(items, index, query)) continue;
    if (total >= query.offset && rows.length < query.limit) {
      const failure = items.failures.get(index);
      const stopped = items.stopped[index] ?? 0;
      rows.push({
        index,
        executionArn,
        status: items.statusAt(index),
        startDate: items.started[index] ?? 0,
        ...(stopped !== 0 && { stopDate: stopped }),
        ...(failure !== undefined && failure),
      });
    }
    total++;
  }
  return { rows, total };
}

/** Which cells of the grid are asked for: 1 for each that is. */
export function mapRunMask(items: MapRunItems, wanted: MapRunChildFilter): ItemStatusView {
  const marks = new Uint8Array(items.length);
  for (let index = 0; index < items.length; index++) {
    if (isWanted(items, index, wanted)) marks[index] = 1;
  }
  return { total: items.length, packed: packStatuses(marks, items.length) };
}
