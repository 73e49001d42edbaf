export const triggerTabs = [
  "schedules",
  "rules",
  "pipes",
  "routes",
  "deliveries",
  "archives",
] as const;
export type TriggerTab = (typeof triggerTabs)[number];

export interface TriggersSearch {
  /** Absent: the schedules. */
  readonly tab?: TriggerTab;
  /** The ARN or id of what is opened. */
  readonly open?: string;
}

export function triggersSearch(search: Readonly<Record<string, unknown>>): TriggersSearch {
  const tab = triggerTabs.find((each) => each === search["tab"]);
  const open = search["open"];
  return { ...(tab && { tab }), ...(typeof open === "string" && { open }) };
}
