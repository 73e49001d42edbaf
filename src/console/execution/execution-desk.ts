import type { JsonObject } from "../../expression/json.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Store } from "../../ports/store.ts";
import type { Engine } from "../../runtime/engine.ts";
import { parseArn } from "../../service/arns.ts";
import { errors } from "../../service/errors/errors.ts";
import type { RequestContext } from "../../service/operation.ts";
import type { ConsoleAccess } from "../access.ts";
import type { IndexedExecution } from "../index/execution-index.ts";
import type { ExecutionSearch } from "../index/execution-search.ts";
import { facetsOf } from "../index/facets.ts";
import { errorGroupsOf, histogramOf, isFailure, rowOf } from "../index/summaries.ts";
import { inlineItems } from "../map-runs/inline-items.ts";
import type {
  ExecutionChange,
  ExecutionPage,
  ExecutionView,
  InlineItemsView,
  VisitPage,
} from "../view-types.ts";
import { executionChange, executionView } from "./execution-views.ts";
import type { LiveExecution } from "./live-executions.ts";
import { type EventRange, publicEvents } from "./public-events.ts";
import { runDefinition } from "./run-definition.ts";

export interface ExecutionDeskParts {
  readonly access: ConsoleAccess;
  readonly engine: Pick<Engine, "expressHistories" | "history">;
  readonly store: Pick<Store, "revision">;
  readonly search: ExecutionSearch;
  readonly clock: Clock;
}

/** Which visits are asked for. */
export interface VisitQuery {
  /** Only those right within this visit; absent: all. */
  readonly parent?: number;
  readonly lane?: number;
  readonly status?: string;
  readonly key?: string;
  readonly offset: number;
  readonly limit: number;
}

/** Our choice: bars of the histogram above a list. */
const bars = 48;
/** Our choice: rows of a page of the list, and kinds of failures beside it. */
const pageSize = 100;
const mostErrors = 20;

/** Executions: the list of them, and each with all that its history says. */
export class ExecutionDesk {
  readonly #parts: ExecutionDeskParts;

  constructor(parts: ExecutionDeskParts) {
    this.#parts = parts;
  }

  /** Executions that the filter picks, the newest first; `after` is the ARN that the page before ended with. */
  async page(
    { filter, after }: { readonly filter: string; readonly after?: string },
    request: RequestContext,
  ): Promise<ExecutionPage & { readonly problems: readonly string[] }> {
    const { access, search, clock } = this.#parts;
    await access.maySearch(filter, request);
    const now = clock.now();
    const found = await search.find(filter, now);
    const { executions, matches, isWanted, terms, problems, unindexed } = found;
    const rest = after === undefined ? matches : following(executions, after).filter(isWanted);
    const page = rest.slice(0, pageSize);
    await search.explain(page.filter(isFailure));
    const last = page.at(-1);
    return {
      rows: page.map(rowOf),
      total: matches.length,
      ...(rest.length > pageSize && last && { next: last.executionArn }),
      histogram: histogramOf(matches, bars),
      errors: errorGroupsOf(matches, mostErrors),
      facets: facetsOf(executions, matches, terms, now),
      unindexed,
      problems,
    };
  }

  /** All that the filter picks, the newest first; it has to be understood to its end. */
  exactly(filter: string, request: RequestContext): Promise<readonly IndexedExecution[]> {
    return this.#parts.access.exactly(filter, request);
  }

  /** It shows what three operations of the API show. */
  async one(executionArn: string, request: RequestContext): Promise<ExecutionView> {
    const { access, store, clock } = this.#parts;
    await access.may("states:DescribeStateMachineForExecution", executionArn, request);
    await access.may("states:GetExecutionHistory", executionArn, request);
    const live = await access.read(executionArn, "states:DescribeExecution", request);
    return executionView(live, await runDefinition(store, live), clock.now());
  }

  /** What has changed in an execution after the event `since`, for who has been asked whether they may watch it. */
  change(live: LiveExecution, since: number): ExecutionChange {
    return executionChange(live, since, this.#parts.clock.now());
  }

  async visits(
    executionArn: string,
    query: VisitQuery,
    request: RequestContext,
  ): Promise<VisitPage> {
    const { fold } = await this.#parts.access.readHistory(executionArn, request);
    return fold.visits(
      ({ parent, lane, status, key }) =>
        (query.parent === undefined || parent === query.parent) &&
        (query.lane === undefined || lane === query.lane) &&
        (query.key === undefined || key === query.key) &&
        (query.status === undefined || status === query.status),
      query.offset,
      query.limit,
    );
  }

  /** Public events as the API shows them. */
  async events(
    executionArn: string,
    range: EventRange,
    includeData: boolean,
    request: RequestContext,
  ): Promise<JsonObject> {
    const { access, engine } = this.#parts;
    await access.may("states:GetExecutionHistory", executionArn, request);
    parseArn(executionArn, "execution", "express");
    return publicEvents(engine, executionArn, range, includeData);
  }

  /** The iterations of a Map that runs within its execution. */
  async items(
    executionArn: string,
    visit: number,
    request: RequestContext,
  ): Promise<InlineItemsView> {
    const { fold } = await this.#parts.access.readHistory(executionArn, request);
    const items = inlineItems(fold, visit);
    if (items === undefined) throw errors.validation(`${visit} is no visit of an inline Map`);
    return items;
  }
}

/** Those behind the one that the page before ended with, whether or not it still matches. */
function following(
  executions: readonly IndexedExecution[],
  after: string,
): readonly IndexedExecution[] {
  const last = executions.findIndex(({ executionArn }) => executionArn === after);
  // It has been forgotten, and with it all that is older.
  return last === -1 ? [] : executions.slice(last + 1);
}
