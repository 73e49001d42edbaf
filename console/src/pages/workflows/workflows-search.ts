export const sortColumns = [
  "name",
  "type",
  "owner",
  "started",
  "p50",
  "p95",
  "running",
  "updated",
  "lastStart",
] as const;
export type SortColumn = (typeof sortColumns)[number];

/** What of the list of workflows is in its address. */
export interface WorkflowsSearch {
  readonly q?: string;
  /** `key=value`: only workflows with this tag. */
  readonly tag?: string;
  /** What begins the key of the tag that they are grouped by. */
  readonly group?: string;
  /** The ARN of the workflow that is peeked at. */
  readonly peek?: string;
  /** A column; with `-` before it, the largest first. Absent: by name. */
  readonly sort?: string;
}

/** What of a workflow's page is in its address. */
export interface WorkflowSearch {
  readonly tab?: string;
  /** The state that is selected in the graph. */
  readonly state?: string;
  /** What tints the states of the graph: see `overlays`. */
  readonly heat?: string;
  /** Versions that are compared; absent: the newest one, and the current definition. */
  readonly from?: string;
  readonly to?: string;
  /** `split`: the two definitions side by side; `graph`: as one graph. */
  readonly diff?: string;
  /** The language of the snippets. */
  readonly lang?: string;
  /** `definition`: it is being edited. */
  readonly edit?: string;
  /** Hours that the charts show; absent: 24. */
  readonly hours?: string;
}

export function workflowsSearch(search: Readonly<Record<string, unknown>>): WorkflowsSearch {
  return texts(search, ["q", "sort", "tag", "group", "peek"]);
}

export function workflowSearch(search: Readonly<Record<string, unknown>>): WorkflowSearch {
  return texts(search, ["tab", "state", "heat", "from", "to", "diff", "lang", "edit", "hours"]);
}

/** Those that say something: what is empty is not in an address. */
function texts<N extends string>(
  search: Readonly<Record<string, unknown>>,
  names: readonly N[],
): { readonly [K in N]?: string } {
  const found: { [K in N]?: string } = {};
  for (const name of names) {
    const value = search[name];
    if (value !== undefined && value !== "") found[name] = String(value);
  }
  return found;
}
