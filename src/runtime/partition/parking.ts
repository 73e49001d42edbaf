import type { EpochMs, TaskId } from "../../machine/ids.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Store } from "../../ports/store.ts";
import type { Changes } from "./committer.ts";
import { asError } from "./for-each-execution.ts";
import type { Resident } from "./resident.ts";

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
  readonly resident: (executionArn: string) => Resident | undefined;
  /** Takes an execution out of memory. */
  readonly dismiss: (resident: Resident) => void;
  /** Whether changes of the execution wait for the next commit. */
  readonly hasChanges: (executionArn: string) => boolean;
  /** Whether a task is answered by a mock, which nothing outside will do. */
  readonly isMocked: (resident: Resident, taskId: TaskId) => boolean;
  /** Wakes those whose time has come; false if one of them could not be woken. */
  readonly wake: (executionArns: readonly string[]) => Promise<boolean>;
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
    const { resident: find, clock, isMocked } = this.#options;
    const resident = find(changes.executionArn);
    if (resident?.stored !== "journal" || resident.running > 0) return;
    const { snapshot, deadline } = resident;
    if (snapshot.status !== "RUNNING" || deadline < clock.now() + parkAfterMs) return;
    for (const { waiting } of snapshot.branches.values()) {
      if (waiting?.type === "mapRun") return;
      if (waiting?.type !== "task") continue;
      if (isMocked(resident, waiting.taskId)) return;
      if (waiting.kind === "activity") continue;
      if (waiting.submission === undefined) return;
    }
    resident.parked = true;
    changes.parked = { wakeAt: deadline };
  }

  /** The commit that says that it is parked is durable. */
  committed({ executionArn, parked }: Changes): void {
    const resident = this.#options.resident(executionArn);
    if (resident === undefined || !this.#mayLeave(resident)) return;
    this.#options.dismiss(resident);
    if (parked?.wakeAt !== undefined) this.#wakeAt(parked.wakeAt);
  }

  /** It was brought into memory for nothing. */
  leaveAgain(resident: Resident): void {
    if (this.#mayLeave(resident)) this.#options.dismiss(resident);
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
    return parked && running === 0 && !this.#options.hasChanges(record.executionArn);
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
    const { store, partition, clock, wake } = this.#options;
    let notBefore = 0;
    for (;;) {
      const due = await store.due(partition, clock.now(), wokenAtOnce);
      const allWoken = await wake(due);
      if (!allWoken) notBefore = clock.now() + wakeAgainAfterMs;
      if (due.length < wokenAtOnce || !allWoken) break;
    }
    const next = (await store.nextWake(partition)) ?? Number.POSITIVE_INFINITY;
    this.#wakeAt(Math.max(next, notBefore));
  }
}
