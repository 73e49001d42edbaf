import type { EpochMs } from "../../machine/ids.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Logger } from "../../ports/logger.ts";
import type { Store } from "../../ports/store.ts";
import type { EngineFigures } from "../figures/engine-figures.ts";
import type { CommandPerformer } from "../tasks/command-performer.ts";
import type { Activator } from "./activator.ts";
import type { Changes, Committer } from "./committer.ts";
import { asError, forEachExecution } from "./for-each-execution.ts";
import type { Resident } from "./resident.ts";
import type { Residents } from "./residents.ts";

/** An execution that will not be woken within this time leaves memory. Our choice: loading one costs well under a millisecond. */
const parkAfterMs = 2_000;

/** Parked executions that are woken in one go. */
const wokenAtOnce = 500;

/** How long an execution that could not be woken is left alone, so that it does not keep the others. Our choice. */
const wakeAgainAfterMs = 60_000;

export interface ParkingOptions {
  readonly store: Pick<Store, "due" | "nextWake">;
  readonly partition: number;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly figures: Pick<EngineFigures, "woken">;
  readonly residents: Residents;
  readonly activator: Activator;
  readonly committer: Committer;
  /** A task that is answered by a mock keeps its execution here: nothing outside will do it. */
  readonly commands: Pick<CommandPerformer, "isMocked">;
  readonly isLost: () => boolean;
  readonly onFailure: (reason: Error) => void;
}

/** Which executions leave memory because they only wait, and when they are woken: the store knows the order. */
export class Parking {
  readonly #options: ParkingOptions;
  #nextWake: EpochMs = Number.POSITIVE_INFINITY;
  #disarm: (() => void) | undefined;
  #isStopped = false;

  constructor(options: ParkingOptions) {
    this.#options = options;
  }

  /** An execution that only waits for what comes from outside, or for long, leaves memory with this commit. */
  consider(changes: Changes): void {
    const { residents, clock, commands } = this.#options;
    const resident = residents.byArn.get(changes.executionArn);
    if (resident?.stored !== "journal" || resident.running > 0) return;
    const { snapshot, deadline } = resident;
    if (snapshot.status !== "RUNNING" || deadline < clock.now() + parkAfterMs) return;
    for (const { waiting } of snapshot.branches.values()) {
      if (waiting?.type === "mapRun") return;
      if (waiting?.type !== "task") continue;
      if (commands.isMocked(resident, waiting.taskId)) return;
      if (waiting.kind === "activity") continue;
      if (waiting.submission === undefined) return;
    }
    resident.parked = true;
    changes.parked = { wakeAt: deadline };
  }

  /** The commit that says that it is parked is durable. */
  committed({ executionArn, parked }: Changes): void {
    const { residents, activator } = this.#options;
    const resident = residents.byArn.get(executionArn);
    if (resident === undefined || !this.#mayLeave(resident)) return;
    activator.dismiss(resident);
    if (parked?.wakeAt !== undefined) this.#wakeAt(parked.wakeAt);
  }

  /** It was brought into memory for nothing. */
  leaveAgain(resident: Resident): void {
    if (this.#mayLeave(resident)) this.#options.activator.dismiss(resident);
  }

  /** With the next commit it is looked at whether it only waits. */
  reconsider({ stored, record }: Resident): void {
    if (stored === "journal") this.#options.committer.changes(record.executionArn);
  }

  /** Sees to it that what the store has parked is woken in time. */
  async begin(): Promise<void> {
    const { store, partition } = this.#options;
    this.#wakeAt((await store.nextWake(partition)) ?? Number.POSITIVE_INFINITY);
  }

  /** Nothing is woken any more. */
  stop(): void {
    this.#isStopped = true;
    this.#disarm?.();
  }

  #mayLeave({ record, parked, running }: Resident): boolean {
    return parked && running === 0 && !this.#options.committer.hasChanges(record.executionArn);
  }

  #wakeAt(at: EpochMs): void {
    if (at >= this.#nextWake || this.#isStopped) return;
    this.#disarm?.();
    this.#nextWake = at;
    this.#disarm = this.#options.clock.schedule(at, () => {
      this.#nextWake = Number.POSITIVE_INFINITY;
      this.#wakeDue().catch((thrown: unknown) => {
        if (!this.#isStopped) this.#options.onFailure(asError(thrown));
      });
    });
  }

  async #wakeDue(): Promise<void> {
    const { store, partition, clock, figures } = this.#options;
    let notBefore = 0;
    for (;;) {
      const due = await store.due(partition, clock.now(), wokenAtOnce);
      figures.woken(due.length);
      const allWoken = await forEachExecution(due, (arn) => this.#wake(arn), this.#options);
      if (!allWoken) notBefore = clock.now() + wakeAgainAfterMs;
      if (due.length < wokenAtOnce || !allWoken) break;
    }
    const next = (await store.nextWake(partition)) ?? Number.POSITIVE_INFINITY;
    this.#wakeAt(Math.max(next, notBefore));
  }

  /** One whose deadline has moved since it was parked (a heartbeat) is parked anew. */
  async #wake(executionArn: string): Promise<void> {
    const { residents, activator } = this.#options;
    const resident = await residents.wake(executionArn);
    if (resident === undefined) return;
    const { stale } = await activator.activateDurably(resident, { type: "TimerFired" });
    // It may have ended since it was found to be due.
    if (!stale || resident.snapshot.status !== "RUNNING") return;
    resident.parked = false;
    residents.byArn.set(executionArn, resident);
    this.reconsider(resident);
    await activator.durable(resident);
  }
}
