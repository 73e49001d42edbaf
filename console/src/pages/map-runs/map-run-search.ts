/** What of a Map Run's page is in its address. */
export interface MapRunSearch {
  /** `table` instead of the grid. */
  readonly view?: "table";
  /** The item that is looked at, from 0. */
  readonly item?: number;
  /** Only those with this status, or this error. */
  readonly status?: string;
  readonly error?: string;
  /** Only those that took so many milliseconds or more, and less than so many. */
  readonly least?: number;
  readonly below?: number;
  /** The item is shown beside the grid. */
  readonly look?: true;
  /** Width of a cell; absent: as it fits. */
  readonly zoom?: number;
}

export function mapRunSearch(search: Readonly<Record<string, unknown>>): MapRunSearch {
  const number = (name: "item" | "zoom" | "least" | "below", least: number) => {
    const value = Number(search[name] ?? Number.NaN);
    return Number.isSafeInteger(value) && value >= least ? { [name]: value } : {};
  };
  const text = (name: "status" | "error") =>
    search[name] === undefined ? {} : { [name]: String(search[name]) };
  return {
    ...(search["view"] === "table" && { view: "table" }),
    ...number("item", 0),
    ...text("status"),
    ...text("error"),
    ...number("least", 0),
    ...number("below", 1),
    ...(search["look"] === true && { look: true }),
    ...number("zoom", 1),
  };
}

/** A search without what says nothing, so that the address is short. */
export function withoutNothing(search: {
  readonly [N in keyof MapRunSearch]?: MapRunSearch[N] | undefined;
}): MapRunSearch {
  return Object.fromEntries(
    Object.entries(search).filter(([, value]) => value !== undefined),
  ) as MapRunSearch;
}
