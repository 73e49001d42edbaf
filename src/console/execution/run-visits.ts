import type { JournalEvent } from "../../machine/journal/journal-event.ts";
import type { ItemsView, VisitStatus, VisitView } from "../view-types.ts";
import { endAttempt } from "./attempt.ts";
import type { RunSums } from "./run-sums.ts";
import { recover, shownVisit, type Visit } from "./visit.ts";

/** The visits of a run, in the order in which they were entered; what changes one changes the sums. */
export class RunVisits {
  readonly #sums: RunSums;
  readonly #visits = new Map<number, Visit>();

  constructor(sums: RunSums) {
    this.#sums = sums;
  }

  get size(): number {
    return this.#visits.size;
  }

  get(id: number): Visit | undefined {
    return this.#visits.get(id);
  }

  /** Those that `wanted` picks. */
  page(
    wanted: (visit: Visit) => boolean,
    offset: number,
    limit: number,
  ): { readonly visits: readonly VisitView[]; readonly total: number } {
    const page: VisitView[] = [];
    let total = 0;
    for (const visit of this.#visits.values()) {
      if (!wanted(visit)) continue;
      if (total >= offset && page.length < limit) page.push(shownVisit(visit));
      total++;
    }
    return { visits: page, total };
  }

  /** Those that have changed after that event; 0: all of them. */
  since(eventId: number): readonly VisitView[] {
    return this.page(({ changedAt }) => changedAt > eventId, 0, Infinity).visits;
  }

  /** The event that ended the task which this one scheduled. */
  endOfTask(taskId: number): number | undefined {
    for (const { attempts } of this.#visits.values()) {
      const attempt = attempts.find(({ id }) => id === taskId);
      if (attempt !== undefined) return attempt.endEventId;
    }
    return undefined;
  }

  /** `left` is the state that led to it. */
  enter(entered: Omit<Visit, "changedAt">, left: Visit | undefined): Visit {
    const visit: Visit = { ...entered, changedAt: this.#sums.clock };
    // A way is gone when it has been: what was left may end before the next state is entered.
    if (left?.exitEventId !== undefined)
      this.#sums.taken(left.key, visit.key, left.status === "caught" ? "catch" : "next");
    this.#visits.set(visit.id, visit);
    for (const holder of this.holders(visit)) {
      holder.within++;
      holder.changedAt = this.#sums.clock;
    }
    this.#sums.entered(visit);
    return visit;
  }

  /** The Parallel and Map states that hold it, from within outwards. */
  *holders({ parent }: Visit): Generator<Visit> {
    for (let holder = this.#visits.get(parent); holder !== undefined;) {
      yield holder;
      holder = this.#visits.get(holder.parent);
    }
  }

  set(visit: Visit, status: VisitStatus): void {
    const before = visit.status;
    visit.status = status;
    visit.changedAt = this.#sums.clock;
    this.#sums.changed(visit, before);
  }

  end(visit: Visit, at: number, status: VisitStatus): void {
    visit.exitedAt = at;
    delete visit.until;
    this.set(visit, status);
    this.#sums.took(visit, at - visit.enteredAt);
  }

  /** It ends with what it is in, if it has not ended. */
  endBadly(visit: Visit, event: JournalEvent): void {
    if (visit.exitedAt !== undefined) return;
    const status = visit.hasFailed ? "failed" : "aborted";
    endAttempt(visit, event, status);
    this.end(visit, event.at, status);
  }

  /** It goes on with a redrive. */
  reopen(visit: Visit): void {
    if (visit.exitedAt !== undefined) {
      this.#sums.took(visit, visit.enteredAt - visit.exitedAt);
      delete visit.exitedAt;
    }
    recover(visit);
    visit.hasFailed = visit.type === "Fail";
    this.setItems(visit, visit.items && { ...visit.items, failed: 0, aborted: 0 });
    this.set(visit, "running");
  }

  countItem(visit: Visit, what: keyof ItemsView): void {
    const { items } = visit;
    if (items !== undefined) this.setItems(visit, { ...items, [what]: items[what] + 1 });
  }

  setItems(visit: Visit, items: ItemsView | undefined): void {
    const before = visit.items;
    if (items === undefined) delete visit.items;
    else visit.items = items;
    this.#sums.itemsChanged(visit, before);
  }
}
