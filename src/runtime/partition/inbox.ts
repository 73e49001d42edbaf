import { branchWaitingFor } from "../../machine/task-activation.ts";
import type { Clock } from "../../ports/clock.ts";
import type { Message } from "../../ports/store.ts";
import type { EndedChild } from "../map-run/ended-child.ts";
import type { MapRuns } from "../map-run/map-runs.ts";
import { outcomeOf } from "../tasks/child-result.ts";
import type { Activator } from "./activator.ts";
import type { Committer } from "./committer.ts";
import type { Resident } from "./resident.ts";
import { askKeeperAgainMs, type Residents } from "./residents.ts";
import { UnreadExecution } from "./unread-executions.ts";

export interface InboxOptions {
  readonly clock: Clock;
  readonly residents: Pick<Residents, "wake">;
  readonly activator: Pick<Activator, "activate">;
  readonly committer: Pick<Committer, "delivered">;
  readonly mapRuns: Pick<MapRuns, "childEnded">;
}

/** The messages that executions of the partition are sent by others: the ends of their children. */
export class Inbox {
  readonly #options: InboxOptions;
  /** Messages for tasks whose submission is still under way. */
  readonly #deferred = new Map<Resident, readonly Message[]>();
  /** Cancel what is to be heard again. */
  readonly #later = new Set<() => void>();
  #isStopped = false;

  constructor(options: InboxOptions) {
    this.#options = options;
  }

  async hear(message: Message): Promise<void> {
    const { residents, mapRuns, committer } = this.#options;
    const child = JSON.parse(message.body) as Partial<EndedChild>;
    if (child.mapRunArn !== undefined) {
      // A run that is not under way yet finds out by itself which of its children have ended.
      mapRuns.childEnded(child as EndedChild);
      committer.delivered(message.id);
      return;
    }
    const resident = await residents.wake(message.to).catch((thrown: unknown) => {
      // The keeper of its key does not answer.
      if (thrown instanceof UnreadExecution) this.#hearLater(message);
      throw thrown;
    });
    if (resident === undefined) committer.delivered(message.id);
    else this.#tell(resident, message);
  }

  /** Nothing is heard again. */
  stop(): void {
    this.#isStopped = true;
    for (const disarm of this.#later) disarm();
  }

  #hearLater(message: Message): void {
    if (this.#isStopped) return;
    const { clock } = this.#options;
    const disarm = clock.schedule(clock.now() + askKeeperAgainMs, () => {
      this.#later.delete(disarm);
      // If it comes to nothing again, it is scheduled again, or whoever has the partition by then hears it.
      this.hear(message).catch(() => {});
    });
    this.#later.add(disarm);
  }

  /** Tells the execution what had to wait until its task was submitted. */
  submitted(resident: Resident): void {
    const deferred = this.#deferred.get(resident);
    if (deferred === undefined) return;
    this.#deferred.delete(resident);
    for (const message of deferred) this.#tell(resident, message);
  }

  /** A child may end before it is recorded that it was started: its message waits for that. */
  #tell(resident: Resident, message: Message): void {
    const outcome = outcomeOf(message);
    const waiting = branchWaitingFor(resident.snapshot, outcome.taskId)?.waiting;
    if (waiting?.type === "task" && waiting.submission === undefined && resident.running > 0) {
      const deferred = this.#deferred.get(resident) ?? [];
      this.#deferred.set(resident, [...deferred, message]);
      return;
    }
    const { activator, committer } = this.#options;
    activator.activate(resident, outcome);
    // The message is gone with the commit of what it has led to.
    committer.delivered(message.id);
  }
}
