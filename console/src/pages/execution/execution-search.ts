/** What of an execution's page is in its address. */
export interface ExecutionSearch {
  /** The tab of the whole page; absent: the run. */
  readonly page?: string | undefined;
  /** The state that is selected: the id of its visit. */
  readonly visit?: number | undefined;
  /** The state of the definition that is selected, where it was not entered. */
  readonly state?: string | undefined;
  /** The tab of what is selected. */
  readonly tab?: string | undefined;
  /** The moment that is shown: the id of an event; absent: now. */
  readonly at?: number | undefined;
  /** `graph`, `tree` or `timeline` alone; absent: all side by side. */
  readonly pane?: string | undefined;
  /** The family is shown as a tree. */
  readonly family?: true | undefined;
}

export function executionSearch(search: Readonly<Record<string, unknown>>): ExecutionSearch {
  const number = (name: string) => {
    const value = Number(search[name]);
    return Number.isSafeInteger(value) && value > 0 ? { [name]: value } : {};
  };
  const text = (name: string) =>
    search[name] === undefined ? {} : { [name]: String(search[name]) };
  return {
    ...text("page"),
    ...number("visit"),
    ...text("state"),
    ...text("tab"),
    ...number("at"),
    ...text("pane"),
    ...(search["family"] === true && { family: true }),
  };
}
