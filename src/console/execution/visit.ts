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
