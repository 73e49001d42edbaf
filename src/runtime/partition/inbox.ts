import { branchWaitingFor } from "../../machine/task-activation.ts";
import type { Message } from "../../ports/store.ts";
import type { EndedChild } from "../map-run/ended-child.ts";
import { outcomeOf } from "../tasks/child-result.ts";
import type { Event } from "./event.ts";
import type { Resident } from "./resident.ts";

export interface InboxOptions {
  /** The execution, brought into memory if it is not there; `undefined`: there is none. */
  readonly find: (executionArn: string) => Promise<Resident | undefined>;
  readonly activate: (resident: Resident, event: Event) => void;
  readonly childEnded: (child: EndedChild) => void;
  /** The message is gone with the commit of what it led to. */
  readonly delivered: (messageId: string) => void;
}

/** The messages that executions of the partition are sent by others: the ends of their children. */
export class Inbox {
  readonly #options: InboxOptions;
  /** Messages for tasks whose submission is still under way. */
  readonly #deferred = new Map<Resident, readonly Message[]>();

  constructor(options: InboxOptions) {
    this.#options = options;
  }

  async hear(message: Message): Promise<void> {
    const { find, childEnded, delivered } = this.#options;
    const child = JSON.parse(message.body) as Partial<EndedChild>;
    if (child.mapRunArn !== undefined) {
      // A run that is not under way yet finds out by itself which of its children have ended.
      childEnded(child as EndedChild);
      delivered(message.id);
      return;
    }
    const resident = await find(message.to);
    if (resident === undefined) delivered(message.id);
    else this.#tell(resident, message);
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
    this.#options.activate(resident, outcome);
    this.#options.delivered(message.id);
  }
}
