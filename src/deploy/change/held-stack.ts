import type { Clock } from "../../ports/clock.ts";
import type {
  ChangeRecord,
  ResourceRecord,
  StackEvent,
  StackRecord,
} from "../stacks/stack-record.ts";
import { secretHider, type SecretHider } from "../stacks/hide-secrets.ts";
import type { StackStatus } from "../stacks/stack-status.ts";
import type { Stored, StackStore } from "../stacks/stack-store.ts";

/** How long a process has a stack for itself without saying so again. Our choice: what a pause of a process may take. */
export const holdMs = 15_000;

/** Another process goes on with the change. */
export class StackLost extends Error {
  override readonly name = "StackLost";
}

export type MoreOfChange = (change: ChangeRecord) => Partial<ChangeRecord>;

export interface HoldOptions {
  readonly store: StackStore;
  readonly clock: Clock;
  /** This process. */
  readonly holderId: string;
}

/**
 * A stack that this process changes, and no other: every step is stored before the next, and a record that somebody else has written meanwhile
 * ends it.
 */
export class HeldStack {
  #stored: Stored<StackRecord>;
  readonly #options: HoldOptions;
  #last: Promise<unknown> = Promise.resolve();
  #cancelBeat: () => void = () => {};
  readonly #ended = new AbortController();
  #isGivenUp = false;

  private constructor(stored: Stored<StackRecord>, options: HoldOptions) {
    this.#stored = stored;
    this.#options = options;
    this.#beat();
  }

  /** `undefined`: another process has it, or there is nothing to be done. */
  static async take(
    region: string,
    name: string,
    options: HoldOptions,
  ): Promise<HeldStack | undefined> {
    const stored = await options.store.stack(region, name);
    const change = stored?.value.change;
    if (stored === undefined || change === undefined) return undefined;
    const now = options.clock.now();
    const { holder } = change;
    if (holder !== undefined && holder.id !== options.holderId && holder.until > now) {
      return undefined;
    }
    const value = { ...stored.value, change: { ...change, holder: holding(options) } };
    const isTaken = await options.store.put(value, stored.version);
    return isTaken ? new HeldStack({ value, version: stored.version + 1 }, options) : undefined;
  }

  get record(): StackRecord {
    return this.#stored.value;
  }

  get change(): ChangeRecord {
    const { change } = this.record;
    if (change === undefined) throw new Error(`Nothing is being changed of ${this.record.stackId}`);
    return change;
  }

  /** Ends when the stack was lost, or is let go. */
  get signal(): AbortSignal {
    return this.#ended.signal;
  }

  /** Stores what the record is from now on. Rejects with {@link StackLost} where another process has it. */
  save(make: (record: StackRecord) => StackRecord): Promise<void> {
    const saved = this.#last.then(() => this.#saveNow(make));
    this.#last = saved.catch(() => {});
    return saved;
  }

  /** What the change becomes is made of what it is when it is stored: steps are performed side by side. */
  saveChange(more: MoreOfChange): Promise<void> {
    return this.save((record) => ({ ...record, change: { ...this.change, ...more(this.change) } }));
  }

  saveResource(resource: ResourceRecord, more: MoreOfChange = () => ({})): Promise<void> {
    const reason = this.#shownReason(resource.reason);
    return this.save((record) => ({
      ...record,
      resources: { ...record.resources, [resource.logicalId]: { ...resource, reason } },
      change: { ...this.change, ...more(this.change) },
    }));
  }

  /** Stores the stack's status, and that it has it now. */
  async saveStatus(
    status: StackStatus,
    reason?: string,
    make: (record: StackRecord) => StackRecord = (record) => record,
  ): Promise<void> {
    const clientToken = this.record.change?.clientToken;
    const shown = this.#shownReason(reason);
    await this.save((record) => ({ ...make(record), status, reason: shown }));
    const { stackId, name } = this.record;
    await this.event({
      logicalId: name,
      physicalId: stackId,
      type: "AWS::CloudFormation::Stack",
      status,
      reason,
      clientToken,
    });
  }

  async event(event: Omit<StackEvent, "eventId" | "stackId" | "stackName" | "at">): Promise<void> {
    const { stackId, name, change } = this.record;
    const { store, clock } = this.#options;
    const clientToken = event.clientToken ?? change?.clientToken;
    await store.putEvent({
      ...event,
      ...(event.properties && { properties: this.#hider.value(event.properties) }),
      reason: this.#shownReason(event.reason),
      stackId,
      stackName: name,
      at: clock.now(),
      clientToken,
    });
  }

  /** What is not to be shown of the stack, neither of what it was nor of what it becomes. */
  get #hider(): SecretHider {
    const { content, change, resources } = this.record;
    return secretHider(change === undefined ? [content] : [content, change.target], resources);
  }

  #shownReason(reason: string | undefined): string | undefined {
    return reason === undefined ? undefined : this.#hider.text(reason);
  }

  /** The deleted stack is known by its id only. */
  async bury(): Promise<void> {
    this.letGo();
    await this.#last;
    await this.#options.store.bury(this.record, this.#stored.version);
  }

  /** What is under way of this change is to come to its end: something has failed. */
  giveUp(): void {
    this.#isGivenUp = true;
  }

  get isGivenUp(): boolean {
    return this.#isGivenUp;
  }

  letGo(): void {
    this.#cancelBeat();
    this.#ended.abort();
  }

  async #saveNow(make: (record: StackRecord) => StackRecord): Promise<void> {
    const { store } = this.#options;
    const made = make(this.record);
    const value =
      made.change === undefined
        ? made
        : { ...made, change: { ...made.change, holder: holding(this.#options) } };
    if (await store.put(value, this.#stored.version)) {
      this.#stored = { value, version: this.#stored.version + 1 };
      return;
    }
    await this.#seeCancellation();
    return this.#saveNow(make);
  }

  /** Only one thing is written by others while this process has the stack: that the change is to be given up. */
  async #seeCancellation(): Promise<void> {
    const { region, name } = this.record;
    const stored = await this.#options.store.stack(region, name);
    if (stored?.value.change?.holder?.id !== this.#options.holderId) {
      this.letGo();
      throw new StackLost(`Another process changes the stack ${name}`);
    }
    const isCancelled = stored.value.change.isCancelled === true;
    const change = isCancelled ? { ...this.change, isCancelled: true as const } : this.change;
    this.#stored = { value: { ...this.record, change }, version: stored.version };
  }

  #beat(): void {
    const { clock } = this.#options;
    this.#cancelBeat = clock.schedule(
      (clock.now() + holdMs / 3) as ReturnType<Clock["now"]>,
      () => {
        if (this.signal.aborted || this.record.change === undefined) return;
        this.save((record) => record).catch(() => this.letGo());
        this.#beat();
      },
    );
  }
}

function holding({ clock, holderId }: HoldOptions): NonNullable<ChangeRecord["holder"]> {
  return { id: holderId, until: clock.now() + holdMs };
}
