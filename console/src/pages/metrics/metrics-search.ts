import { windowSearch, type WindowSearch } from "../../parts/window-search.ts";

/** How many minutes are shown. */
export const ranges = [5, 15, 60] as const;
export type Range = (typeof ranges)[number];

export interface MetricsSearch extends WindowSearch {
  /** Absent: 15. */
  readonly range?: Range;
}

export function metricsSearch(search: Readonly<Record<string, unknown>>): MetricsSearch {
  const range = ranges.find((each) => each === Number(search["range"]));
  return { ...(range !== undefined && { range }), ...windowSearch(search) };
}
