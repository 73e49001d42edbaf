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

/** Our choice: tags that are offered; others can be named in the address. */
const shownTags = 4;

/** The tags that one can group by, that of now among them. */
export function tagGroupings(
  by: string | undefined,
  tags: readonly string[] = [],
): readonly string[] {
  const offered = tags.slice(0, shownTags).map((tag) => `tag:${tag}`);
  return by?.startsWith("tag:") === true && !offered.includes(by) ? [...offered, by] : offered;
}
