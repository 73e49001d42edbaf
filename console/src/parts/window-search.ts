import type { TimeWindow } from "../../../src/console/view-types.ts";

/** A window of time in the address: both ends, in milliseconds, or neither. */
export type WindowSearch = Partial<TimeWindow>;

export function windowSearch(search: Readonly<Record<string, unknown>>): WindowSearch {
  const [from, to] = [Number(search["from"]), Number(search["to"])];
  const isWindow = Number.isSafeInteger(from) && Number.isSafeInteger(to) && 0 <= from && from < to;
  return isWindow && to <= latest ? { from, to } : {};
}

/** The last moment that a `Date` can tell. */
const latest = 8_640_000_000_000_000;

export function windowOf({ from, to }: WindowSearch): TimeWindow | undefined {
  return from === undefined || to === undefined ? undefined : { from, to };
}

/** A term of the list's filter: what started within the window. */
export function startedWithin({ from, to }: TimeWindow): string {
  return `started:${new Date(from).toISOString()}..${new Date(to - 1).toISOString()}`;
}
