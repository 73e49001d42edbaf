import { differenceKinds, type DifferenceKind } from "./run-differences.ts";

/** What of a comparison is in its address. */
export interface CompareSearch {
  /** The ARNs of the two executions. */
  readonly a?: string | undefined;
  readonly b?: string | undefined;
  /** The selected state: the ids of its visits in A and in B, as `a12b14`; `a12` is in A alone. */
  readonly pair?: string | undefined;
  /** The tab; absent: the states. */
  readonly tab?: string | undefined;
  /** Kinds of differences that do not count. */
  readonly without?: readonly DifferenceKind[] | undefined;
  /** Texts are side by side; absent: one below the other. */
  readonly diff?: "split" | undefined;
}

export function compareSearch(search: Readonly<Record<string, unknown>>): CompareSearch {
  const text = (name: "a" | "b" | "pair" | "tab") => {
    const value = search[name];
    return typeof value === "string" ? { [name]: value } : {};
  };
  const given: readonly unknown[] = Array.isArray(search["without"]) ? search["without"] : [];
  const without = differenceKinds.filter((kind) => given.includes(kind));
  return {
    ...text("a"),
    ...text("b"),
    ...text("pair"),
    ...text("tab"),
    ...(without.length > 0 && { without }),
    ...(search["diff"] === "split" && { diff: "split" }),
  };
}
