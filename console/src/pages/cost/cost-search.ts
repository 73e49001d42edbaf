/** What usage is grouped by. */
export const groupings = ["machine", "version", "alias"] as const;

export interface CostSearch {
  /** Absent: this month. */
  readonly month?: string;
  /** Absent: by machine. `tag:NAME` is by the values of a tag. */
  readonly by?: string;
}

export function costSearch(search: Readonly<Record<string, unknown>>): CostSearch {
  const { month, by } = search;
  return {
    ...(typeof month === "string" && /^\d{4}-\d\d$/.test(month) && { month }),
    ...(typeof by === "string" && /^(?:version|alias|tag:.+)$/.test(by) && { by }),
  };
}
