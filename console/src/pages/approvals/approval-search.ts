const tabs = ["mine", "free", "open", "done", "audit"] as const;
export type ApprovalTab = (typeof tabs)[number];

/** What of the page of approvals is in its address. */
export interface ApprovalSearch {
  /** The question that is shown. */
  readonly task?: string;
  readonly q?: string | undefined;
  readonly sort?: "age" | undefined;
  /** Absent: all that is open. */
  readonly tab?: ApprovalTab;
}

export function approvalSearch(search: Readonly<Record<string, unknown>>): ApprovalSearch {
  const tab = tabs.find((each) => each === search["tab"]);
  return {
    ...(search["task"] !== undefined && { task: String(search["task"]) }),
    ...(search["q"] !== undefined && { q: String(search["q"]) }),
    ...(search["sort"] === "age" && { sort: "age" }),
    ...(tab !== undefined && { tab }),
  };
}
