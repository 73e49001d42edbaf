export const standInTabs = ["queues", "topics", "tables", "events"] as const;
export type StandInTab = (typeof standInTabs)[number];

export interface StandInsSearch {
  /** Absent: the queues. */
  readonly tab?: StandInTab;
  /** The ARN or id of what is opened. */
  readonly open?: string;
}

export function standInsSearch(search: Readonly<Record<string, unknown>>): StandInsSearch {
  const tab = standInTabs.find((each) => each === search["tab"]);
  const open = search["open"];
  return { ...(tab && { tab }), ...(typeof open === "string" && { open }) };
}
