import { nameOfArn } from "../../machine/arns.ts";
import type { JournalEvent } from "../../machine/journal/journal-event.ts";
import type { ExecutionRecord, Store } from "../../ports/store.ts";
import type { Engine } from "../../runtime/engine.ts";
import { errors } from "../../service/errors/errors.ts";
import type { RequestContext } from "../../service/operation.ts";
import type { ConsoleAccess } from "../access.ts";
import type { ExecutionIndex } from "../index/execution-index.ts";
import type {
  ChildPage,
  ChildRow,
  EventDigests,
  NeighboursView,
  RunStatus,
  VisitView,
} from "../view-types.ts";
import { digestsOf } from "./event-digests.ts";
import { neighboursOf } from "./neighbours.ts";

export interface RelationsOptions {
  readonly engine: Pick<Engine, "expressHistories" | "history" | "mapRun">;
  readonly store: Pick<Store, "execution">;
  readonly index: Pick<ExecutionIndex, "newestFirst">;
  readonly access: ConsoleAccess;
}

/** Our choice: events that are read from the store at a time. */
const eventsAtOnce = 1_000;

/** How executions stand to one another: what one has started, which ran before and after it, what two have in common. */
export class ExecutionRelations {
  readonly #options: RelationsOptions;

  constructor(options: RelationsOptions) {
    this.#options = options;
  }

  async neighbours(executionArn: string, request: RequestContext): Promise<NeighboursView> {
    const { access, index } = this.#options;
    await access.mayList(request);
    return neighboursOf(executionArn, index.newestFirst());
  }

  /** The executions and Map Runs that it has started, in the order of the states that did. */
  async children(
    executionArn: string,
    { offset, limit }: { readonly offset: number; readonly limit: number },
    request: RequestContext,
  ): Promise<ChildPage> {
    const { fold } = await this.#options.access.readHistory(executionArn, request);
    const { visits, total } = fold.visits(
      ({ childArn, mapRunArn }) => (childArn ?? mapRunArn) !== undefined,
      offset,
      limit,
    );
    return { rows: await Promise.all(visits.map((visit) => this.#child(visit, request))), total };
  }

  /** Read page by page: other requests are answered in between. */
  async digests(executionArn: string, request: RequestContext): Promise<EventDigests> {
    await this.#options.access.readHistory(executionArn, request);
    const { engine } = this.#options;
    const express = engine.expressHistories.find(executionArn);
    if (express !== undefined) return { digests: digestsOf(express.events) };
    const digests: Record<string, string> = {};
    for (let from: number | undefined = 1; from !== undefined;) {
      const range = { from, limit: eventsAtOnce, reverse: false };
      const page: { readonly events: readonly JournalEvent[]; readonly more: boolean } | undefined =
        await engine.history(executionArn, range);
      if (page === undefined) throw errors.executionDoesNotExist(executionArn);
      Object.assign(digests, digestsOf(page.events));
      const last = page.events.at(-1);
      from = page.more && last !== undefined ? last.id + 1 : undefined;
    }
    return { digests };
  }

  async #child(visit: VisitView, request: RequestContext): Promise<ChildRow> {
    const { id, name: stateName, childArn, mapRunArn } = visit;
    const arn = childArn ?? mapRunArn ?? "";
    const isExecution = childArn !== undefined;
    // Who may not know how it is doing is only told that there is one.
    const action = isExecution ? "states:DescribeExecution" : "states:DescribeMapRun";
    const known = (await this.#options.access.isAllowed(action, arn, request))
      ? await this.#record(arn, isExecution)
      : undefined;
    return {
      visit: id,
      stateName,
      name: nameOfArn(arn),
      ...(childArn !== undefined && { executionArn: childArn }),
      ...(mapRunArn !== undefined && { mapRunArn }),
      ...(known && {
        status: known.status as RunStatus,
        startDate: known.startDate,
        ...(known.stopDate !== undefined && { stopDate: known.stopDate }),
      }),
    };
  }

  async #record(
    arn: string,
    isExecution: boolean,
  ): Promise<(Pick<ExecutionRecord, "startDate" | "stopDate"> & { status: string }) | undefined> {
    const { engine, store } = this.#options;
    if (!isExecution) return engine.mapRun(arn);
    return engine.expressHistories.find(arn)?.record ?? store.execution(arn);
  }
}
