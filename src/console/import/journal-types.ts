import { detailsMember, payloadMember } from "../../machine/journal/history.ts";
import type { EpochMs } from "../../machine/ids.ts";
import type { JournalEvent, JournalEventType } from "../../machine/journal/journal-event.ts";
import type { Branch } from "../../machine/snapshot.ts";
import { Payload } from "../../expression/payload.ts";
import type { PublicEvent } from "./history-file.ts";

const plainTypes = [
  ...["Pass", "Task", "Choice", "Wait", "Succeed", "Fail", "Parallel", "Map"].map(
    (state) => `${state}StateEntered`,
  ),
  ...["Pass", "Task", "Choice", "Wait", "Succeed", "Parallel", "Map"].map(
    (state) => `${state}StateExited`,
  ),
  ...["Task", "Wait", "Parallel", "Map"].map((state) => `${state}StateAborted`),
  ...["Started", "Succeeded", "Failed", "Aborted", "TimedOut", "Redriven"].map(
    (end) => `Execution${end}`,
  ),
  ...["Started", "Succeeded", "Failed"].flatMap((how) => [`ParallelState${how}`, `MapState${how}`]),
  ...["Started", "Succeeded", "Failed", "Aborted"].flatMap((how) => [
    `MapIteration${how}`,
    `MapRun${how}`,
  ]),
  "MapRunRedriven",
  ...["Scheduled", "Started", "Succeeded", "Failed", "TimedOut"].flatMap((how) => [
    `Task${how}`,
    `LambdaFunction${how}`,
    `Activity${how}`,
  ]),
  "TaskSubmitted",
  "EvaluationFailed",
];

const types = new Set(plainTypes) as ReadonlySet<string>;

/** AWS has a type of its own for each step at which a task can fail; the journal has one. */
const failures: Readonly<Record<string, JournalEventType>> = {
  TaskStartFailed: "TaskFailed",
  TaskSubmitFailed: "TaskFailed",
  LambdaFunctionScheduleFailed: "LambdaFunctionFailed",
  LambdaFunctionStartFailed: "LambdaFunctionFailed",
  ActivityScheduleFailed: "ActivityFailed",
};

/** The journal's type of a public event; `undefined` for one that it does not know. */
export function journalType(type: string): JournalEventType | undefined {
  if (types.has(type)) return type as JournalEventType;
  return Object.hasOwn(failures, type) ? failures[type] : undefined;
}

const textMembers: ReadonlySet<string> = new Set(["name", "resource", "error", "cause"]);

/** The members of the event's details, and the one that is a document. */
export function contentsOf(event: PublicEvent, type: JournalEventType) {
  // By the file's own name of the type: a failure at a step has details of its own.
  const member = detailsMember(event.type as JournalEventType);
  const found = member === undefined ? undefined : event[member];
  const shown = typeof found === "object" && found !== null ? found : {};
  const document = payloadMember(type);
  const details: Record<string, unknown> = {};
  let payload: Payload | undefined;
  for (const [name, value] of Object.entries(shown)) {
    if (name === document) payload = Payload.ofText(textOf(value));
    else if (textMembers.has(name)) details[name] = textOf(value);
    else if (!name.endsWith("Details")) details[name] = value;
  }
  return { details, payload };
}

/** An event that a public history does not have. */
export function privateEvent(
  type: "WaitScheduled" | "RetryScheduled",
  at: EpochMs,
  { id: branch }: Branch,
  previousEventId: number,
  internal: object,
): JournalEvent {
  const event = {
    type,
    id: 0,
    previousEventId,
    at,
    branch,
    payload: undefined,
    details: {},
    internal,
  };
  return event as unknown as JournalEvent;
}

/** Some tools open the JSON texts of a history when they save it. */
function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
