/** The kinds of what the page shows, each in a tab. */
export const accessTabs = ["users", "groups", "roles", "policies", "sessions"] as const;
export type AccessTab = (typeof accessTabs)[number];

export interface AccessSearch {
  readonly tab?: AccessTab | undefined;
  /** Which of them is looked at: a name, or the ARN of a policy; absent: all. */
  readonly name?: string | undefined;
}

export function accessSearch(search: Readonly<Record<string, unknown>>): AccessSearch {
  const tab = accessTabs.find((known) => known === search["tab"]);
  // A name of digits is read as a number.
  const name = search["name"];
  return {
    ...(tab && { tab }),
    ...((typeof name === "string" || typeof name === "number") && { name: String(name) }),
  };
}
