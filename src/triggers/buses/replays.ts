import { type ArnScope, scopeOf } from "../../machine/arns.ts";
import type { EpochMs } from "../../machine/ids.ts";
import type { Clock } from "../../ports/clock.ts";
import type { DocumentStore } from "../../ports/document-store.ts";
import type { Logger } from "../../ports/logger.ts";
import { DueDocuments, type DueEntry } from "../due/due-documents.ts";
import { DueLoop } from "../due/due-loop.ts";
import { DocumentCollection } from "../../service/document-collection.ts";
import type { ArchivedEvent } from "./archived-events.ts";
import { archiveArn, busOf, documentId, replayArn } from "./event-arns.ts";
import { eventOfText } from "./event.ts";
import type { EventBuses } from "./event-buses.ts";
import type { ReplayRecord } from "./records.ts";
import type { RuleBook } from "./rule-book.ts";

export interface ReplaysOptions {
  readonly store: DocumentStore;
  readonly book: RuleBook;
  readonly buses: EventBuses;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly accountId: string;
  readonly isMine: (key: string) => boolean;
  readonly isShared: boolean;
}

/** *Our choices*: events of one step, and how often old ones of an archive are dropped. */
const eventsOfStep = 100;
const dropEveryMs = 3_600_000;
const dayMs = 86_400_000;

/** Keys of what is due: a replay or an archive by its ARN. */
const replays = ":replay/";

/**
 * Replays what is archived, and drops what archives need not keep any longer: both in steps that are recorded, so that a server that ends in
 * between goes on.
 */
export class Replays {
  readonly records: DocumentCollection<ReplayRecord>;
  readonly #options: ReplaysOptions;
  readonly #due: DueDocuments;
  readonly #loop: DueLoop;

  constructor(options: ReplaysOptions) {
    this.#options = options;
    this.records = new DocumentCollection(options.store, "event.replay");
    this.#due = new DueDocuments(options.store, "event.archive.due");
    this.#loop = new DueLoop({
      ...options,
      name: "archives",
      documents: this.#due,
      perform: (entry) => this.#perform(entry),
    });
  }

  start(): void {
    this.#loop.start();
  }

  stop(): Promise<void> {
    return this.#loop.stop();
  }

  /** A replay that has been recorded begins. */
  begin(scope: ArnScope, name: string): Promise<void> {
    return this.#put(replayArn(scope, name), this.#options.clock.now());
  }

  /** An archive that has been recorded, and keeps events for some days only. */
  keepFor(scope: ArnScope, archive: string): Promise<void> {
    return this.#put(archiveArn(scope, archive), this.#options.clock.now() + dropEveryMs);
  }

  async #put(key: string, dueAt: EpochMs): Promise<void> {
    await this.#due.put({ dueAt, key, body: "" });
    this.#loop.wake(dueAt);
  }

  async #perform(entry: DueEntry): Promise<"done" | "later"> {
    const { region = "", name = "" } = placeOf(entry.key);
    const again = entry.key.includes(replays)
      ? await this.#step(region, name)
      : await this.#drop(region, name);
    if (again !== undefined) await this.#put(entry.key, again);
    await this.#due.remove(entry);
    return "done";
  }

  /** Replays some events; answers when the next are due. */
  async #step(region: string, name: string): Promise<EpochMs | undefined> {
    const { clock, buses } = this.#options;
    const id = documentId(region, name);
    const replay = await this.records.get(id);
    if (replay === undefined || !isUnderWay(replay)) return undefined;
    const page =
      replay.state === "CANCELLING"
        ? []
        : await buses.archived.page(
            region,
            replay.archive,
            { from: replay.from, after: replay.after },
            eventsOfStep,
          );
    const events = page.filter(({ at }) => at < replay.to);
    await Promise.all(events.map((event) => this.#replayed(event, region, replay)));
    const isOver = events.length < eventsOfStep;
    const last = events.at(-1);
    const now = clock.now();
    await this.records.update(id, (before) => {
      if (before === undefined) return before;
      const isCancelled = before.state === "CANCELLING";
      return {
        ...before,
        state: isCancelled ? "CANCELLED" : isOver ? "COMPLETED" : "RUNNING",
        ...((isCancelled || isOver) && { endedAt: now }),
        ...(last !== undefined && { after: last.id, lastEventAt: last.at }),
      };
    });
    // An entry of the same time would be taken for the one that is being done.
    return isOver ? undefined : now + 1;
  }

  /** *Documented*: a replayed event has the name of its replay, and comes to the rules of its bus. */
  async #replayed({ text }: ArchivedEvent, region: string, replay: ReplayRecord): Promise<void> {
    const { buses, accountId } = this.#options;
    const named = `${text.slice(0, text.lastIndexOf("}"))},"replay-name":${JSON.stringify(replay.name)}}`;
    const { name: bus } = busOf(replay.busArn, scopeOf(region, accountId));
    await buses.accept(eventOfText(named), { region, bus, replayedTo: replay.ruleArns });
  }

  /** Drops what is older than the archive keeps; answers when to look again. */
  async #drop(region: string, name: string): Promise<EpochMs | undefined> {
    const { book, buses, clock } = this.#options;
    const archive = await book.archives.get(documentId(region, name));
    const now = clock.now();
    const before =
      archive === undefined
        ? Infinity
        : archive.retentionDays === 0
          ? undefined
          : now - archive.retentionDays * dayMs;
    if (before === undefined) return undefined;
    const dropped = await buses.archived.dropBefore(region, name, before, eventsOfStep);
    if (dropped === eventsOfStep) return now + 1;
    return archive === undefined ? undefined : now + dropEveryMs;
  }
}

export function isUnderWay({ state }: Pick<ReplayRecord, "state">): boolean {
  return state === "STARTING" || state === "RUNNING" || state === "CANCELLING";
}

function placeOf(key: string): { readonly region?: string; readonly name?: string } {
  const [, region = "", name = ""] = /^arn:[^:]+:events:([^:]+):[^:]*:\w+\/(.+)$/.exec(key) ?? [];
  return { region, name };
}
