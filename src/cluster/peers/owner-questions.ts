import type { MapRunRecord } from "../../ports/map-run-store.ts";
import type { ActivityTaskRecord, Message } from "../../ports/store.ts";
import type { ActivityTask, StartResult } from "../../runtime/engine.ts";
import type { MapRunChanges } from "../../runtime/map-run/current-record.ts";
import type { Delivered, Event } from "../../runtime/partition/event.ts";
import type { ExecutionStart, PartitionOwner } from "../../runtime/routing/partition-owner.ts";

/** What each method of a {@link PartitionOwner} is asked and answers, as data. */
export interface OwnerMethods {
  start: { readonly asked: ExecutionStart; readonly answered: StartResult };
  deliver: {
    readonly asked: { readonly executionArn: string; readonly event: Event };
    readonly answered: Delivered | undefined;
  };
  /** `hear` and `activities.offer`, of which there are many at a time. */
  hints: { readonly asked: OwnerHints; readonly answered: undefined };
  waitUntilClosed: {
    readonly asked: { readonly executionArn: string; readonly timeoutMs: number };
    readonly answered: undefined;
  };
  takeActivityTask: {
    readonly asked: {
      readonly activityArn: string;
      readonly workerName?: string;
      readonly timeoutMs: number;
    };
    readonly answered: ActivityTask | undefined;
  };
  describeMapRun: {
    readonly asked: { readonly mapRunArn: string };
    readonly answered: MapRunRecord | undefined;
  };
  updateMapRun: {
    readonly asked: { readonly mapRunArn: string; readonly changes: MapRunChanges };
    readonly answered: boolean;
  };
  pendingRedrives: {
    readonly asked: { readonly mapRunArn: string };
    readonly answered: ReadonlySet<string>;
  };
}

export interface OwnerHints {
  readonly messages: readonly Message[];
  readonly tasks: readonly ActivityTaskRecord[];
}

export type OwnerMethod = keyof OwnerMethods;
export type Asked<M extends OwnerMethod> = OwnerMethods[M]["asked"];
export type Answered<M extends OwnerMethod> = OwnerMethods[M]["answered"];

/** A question to whoever has a partition. */
export interface OwnerQuestion<M extends OwnerMethod = OwnerMethod> {
  /** The same question again has the same id. */
  readonly id: string;
  readonly partition: number;
  readonly method: M;
  readonly asked: Asked<M>;
}

/** How a method is performed, and what may be made of its answer. */
interface MethodKind<M extends OwnerMethod> {
  readonly perform: (
    owner: PartitionOwner,
    asked: Asked<M>,
    signal: AbortSignal,
  ) => Promise<Answered<M>>;
  /** It changes something: it must not be done twice because its answer was lost. */
  readonly changes: boolean;
  /** It may take as long as it is told to. */
  readonly waits: boolean;
  /** An owner that has let go of the partition meanwhile gives such an answer without knowing. */
  readonly saysNothing: (answered: Answered<M>) => boolean;
}

const always = (): boolean => true;
const never = (): boolean => false;
const reads = { changes: false, waits: false };
const writes = { changes: true, waits: false };

export const ownerMethods: { readonly [M in OwnerMethod]: MethodKind<M> } = {
  start: {
    ...writes,
    perform: (owner, asked) => owner.start(asked),
    saysNothing: never,
  },
  deliver: {
    ...writes,
    perform: (owner, { executionArn, event }) => owner.deliver(executionArn, event),
    saysNothing: never,
  },
  hints: {
    ...reads,
    async perform(owner, hints) {
      giveHints(owner, hints);
      return undefined;
    },
    saysNothing: always,
  },
  waitUntilClosed: {
    changes: false,
    waits: true,
    async perform(owner, { executionArn, timeoutMs }, signal) {
      await owner.waitUntilClosed(executionArn, timeoutMs, signal);
      return undefined;
    },
    saysNothing: always,
  },
  takeActivityTask: {
    changes: true,
    waits: true,
    perform: (owner, { activityArn, workerName, timeoutMs }, signal) =>
      owner.activities.take(activityArn, workerName, timeoutMs, signal),
    saysNothing: (task) => task === undefined,
  },
  describeMapRun: {
    ...reads,
    perform: (owner, { mapRunArn }) => owner.mapRuns.describe(mapRunArn),
    saysNothing: (record) => record === undefined,
  },
  updateMapRun: {
    ...writes,
    perform: (owner, { mapRunArn, changes }) => owner.mapRuns.update(mapRunArn, changes),
    saysNothing: (updated) => !updated,
  },
  pendingRedrives: {
    ...reads,
    perform: (owner, { mapRunArn }) => owner.mapRuns.pendingRedrives(mapRunArn),
    saysNothing: (redrives) => redrives.size === 0,
  },
};

export function isOwnerMethod(name: string): name is OwnerMethod {
  return Object.hasOwn(ownerMethods, name);
}

export function giveHints(owner: PartitionOwner, { messages, tasks }: OwnerHints): void {
  for (const message of messages) owner.hear(message);
  for (const task of tasks) owner.activities.offer(task);
}
