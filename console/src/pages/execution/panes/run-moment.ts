import type {
  AttemptView,
  ItemsView,
  NodeView,
  TakenEdge,
  VisitStatus,
  VisitView,
} from "../../../../../src/console/view-types.ts";
import { typeOfArn } from "../../../../../src/machine/arns.ts";
import { firstAfter, marksOf, type RunMark } from "./run-marks.ts";

/**
 * The visits as they were right after an event.
 *
 * Only the events that entered and left states and began and ended attempts are known by their ids; what lies between
 * them is judged by its time. `lastEventId` says when that was which ended with the execution and has no event of its
 * own; without it, that has ended from the last known event on.
 */
export function momentOf(
  visits: readonly VisitView[],
  at: number,
  lastEventId?: number,
): readonly VisitView[] {
  const marks = marksOf(visits);
  if (at >= Math.max(lastEventId ?? 0, marks.at(-1)?.id ?? 0)) return visits;
  const moment = new Moment(visits, marks, at, lastEventId);
  return moment.visits();
}

class Moment {
  readonly #all: readonly VisitView[];
  readonly #byId: ReadonlyMap<number, VisitView>;
  readonly #marks: readonly RunMark[];
  readonly #at: number;
  readonly #lastEventId: number;
  /** What has happened by then has happened before this time, or at it. */
  readonly #latest: number;

  constructor(
    visits: readonly VisitView[],
    marks: readonly RunMark[],
    at: number,
    lastEventId: number | undefined,
  ) {
    this.#all = visits;
    this.#byId = new Map(visits.map((visit) => [visit.id, visit]));
    this.#marks = marks;
    this.#at = at;
    this.#lastEventId = lastEventId ?? marks.at(-1)?.id ?? 0;
    this.#latest = marks[firstAfter(marks, at)]?.at ?? Infinity;
  }

  visits(): readonly VisitView[] {
    const within = new Map<number, number>();
    const lanes = new Map<number, Map<number, VisitView>>();
    for (const visit of this.#all) {
      if (visit.parent === 0) continue;
      let ofParent = lanes.get(visit.parent);
      if (ofParent === undefined) lanes.set(visit.parent, (ofParent = new Map()));
      // The newest one of all, not of the moment: whether a lane has ended is asked of its last state.
      ofParent.set(visit.lane, visit);
      if (visit.id > this.#at) continue;
      for (let { parent } = visit; parent !== 0; parent = this.#byId.get(parent)?.parent ?? 0) {
        within.set(parent, (within.get(parent) ?? 0) + 1);
      }
    }
    return this.#all.flatMap((visit) =>
      visit.id > this.#at
        ? []
        : [this.#visit(visit, within.get(visit.id) ?? 0, lanes.get(visit.id))],
    );
  }

  #visit(
    visit: VisitView,
    within: number,
    lanes: ReadonlyMap<number, VisitView> | undefined,
  ): VisitView {
    // A Map begins its items right after it was entered.
    const items = this.#at > visit.id ? visit.items && this.#items(visit.items, lanes) : undefined;
    if (this.#hasEnded(visit)) return visit;
    const {
      exitedAt,
      exitEventId: _exitEventId,
      error: _error,
      cause: _cause,
      until,
      resource,
      childArn,
      items: _items,
      ...rest
    } = visit;
    const attempts = visit.attempts.flatMap((attempt) => this.#attempt(attempt));
    const last = attempts.at(-1);
    const waitsUntil =
      visit.type === "Wait"
        ? (until ?? (visit.status === "succeeded" ? exitedAt : undefined))
        : undefined;
    const wasHandedOver = last?.submittedAt !== undefined || last?.status === "succeeded";
    // What went wrong without an attempt (an expression, a branch) has no event here: it is as it ended, or not yet.
    const isAsNow =
      exitedAt === undefined &&
      visit.attempts.length === attempts.length &&
      last?.endedAt === visit.attempts.at(-1)?.endedAt;
    const failed = last?.status === "failed" ? last : undefined;
    return {
      ...rest,
      status: isAsNow ? visit.status : statusThen(visit, last),
      attempts,
      within,
      ...(waitsUntil !== undefined && { until: waitsUntil }),
      ...(resource !== undefined && attempts.length > 0 && { resource }),
      ...(childArn !== undefined && wasHandedOver && { childArn }),
      ...(items && { items }),
      ...(isAsNow ? failureOf(visit) : failed && failureOf(failed)),
    };
  }

  #hasEnded(visit: VisitView): boolean {
    const { exitedAt, exitEventId } = visit;
    if (exitedAt === undefined) return false;
    return this.#at >= (exitEventId ?? this.#endOf(visit, exitedAt));
  }

  /** The event that ended a visit that was never left: it is no visit's own, but its time is known. */
  #endOf(visit: VisitView, exitedAt: number): number {
    const last = visit.attempts.at(-1);
    if (last?.endedAt === exitedAt && last.endEventId !== undefined && last.status === "aborted") {
      return last.endEventId;
    }
    for (
      let holder = this.#byId.get(visit.parent);
      holder;
      holder = this.#byId.get(holder.parent)
    ) {
      if (holder.exitEventId !== undefined && holder.exitedAt === exitedAt)
        return holder.exitEventId;
    }
    const later = this.#marks[firstAfterTime(this.#marks, exitedAt)];
    return later === undefined ? this.#lastEventId : later.id - 1;
  }

  #attempt(attempt: AttemptView): AttemptView[] {
    if (attempt.id > this.#at) return [];
    if (attempt.endEventId !== undefined && attempt.endEventId <= this.#at) return [attempt];
    const { id, scheduledAt, startedAt, submittedAt } = attempt;
    const isStarted = startedAt !== undefined && this.#at > id && startedAt <= this.#latest;
    const isSubmitted =
      submittedAt !== undefined &&
      submittedAt <= this.#latest &&
      this.#at > id + (startedAt === undefined ? 0 : 1);
    return [
      {
        id,
        scheduledAt,
        ...(isStarted && { startedAt }),
        ...(isSubmitted && { submittedAt }),
        status: isSubmitted ? "waiting" : isStarted ? "running" : "scheduled",
      },
    ];
  }

  /** An item has ended well when its last state has. */
  #items({ total }: ItemsView, lanes: ReadonlyMap<number, VisitView> = new Map()): ItemsView {
    const items = { total, started: 0, succeeded: 0, failed: 0, aborted: 0 };
    for (const last of lanes.values()) {
      const first = this.#firstOf(last);
      if (first.id > this.#at) continue;
      items.started++;
      if (last.id > this.#at || !this.#hasEnded(last)) continue;
      if (last.status === "succeeded" || last.status === "caught") items.succeeded++;
      else if (last.status === "failed") items.failed++;
      else items.aborted++;
    }
    return items;
  }

  readonly #firsts = new Map<string, VisitView>();

  #firstOf({ parent, lane }: VisitView): VisitView {
    if (this.#firsts.size === 0) {
      for (const visit of this.#all) {
        const id = `${visit.parent}:${visit.lane}`;
        if (!this.#firsts.has(id)) this.#firsts.set(id, visit);
      }
    }
    return this.#firsts.get(`${parent}:${lane}`) as VisitView;
  }
}

function firstAfterTime(marks: readonly RunMark[], time: number): number {
  let low = 0;
  let high = marks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((marks[middle]?.at ?? 0) <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}

function failureOf({
  error,
  cause,
}: Pick<AttemptView, "error" | "cause">): Pick<AttemptView, "error" | "cause"> {
  return { ...(error !== undefined && { error }), ...(cause !== undefined && { cause }) };
}

/** What a visit that has not ended is doing. */
function statusThen(visit: VisitView, last: AttemptView | undefined): VisitStatus {
  if (visit.type === "Wait") return "waiting";
  switch (last?.status) {
    case "scheduled":
    case "running":
      // An activity waits for its worker before it runs.
      return last.status === "scheduled" && typeOfArn(visit.resource ?? "") === "activity"
        ? "waiting"
        : "running";
    case "waiting":
      return "waiting";
    case "failed":
      return last.retryAt === undefined ? "failed" : "retrying";
    default:
      return "running";
  }
}

/** What the graph shows of these visits: the states that were entered, and the ways that were gone between them. */
export function nodesOf(visits: readonly VisitView[]): {
  readonly nodes: readonly NodeView[];
  readonly edges: readonly TakenEdge[];
} {
  const byKey = new Map<string, VisitView[]>();
  const lasts = new Map<string, VisitView>();
  const edges = new Map<string, TakenEdge>();
  for (const visit of visits) {
    const same = byKey.get(visit.key);
    if (same === undefined) byKey.set(visit.key, [visit]);
    else same.push(visit);

    const lane = `${visit.parent}:${visit.lane}`;
    const before = lasts.get(lane);
    lasts.set(lane, visit);
    // A Parallel or Map that is tried again begins its lanes anew: no way leads there from what was left.
    if (before === undefined || !wasLeft(before)) continue;
    const kind = before.status === "caught" ? "catch" : "next";
    const id = `${kind} ${before.key} ${visit.key}`;
    const count = (edges.get(id)?.count ?? 0) + 1;
    edges.set(id, { from: before.key, to: visit.key, kind, count });
  }
  return { nodes: [...byKey.values()].map(nodeOf), edges: [...edges.values()] };
}

function wasLeft({ status }: VisitView): boolean {
  return status === "succeeded" || status === "caught";
}

function nodeOf(visits: readonly VisitView[]): NodeView {
  const [first] = visits as readonly [VisitView, ...VisitView[]];
  const node = {
    key: first.key,
    entries: visits.length,
    running: 0,
    waiting: 0,
    retrying: 0,
    succeeded: 0,
    caught: 0,
    failed: 0,
    aborted: 0,
    attempts: 0,
    firstAt: first.enteredAt,
    lastAt: first.enteredAt,
    totalMs: 0,
    lastVisit: first.id,
  };
  let items: ItemsView | undefined;
  for (const visit of visits) {
    node[visit.status]++;
    node.attempts += visit.attempts.length;
    node.lastVisit = visit.id;
    if (visit.exitedAt !== undefined) node.totalMs += visit.exitedAt - visit.enteredAt;
    const ends = visit.attempts.map(({ endedAt }) => endedAt ?? 0);
    node.lastAt = Math.max(node.lastAt, visit.enteredAt, visit.exitedAt ?? 0, ...ends);
    if (visit.items !== undefined) items = sum(items, visit.items);
  }
  const error = newestError(visits);
  return { ...node, ...(error !== undefined && { error }), ...(items && { items }) };
}

function sum(a: ItemsView | undefined, b: ItemsView): ItemsView {
  if (a === undefined) return { ...b };
  return {
    total: a.total + b.total,
    started: a.started + b.started,
    succeeded: a.succeeded + b.succeeded,
    failed: a.failed + b.failed,
    aborted: a.aborted + b.aborted,
  };
}

/** The error of the visit that went wrong last; none, if it has got over it since. */
function newestError(visits: readonly VisitView[]): string | undefined {
  let newest: { readonly id: number; readonly error: string | undefined } | undefined;
  for (const visit of visits) {
    // While a visit is open and at the end of an execution, its last change has no event of its own here.
    const ended = visit.exitEventId ?? (visit.exitedAt === undefined ? undefined : Infinity);
    const failed = visit.attempts.findLast(({ error }) => error !== undefined)?.endEventId;
    const id = visit.error === undefined ? failed : (ended ?? failed ?? visit.id);
    if (id !== undefined && id >= (newest?.id ?? 0)) newest = { id, error: visit.error };
  }
  return newest?.error;
}
