import { redriveStatus } from "../../machine/redrive/redrive-status.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Feed } from "../../ports/feed.ts";
import type { MapRunRecord } from "../../ports/map-run-store.ts";
import type { Store } from "../../ports/store.ts";
import type { Engine } from "../../runtime/engine.ts";
import { errors } from "../../service/errors/errors.ts";
import type { RequestContext } from "../../service/operation.ts";
import type { ConsoleAccess } from "../access.ts";
import type {
  ItemStatusView,
  MapRunChildPage,
  MapRunRow,
  MapRunTimesView,
  MapRunView,
} from "../view-types.ts";
import type { MapRunIndex } from "./map-run-index.ts";
import { LiveMapRunItems, type MapRunItems } from "./map-run-items.ts";
import { mapRunTimes } from "./map-run-times.ts";
import {
  type MapRunChildFilter,
  type MapRunChildQuery,
  mapRunChildPage,
  mapRunMask,
  mapRunRow,
  mapRunView,
} from "./map-run-views.ts";

/** Our choice: rows of the list; older runs are found through their executions. */
const mostListed = 200;

export interface MapRunDeskParts {
  readonly access: ConsoleAccess;
  readonly engine: Engine;
  readonly feed: Feed;
  readonly store: Store;
  readonly clock: Clock;
  readonly index: MapRunIndex;
}

/** Map Runs: the list of them, and each with its children. */
export class MapRunDesk {
  readonly #access: ConsoleAccess;
  readonly #engine: Engine;
  readonly #store: Store;
  readonly #clock: Clock;
  readonly #index: MapRunIndex;
  readonly #items: LiveMapRunItems;
  readonly #unsubscribe: () => void;

  constructor({ access, engine, feed, store, clock, index }: MapRunDeskParts) {
    this.#access = access;
    this.#engine = engine;
    this.#store = store;
    this.#clock = clock;
    this.#index = index;
    this.#items = new LiveMapRunItems(store, () => clock.now());
    this.#unsubscribe = feed.subscribe(this.#items);
  }

  close(): void {
    this.#unsubscribe();
  }

  /** The newest Map Runs of all executions. */
  async list(request: RequestContext): Promise<readonly MapRunRow[]> {
    await this.#access.may("states:ListMapRuns", "*", request);
    await this.#index.loaded();
    const asked = this.#index.newestFirst().slice(0, mostListed);
    const records = await Promise.all(asked.map((mapRunArn) => this.#record(mapRunArn)));
    return records.flatMap((record) => (record === undefined ? [] : [mapRunRow(record)]));
  }

  async view(mapRunArn: string, request: RequestContext): Promise<MapRunView> {
    await this.#access.may("states:DescribeMapRun", mapRunArn, request);
    const record = await this.#engine.mapRun(mapRunArn);
    if (record === undefined) throw errors.resourceNotFound(mapRunArn);
    const now = this.#clock.now();
    const [items, pending, parent] = await Promise.all([
      this.#items.find(mapRunArn),
      record.redriveCount === 0 || record.status !== "RUNNING"
        ? new Set<string>()
        : this.#engine.pendingRedrives(mapRunArn),
      this.#store.execution(record.executionArn),
    ]);
    const status = parent?.status ?? "RUNNING";
    const { reason } = redriveStatus(status, parent?.stopDate, now);
    const redrivable = { status, ...(reason !== undefined && { notRedrivable: reason }) };
    return mapRunView(record, items, pending, redrivable, now);
  }

  async children(
    mapRunArn: string,
    query: MapRunChildQuery,
    request: RequestContext,
  ): Promise<MapRunChildPage> {
    return mapRunChildPage(await this.#itemsOf(mapRunArn, request), query);
  }

  /** The cells of the grid that a filter picks. */
  async mask(
    mapRunArn: string,
    filter: MapRunChildFilter,
    request: RequestContext,
  ): Promise<ItemStatusView> {
    return mapRunMask(await this.#itemsOf(mapRunArn, request), filter);
  }

  async times(mapRunArn: string, request: RequestContext): Promise<MapRunTimesView> {
    return mapRunTimes(await this.#itemsOf(mapRunArn, request), this.#clock.now());
  }

  /** Its children are executions: whoever may list them may see how each is doing. */
  async #itemsOf(mapRunArn: string, request: RequestContext): Promise<MapRunItems> {
    await this.#access.may("states:ListExecutions", mapRunArn, request);
    if ((await this.#engine.mapRun(mapRunArn)) === undefined) {
      throw errors.resourceNotFound(mapRunArn);
    }
    return this.#items.find(mapRunArn);
  }

  async #record(mapRunArn: string): Promise<MapRunRecord | undefined> {
    const ended = this.#index.ended(mapRunArn);
    if (ended !== undefined) return ended;
    const record = await this.#engine.mapRun(mapRunArn);
    if (record !== undefined && record.status !== "RUNNING") this.#index.noteEnded(record);
    return record;
  }
}
