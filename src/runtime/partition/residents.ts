import { nextDeadline } from "../../machine/deadline.ts";
import { evolve } from "../../machine/evolve.ts";
import type { EpochMs } from "../../machine/ids.ts";
import { decodeEvents } from "../../machine/journal/journal-codec.ts";
import { newSnapshot } from "../../machine/snapshot.ts";
import type { Authorizer } from "../../ports/authorizer.ts";
import type { Clock } from "../../ports/clock.ts";
import {
  type CustomerKey,
  type CustomerKeys,
  CustomerKeyUnavailable,
  type KeyInUse,
  type KeyUser,
} from "../../ports/customer-keys.ts";
import type { ExecutionMetrics } from "../../ports/execution-metrics.ts";
import type { Logger } from "../../ports/logger.ts";
import type { ExecutionRecord, JournalChunk, Store } from "../../ports/store.ts";
import type { ExpressHistories } from "../express/express-histories.ts";
import type { LoggedMachine, MachineFactory } from "../machines/machine-factory.ts";
import type { MapRunParents } from "../map-run/map-run-parents.ts";
import type { Router } from "../routing/router.ts";
import type { CommandPerformer } from "../tasks/command-performer.ts";
import { createTaskAttempts } from "../tasks/task-attempts.ts";
import type { Committer } from "./committer.ts";
import { forEachExecution } from "./for-each-execution.ts";
import { JournalReader } from "./journal-reader.ts";
import type { Resident } from "./resident.ts";
import { ResidentMap } from "./resident-map.ts";
import { roleKeyRefusal } from "./role-key.ts";
import type { TimerQueue } from "./timer-queue.ts";
import { UnreadExecution } from "./unread-executions.ts";

/** ARNs of executions that are read from the store in one go. */
const listedAtOnce = 500;

/** Our choice: how often the keepers of keys that did not answer are asked again for the executions that wait for them. */
export const askKeeperAgainMs = 60_000;

export interface ResidentsOptions {
  readonly store: Pick<Store, "journals" | "resident">;
  readonly clock: Clock;
  readonly customerKeys: CustomerKeys;
  readonly authorizer: Authorizer;
  /** Is told of keys that are lost. */
  readonly keyUser: KeyUser;
  /** Ends an execution whose key is refused. */
  readonly endUnread: (unread: UnreadExecution) => Promise<unknown>;
  readonly logger: Logger;
  /** Counts what executions come to; absent: nobody does. */
  readonly metrics?: ExecutionMetrics | undefined;
  readonly expressHistories: ExpressHistories;
  readonly machines: MachineFactory;
  readonly mapRunParents: MapRunParents;
  readonly router: Router;
  readonly committer: Committer;
  readonly timers: TimerQueue<Resident>;
  readonly commands: CommandPerformer;
  /** Why nothing may be taken in any more. */
  readonly lost: () => Error | undefined;
}

/** The executions of a partition that are in memory, and the way of the others into it. */
export class Residents {
  readonly byArn: ResidentMap;
  readonly #options: ResidentsOptions;
  readonly #journals: JournalReader;
  /** Executions that the owner before this one had in memory, until this one has. */
  readonly #left = new Set<string>();
  #disarm: (() => void) | undefined;

  constructor(options: ResidentsOptions) {
    this.#options = options;
    this.byArn = new ResidentMap(options.keyUser);
    this.#journals = new JournalReader(options.store, (record, chunks) =>
      this.#admit(record, chunks),
    );
  }

  /** An execution as it is before it begins. `stored`: what of it is to be, if that does not follow from what it is. */
  async create(record: ExecutionRecord, stored?: Resident["stored"]): Promise<Resident> {
    const machine = await this.#options.machines.forExecution(record);
    const mapRunElsewhere = record.mapRun && (await this.parentElsewhere(record));
    const { type, identity, logging } = machine;
    const { customerKey } = machine;
    const key = customerKey && (await this.#useKey(customerKey, identity));
    return {
      record,
      machine,
      key,
      execution: { record, type, identity, logging },
      snapshot: newSnapshot(),
      stored: stored ?? storedOf(record, machine),
      running: 0,
      parked: false,
      mapRunElsewhere,
      attempts: record.testCase === undefined ? undefined : createTaskAttempts(),
      trace: undefined,
      deadline: Number.POSITIVE_INFINITY,
      timerIndex: -1,
    };
  }

  /** What seals an execution of this machine, if its role may use that. */
  async #useKey(customerKey: CustomerKey, identity: LoggedMachine["identity"]): Promise<KeyInUse> {
    const { authorizer, customerKeys } = this.#options;
    const refusal = await roleKeyRefusal(authorizer, customerKey, identity);
    if (refusal !== undefined) throw refusal;
    return customerKeys.use(customerKey);
  }

  /** The execution, in memory; one that has ended only for who asks. */
  async find(executionArn: string): Promise<Resident | undefined> {
    const resident = this.byArn.get(executionArn);
    if (resident !== undefined) return resident;
    const loaded = await this.load(executionArn);
    const lost = this.#options.lost();
    if (lost !== undefined) throw lost;
    return loaded;
  }

  /** The same for one that is not in memory; whether the partition is still here is for the caller to see. */
  load(executionArn: string): Promise<Resident | undefined> {
    return this.#journals.load(executionArn);
  }

  /** Finds out what the owner before this one had in memory. */
  async claim(partition: number): Promise<void> {
    let after: string | undefined;
    do {
      const page = await this.#options.store.resident(partition, {
        limit: listedAtOnce,
        ...(after === undefined ? {} : { after }),
      });
      after = page.next;
      for (const executionArn of page.items) this.#left.add(executionArn);
    } while (after !== undefined);
  }

  /** Takes that up. */
  async recover(): Promise<void> {
    await this.#takeUp(this.#left);
  }

  /** Those whose keepers of keys do not answer are taken up later. */
  async #takeUp(executionArns: Iterable<string>): Promise<void> {
    const { logger, lost, clock } = this.#options;
    const isLost = (): boolean => lost() !== undefined;
    const waiting = new Set<string>();
    const takeUp = async (executionArn: string): Promise<void> => {
      try {
        await this.wake(executionArn);
      } catch (thrown) {
        if (thrown instanceof UnreadExecution) waiting.add(executionArn);
        throw thrown;
      }
    };
    await forEachExecution(executionArns, takeUp, { logger, isLost });
    if (waiting.size === 0) return;
    this.#disarm = clock.schedule(clock.now() + askKeeperAgainMs, () => {
      // Whoever has the partition by then does it.
      if (!isLost()) this.#takeUp(waiting).catch(() => {});
    });
  }

  /** Nothing is taken up any more. */
  stop(): void {
    this.#disarm?.();
  }

  /** The execution, in memory, to go on with; one whose key is refused ends. */
  async wake(executionArn: string): Promise<Resident | undefined> {
    try {
      return await this.find(executionArn);
    } catch (thrown) {
      if (!(thrown instanceof UnreadExecution) || !thrown.isRefusal) throw thrown;
      await this.#options.endUnread(thrown);
      this.#left.delete(executionArn);
      return undefined;
    }
  }

  /** Takes one in as its journal says it is, unless somebody else did meanwhile. */
  async #admit(record: ExecutionRecord, chunks: readonly JournalChunk[]): Promise<Resident> {
    const { committer, timers, commands, expressHistories, metrics, lost } = this.#options;
    const { executionArn } = record;
    const events = chunks.flatMap(({ data }) => decodeEvents(data));
    const resident = await this.create(record).catch((thrown: unknown) => {
      if (!(thrown instanceof CustomerKeyUnavailable)) throw thrown;
      const lastEventId = Math.max(...chunks.map((chunk) => chunk.lastEventId));
      throw new UnreadExecution(record, { reason: thrown, lastEventId });
    });
    const already = this.byArn.get(executionArn);
    if (already !== undefined) return already;
    const { machine, snapshot, stored } = resident;
    for (const event of events) evolve(snapshot, event);
    resident.attempts?.note(events);
    resident.parked = true;
    if (lost() !== undefined) return resident;
    if (snapshot.status === "RUNNING") {
      if (stored === "ends") {
        resident.trace = expressHistories.begin(record);
        expressHistories.add(resident.trace, events);
      }
      metrics?.recalled(executionArn, events);
      this.byArn.set(executionArn, resident);
      timers.set(resident, nextDeadline(machine, snapshot) as EpochMs);
    }
    // Before anything else happens to it: what it begins from here on is not left over.
    if (this.#left.delete(executionArn)) {
      resident.parked = false;
      commands.takeUp(resident);
      // A commit gives it the chance to be parked if it only waits.
      if (snapshot.status === "RUNNING") committer.changes(executionArn);
    }
    return resident;
  }

  /** The execution that started the run whose child this is, if that is in another partition. */
  async parentElsewhere({ executionArn, mapRun }: ExecutionRecord): Promise<string | undefined> {
    const { mapRunParents, router } = this.#options;
    const parentArn = mapRun && (await mapRunParents.of(mapRun.mapRunArn));
    if (parentArn === undefined || router.areTogether(executionArn, parentArn)) return undefined;
    return parentArn;
  }
}

/** What of an execution is stored. A Map Run's children are counted by their rows, whatever their type. */
function storedOf({ mapRun }: ExecutionRecord, { type }: LoggedMachine): "journal" | "ends" {
  return type === "EXPRESS" && mapRun === undefined ? "ends" : "journal";
}
