import type { Path } from "../document/definition-document.ts";
import type { NewValue } from "../document/new-value.ts";

/**
 * A place that is changed as a whole: members of one object that belong together, or an item of an array. `Next` and `End`
 * of a state are one place: either says where it goes on.
 */
export interface MergePlace {
  /** What holds the members. */
  readonly holder: Path;
  readonly names: readonly (string | number)[];
  /** The member of mine that it stands behind in theirs, `null`: before all. Absent: at the end. */
  readonly after?: string | null;
}

/** What one side has at a place, name by name; a name that is not there is absent. */
export type MergeSide = ReadonlyMap<string | number, NewValue>;

/** A place that only they have changed, or both in the same way: it is taken as they have it. */
export interface MergedChange {
  readonly place: MergePlace;
  readonly theirs: MergeSide;
}

/** A place that both have changed, each in another way. */
export interface MergeConflict {
  /** Stable for the same three definitions: what a choice is remembered by. */
  readonly id: string;
  readonly place: MergePlace;
  readonly base: MergeSide;
  readonly theirs: MergeSide;
  readonly mine: MergeSide;
}

/** What three definitions come to: what both began with, what somebody else has saved, and mine. */
export interface Merge {
  /** What they changed where I did not, in the order of their text. */
  readonly changes: readonly MergedChange[];
  readonly conflicts: readonly MergeConflict[];
}

export type MergeChoice = "mine" | "theirs";

/** By the ids of conflicts; one that is not chosen stays as it is in mine. */
export type MergeChoices = ReadonlyMap<string, MergeChoice>;
