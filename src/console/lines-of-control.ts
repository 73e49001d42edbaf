import type { BranchId } from "../machine/ids.ts";
import type { JournalEvent } from "../machine/journal/journal-event.ts";

/** A line of control: the execution's own, a branch of a Parallel, or an iteration of a Map. */
interface Line {
  /** The line that made it. */
  readonly parent: BranchId;
}

/** Whether the line of control goes on after the state that it has left; else it ends with it. */
export function leadsOn(event: Extract<JournalEvent, { type: `${string}StateExited` }>): boolean {
  return "internal" in event && event.internal?.next !== undefined;
}

/**
 * The lines that a state of the line `holder` has under way, and those that their states have in turn. `lines` has all
 * but the execution's own.
 */
export function linesWithin<L extends Line>(
  lines: ReadonlyMap<BranchId, L>,
  holder: BranchId,
): readonly (readonly [BranchId, L])[] {
  // All are found before one may be forgotten: the way from an inner line to its holder goes through outer ones.
  const found: (readonly [BranchId, L])[] = [];
  for (const [branch, line] of lines) {
    let parent: BranchId | undefined = line.parent;
    while (parent !== undefined && parent !== holder) parent = lines.get(parent)?.parent;
    if (parent === holder) found.push([branch, line]);
  }
  return found;
}
