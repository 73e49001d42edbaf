/** What of a Map Run's page is in its address. */
export interface MapRunSearch {
  /** `table` instead of the grid. */
  readonly view?: "table";
  /** The item that is looked at, from 0. */
  readonly item?: number;
  /** Only those with this status, or this error. */
  readonly status?: string;
  readonly error?: string;
  /** Width of a cell; absent: as it fits. */
  readonly zoom?: number;
}

export function mapRunSearch(search: Readonly<Record<string, unknown>>): MapRunSearch {
  const number = (name: "item" | "zoom", least: number) => {
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
    ...number("zoom", 1),
  };
}
