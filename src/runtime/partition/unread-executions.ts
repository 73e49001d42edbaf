import { evolve } from "../../machine/evolve.ts";
import { isExpressExecution, nameOfArn, scopeOfArn } from "../../machine/arns.ts";
import { type EpochMs, rootBranch } from "../../machine/ids.ts";
import type { JournalEvent } from "../../machine/journal/journal-event.ts";
import { newSnapshot } from "../../machine/snapshot.ts";
import type { Clock } from "../../ports/clock.ts";
import { CustomerKeyUnavailable, type UnreadJournal } from "../../ports/customer-keys.ts";
import type { FeedExecution } from "../../ports/feed.ts";
import type { KeyUnavailable } from "../../ports/key-provider.ts";
import type { Logger } from "../../ports/logger.ts";
import type { ExecutionRecord } from "../../ports/store.ts";
import type { ClosedExecutions } from "../executions/closed-executions.ts";
import type { EngineFigures } from "../figures/engine-figures.ts";
import { endedChild } from "../map-run/ended-child.ts";
import type { MapRuns } from "../map-run/map-runs.ts";
import type { Router } from "../routing/router.ts";
import type { Committer } from "./committer.ts";
import { sendEnd } from "./send-end.ts";

/** An execution is not brought into memory, since its customer's key cannot be had. */
export class UnreadExecution extends CustomerKeyUnavailable {
  override readonly name = "UnreadExecution";
  readonly record: ExecutionRecord;
  readonly journal: UnreadJournal;

  constructor(record: ExecutionRecord, journal: UnreadJournal) {
    super(journal.reason.kmsKeyId, journal.reason.cause as KeyUnavailable);
    this.record = record;
    this.journal = journal;
  }
}

export interface UnreadExecutionsOptions {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly committer: Committer;
  readonly router: Router;
  readonly closed: ClosedExecutions;
  readonly figures: EngineFigures;
  readonly mapRuns: Pick<MapRuns, "childEnded">;
  /** The execution that started the run whose child this is, if that is in another partition. */
  readonly parentElsewhere: (record: ExecutionRecord) => Promise<string | undefined>;
}

/**
 * Ends executions that nobody can read: their ends have nothing of their data, and are written without a key. What their tasks have
 * begun outside goes on, as nobody knows of it.
 */
export class UnreadExecutions {
  readonly #options: UnreadExecutionsOptions;
  readonly #ending = new Map<string, Promise<EpochMs>>();

  constructor(options: UnreadExecutionsOptions) {
    this.#options = options;
  }

  /** *Documented*: the running executions of a key that is disabled or deleted fail. */
  fail(unread: UnreadExecution): Promise<EpochMs> {
    return this.#end(unread, { type: "ExecutionFailed", details: keyLostFailure(unread) });
  }

  /** *Documented*: whoever gives neither error nor cause stops an execution without its key, since nothing is to be sealed. */
  abort(unread: UnreadExecution): Promise<EpochMs> {
    return this.#end(unread, { type: "ExecutionAborted", details: {} });
  }

  /** Resolves with the time of the end when that is durable. */
  #end(unread: UnreadExecution, end: Pick<JournalEvent, "type" | "details">): Promise<EpochMs> {
    const { record } = unread;
    if (record.status !== "RUNNING") return Promise.resolve(record.stopDate ?? 0);
    const { executionArn } = record;
    let ending = this.#ending.get(executionArn);
    if (ending === undefined) {
      ending = this.#write(unread, end).finally(() => this.#ending.delete(executionArn));
      this.#ending.set(executionArn, ending);
    }
    return ending;
  }

  async #write(
    { record, journal }: UnreadExecution,
    end: Pick<JournalEvent, "type" | "details">,
  ): Promise<EpochMs> {
    const { clock, committer, closed, figures, mapRuns, parentElsewhere } = this.#options;
    const mapRunElsewhere = await parentElsewhere(record);
    const event = {
      ...end,
      id: journal.lastEventId + 1,
      previousEventId: journal.lastEventId,
      at: clock.now(),
      branch: rootBranch,
      payload: undefined,
      internal: undefined,
    } as JournalEvent;
    const snapshot = newSnapshot();
    evolve(snapshot, event);
    const { status, stoppedAt, redriveCount } = snapshot;
    if (status === "RUNNING") throw new Error(`${event.type} ends nothing`);
    const changes = committer.changes(record.executionArn);
    changes.events.push(event);
    changes.closed = { status, stopDate: stoppedAt };
    const execution = feedExecution(record);
    changes.told = {
      execution,
      status,
      stoppedAt,
      redriveCount: record.redriveCount ?? redriveCount,
    };
    sendEnd({ record, snapshot, mapRunElsewhere, key: undefined }, this.#options);
    await new Promise<void>((perform, abandon) => committer.after({ perform, abandon }));
    figures.ended(execution.type, status);
    closed.add(record, snapshot, false);
    const child = endedChild(record, snapshot);
    if (child !== undefined && mapRunElsewhere === undefined) mapRuns.childEnded(child);
    return stoppedAt;
  }
}

/** Why an execution fails whose key is lost, for everybody to read. Our wording, after the names of the API's errors. */
export function keyLostFailure({ kmsKeyId, errorName }: CustomerKeyUnavailable): {
  readonly error: string;
  readonly cause: string;
} {
  const cause = `${errorName}: The KMS key '${kmsKeyId}' of the state machine cannot be used any more.`;
  return { error: "States.Runtime", cause };
}

/** What is known of an execution without its definition. */
function feedExecution(record: ExecutionRecord): FeedExecution {
  const { executionArn, stateMachineArn, name } = record;
  return {
    record,
    type: isExpressExecution(executionArn) ? "EXPRESS" : "STANDARD",
    identity: {
      executionArn,
      name,
      stateMachineArn,
      stateMachineName: nameOfArn(stateMachineArn),
      roleArn: "",
      region: scopeOfArn(stateMachineArn).region,
    },
    logging: undefined,
  };
}
