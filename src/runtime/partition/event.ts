import type { Payload } from "../../expression/payload.ts";
import type { Activation } from "../../machine/activation.ts";
import type { EpochMs } from "../../machine/ids.ts";

/** An activation without its time and seed, which it gets where it is decided. */
export type Event = Activation extends infer A
  ? A extends Activation
    ? Omit<A, "at" | "seed">
    : never
  : never;

/** What became of an event, once that is durable. */
export interface Delivered {
  /** The execution had no use for it (any more): it has ended, or the task is over. */
  readonly stale: boolean;
  /** When the execution ended, 0 while it runs. */
  readonly stoppedAt: EpochMs;
  /** Its start, or its last redrive. */
  readonly countedFrom: EpochMs;
  /** What the activity's task that a worker has just taken is given. */
  readonly taskInput?: Payload;
}
