export const stackTabs = ["resources", "outputs", "events", "change"] as const;
export type StackTab = (typeof stackTabs)[number];

export interface StacksSearch {
  /** Absent: the resources. */
  readonly tab?: StackTab;
  /** The id of the stack that is opened. */
  readonly open?: string;
}

export function stacksSearch(search: Readonly<Record<string, unknown>>): StacksSearch {
  const tab = stackTabs.find((each) => each === search["tab"]);
  const open = search["open"];
  return { ...(tab && { tab }), ...(typeof open === "string" && { open }) };
}
