import { decodeEvents } from "../../machine/journal/journal-codec.ts";
import type { TaskId } from "../../machine/ids.ts";
import type { Payload } from "../../expression/payload.ts";
import type { Store } from "../../ports/store.ts";
import type { StartResult } from "../engine.ts";
import type { Delivered, Event } from "../partition/event.ts";
import type { ExecutionStart } from "./partition-owner.ts";

// A question whose answer was lost together with who could remember it was done, or was not; the next owner does it, and
// finds the traces of the first time if there was one. What follows tells from them what the first answer was. Where both
// are possible it takes the first to have been done: it was sent, a commit takes milliseconds, and an owner that is lost
// loses what it had not committed. The other answer would make a client believe that what it did had no effect.

/** What a start came to that was begun by an earlier owner, perhaps. */
export async function repeatedStart(
  store: Pick<Store, "execution">,
  { record, isNamed }: ExecutionStart,
  result: StartResult,
): Promise<StartResult> {
  if (result.type === "started") return result;
  const { executionArn, startDate, revisionId } = record;
  const started = { type: "started", executionArn, startDate } as const;
  // Nobody else makes an execution of a name that was generated, or of a child of a Map Run.
  if (!isNamed) return started;
  // A name that somebody chose may have been taken before, but hardly in the millisecond that this start carries.
  const stored = await store.execution(executionArn);
  return stored?.startDate === startDate && stored.revisionId === revisionId ? started : result;
}

/** What an event came to that was delivered to an earlier owner, perhaps. `askedAt`: when, by this node's clock. */
export async function repeatedDelivery(
  store: Pick<Store, "execution" | "journal">,
  executionArn: string,
  event: Event,
  { delivered, askedAt }: { readonly delivered: Delivered; readonly askedAt: number },
): Promise<Delivered> {
  if (!delivered.stale) return delivered;
  switch (event.type) {
    // An outcome is told once by who has it; the second one is stale because of the first, unless the task has come to
    // another outcome: a time-out, or an attempt that was cut off with its owner.
    case "TaskSucceeded":
    case "TaskFailed": {
      const outcome = await outcomeOf(store, executionArn, event.taskId);
      const isOther = outcome !== undefined && !outcome.endsWith(outcomeEnds[event.type]);
      return isOther ? delivered : { ...delivered, stale: false };
    }
    case "TaskSubmitted":
    case "MapRunFinished":
    // It has ended: by this stop, or by itself, of which a caller is told the same.
    case "StopRequested":
      return { ...delivered, stale: false };
    // The execution runs, since a redrive that was about then; one that was only started just before says nothing.
    case "Redriven": {
      const isNew =
        delivered.stoppedAt === 0 &&
        delivered.countedFrom >= askedAt - clocksApartMs &&
        (await store.execution(executionArn))?.redriveDate === delivered.countedFrom;
      return isNew ? { ...delivered, stale: false } : delivered;
    }
    // The task would be started for nobody, and wait until it times out.
    case "ActivityStarted": {
      const input = await inputOfStarted(store, executionArn, event, askedAt);
      return input === undefined ? delivered : { ...delivered, stale: false, taskInput: input };
    }
    // It changes nothing that a second one would find: a stale one means that the task is over.
    case "TaskHeartbeat":
    case "TimerFired":
    case "ExecutionStarted":
    case "KeyLost":
      return delivered;
  }
}

/** Our choice: as for requests, whose times are checked by the same clocks. */
const clocksApartMs = 60_000;

const outcomeEnds = { TaskSucceeded: "Succeeded", TaskFailed: "Failed" } as const;

/** The type of the event with which a task is over; `undefined`: it is not, or nobody wanted its outcome any more. */
async function outcomeOf(
  store: Pick<Store, "journal">,
  executionArn: string,
  taskId: TaskId,
): Promise<string | undefined> {
  const chunks = await store.journal(executionArn, { from: taskId });
  const events = chunks.flatMap(({ data }) => decodeEvents(data));
  const scheduled = events.find(({ id }) => id === taskId);
  return events.find(
    ({ id, branch, type }) =>
      id > taskId && branch === scheduled?.branch && /(Succeeded|Failed|TimedOut)$/.test(type),
  )?.type;
}

/**
 * The input of an activity's task if this worker has started it since it asked and it is under way. Workers of one name
 * are many: what was started before was given to another of them.
 */
async function inputOfStarted(
  store: Pick<Store, "journal">,
  executionArn: string,
  { taskId, workerName }: { readonly taskId: TaskId; readonly workerName?: string },
  askedAt: number,
): Promise<Payload | undefined> {
  const chunks = await store.journal(executionArn, { from: taskId });
  const events = chunks.flatMap(({ data }) => decodeEvents(data));
  const scheduled = events.find(({ id }) => id === taskId);
  if (scheduled?.type !== "ActivityScheduled") return undefined;
  const since = events.filter(({ id, branch }) => id > taskId && branch === scheduled.branch);
  const [started] = since;
  const isOurs =
    started?.type === "ActivityStarted" &&
    started.details.workerName === workerName &&
    started.at >= askedAt;
  return isOurs && since.length === 1 ? scheduled.payload : undefined;
}
