import { itemStatuses, type ItemStatus } from "../../../../src/console/view-types.ts";

/** Statuses as the server packs them: half-bytes, of two that share a byte the first in its low half. */
export function unpackStatuses(packed: string, total: number): Uint8Array {
  const bytes = atob(packed);
  const statuses = new Uint8Array(total);
  for (let index = 0; index < total; index++) {
    const byte = bytes.charCodeAt(index >> 1);
    statuses[index] = index % 2 === 0 ? byte & 0xf : byte >> 4;
  }
  return statuses;
}

export function statusAt(statuses: Uint8Array, index: number): ItemStatus {
  return itemStatuses[statuses[index] ?? 0] ?? "pending";
}

export function statusNumber(status: ItemStatus): number {
  return itemStatuses.indexOf(status);
}

/** How many items have each status. */
export function countStatuses(statuses: Uint8Array): readonly number[] {
  const counts = itemStatuses.map(() => 0);
  for (const status of statuses) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

/** What has to be seen first, where many share one block. */
const worstFirst = (
  ["failed", "aborted", "pendingRedrive", "running", "pending", "succeeded"] as const
).map(statusNumber);
const severity = itemStatuses.map((_, status) => worstFirst.length - worstFirst.indexOf(status));

export interface BlockStatus {
  readonly worst: number;
  /** Of the items in the block, how many have it: above 0, up to 1. */
  readonly share: number;
  /** What most of the others have. */
  readonly rest: number;
}

/** The items of a block taken together. */
export function blockStatus(statuses: Uint8Array, from: number, to: number): BlockStatus {
  const counts = [0, 0, 0, 0, 0, 0];
  for (let index = from; index < to; index++) {
    const status = statuses[index] ?? 0;
    counts[status] = (counts[status] ?? 0) + 1;
  }
  let worst = -1;
  for (const [status, count] of counts.entries()) {
    if (count > 0 && (worst < 0 || (severity[status] ?? 0) > (severity[worst] ?? 0)))
      worst = status;
  }
  if (worst < 0) worst = 0;
  let rest = worst;
  for (const [status, count] of counts.entries()) {
    if (status === worst || count === 0) continue;
    if (rest === worst || count > (counts[rest] ?? 0)) rest = status;
  }
  return { worst, share: (counts[worst] ?? 0) / Math.max(1, to - from), rest };
}

/** Marks the items that `ranges` names: where a run begins, how long it is, where the next begins… */
export function maskOf(ranges: readonly number[], total: number): Uint8Array {
  const mask = new Uint8Array(total);
  for (let at = 0; at + 1 < ranges.length; at += 2) {
    const from = ranges[at] ?? 0;
    mask.fill(1, from, from + (ranges[at + 1] ?? 0));
  }
  return mask;
}

/** The next item after `from`, or before it, that failed (and is marked, if anything is); it goes around. */
export function nextFailed(
  statuses: Uint8Array,
  from: number,
  step: 1 | -1,
  mask?: Uint8Array,
): number | undefined {
  const total = statuses.length;
  const failed = statusNumber("failed");
  for (let gone = 1; gone <= total; gone++) {
    const index = (((from + step * gone) % total) + total) % total;
    if (statuses[index] === failed && (mask === undefined || mask[index] === 1)) return index;
  }
  return undefined;
}
