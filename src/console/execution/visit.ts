import type { AttemptView, VisitView } from "../view-types.ts";

type Changeable<T> = { -readonly [K in keyof T]: T[K] };

export type Attempt = Changeable<AttemptView>;

/** A visit while it is folded: it belongs to its fold, which changes it in place. */
export interface Visit extends Omit<Changeable<VisitView>, "attempts"> {
  readonly attempts: Attempt[];
  /** Something in it failed, and nothing has gone on since. */
  hasFailed: boolean;
  /** The event that changed it last. */
  changedAt: number;
}

/** The visit as it is told. */
export function shownVisit({
  hasFailed: _hasFailed,
  changedAt: _changedAt,
  ...visit
}: Visit): VisitView {
  return { ...visit, attempts: visit.attempts.map((attempt) => ({ ...attempt })) };
}

/** It is tried again: what went wrong is past. */
export function recover(visit: Visit): void {
  visit.hasFailed = false;
  delete visit.exitEventId;
  delete visit.error;
  delete visit.cause;
}

export function fail(visit: Visit, error: string | undefined, cause: string | undefined): void {
  visit.hasFailed = true;
  if (error === undefined) delete visit.error;
  else visit.error = error;
  if (cause === undefined) delete visit.cause;
  else visit.cause = shortened(cause);
}

/** A cause may have 32,768 characters; a list of states needs its beginning. */
function shortened(cause: string): string {
  return cause.length <= longestCause ? cause : `${cause.slice(0, longestCause)}…`;
}

const longestCause = 1_000;
