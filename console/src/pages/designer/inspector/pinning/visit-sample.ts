import type { VisitView } from "../../../../../../src/console/view-types.ts";
import type { EventPage, HistoryEvent } from "../../../../api/client.ts";
import type { SampleData } from "../../../../designer/completion/candidate.ts";
import { variablesInScope } from "../../../execution/variables-in-scope.ts";
import { detailsOf } from "../../../execution/visit-data.ts";

/** Where the events of a run are read: a server's, or a simulation's. */
export type ReadEvents = (query: {
  readonly from: number;
  readonly limit: number;
}) => Promise<EventPage>;

/** What an execution is, for the context object. */
export interface RunFacts {
  readonly executionArn: string;
  readonly name: string;
  readonly stateMachineArn: string;
  readonly stateMachineName: string;
}

/** Our choice: variables whose values are read, each from an event of its own. */
const mostVariables = 60;

/**
 * The data that a visit saw: its input, the variables in scope with their values, what its task or branches gave, and the error that
 * ended it. Parts that the history does not have are absent; of the context object it has what a history tells.
 */
export async function visitSample(
  run: RunFacts,
  visit: VisitView,
  visits: readonly VisitView[],
  read: ReadEvents,
): Promise<SampleData> {
  const event = async (id: number | undefined): Promise<HistoryEvent | undefined> =>
    id === undefined
      ? undefined
      : (await read({ from: id, limit: 1 })).events.find((each) => each.id === id);
  const assigned = variablesInScope(visits, visit)
    .flatMap(({ name, found }) => (found === undefined ? [] : [{ name, id: found.eventId }]))
    .slice(0, mostVariables);
  const lastAttempt = visit.attempts.findLast(({ status }) => status === "succeeded");
  const [started, entered, ended, ...exits] = await Promise.all([
    event(1),
    event(visit.id),
    event(lastAttempt?.endEventId),
    ...assigned.map(({ id }) => event(id)),
  ]);
  const input = json(detailsOf(entered)["input"]);
  const result = json(detailsOf(ended)["output"]);
  const variables = assigned.flatMap(({ name }, index) => {
    const all = detailsOf(exits[index])["assignedVariables"] as Record<string, unknown> | undefined;
    const value = json(all?.[name]);
    return value === undefined ? [] : [[name, value] as const];
  });
  const error = visit.error ?? visit.attempts.at(-1)?.error;
  const cause = visit.cause ?? visit.attempts.at(-1)?.cause;
  return {
    ...(input !== undefined && { input }),
    variables: Object.fromEntries(variables),
    ...(result !== undefined && { result }),
    ...(error !== undefined && {
      errorOutput: { Error: error, ...(cause !== undefined && { Cause: cause }) },
    }),
    context: contextOf(run, visit, started, entered),
  };
}

function contextOf(
  run: RunFacts,
  visit: VisitView,
  started: HistoryEvent | undefined,
  entered: HistoryEvent | undefined,
): unknown {
  const { input, roleArn } = detailsOf(started);
  const time = (event: HistoryEvent | undefined) =>
    event === undefined ? "" : new Date(event.timestamp * 1_000).toISOString();
  return {
    Execution: {
      Id: run.executionArn,
      Input: json(input) ?? {},
      Name: run.name,
      ...(typeof roleArn === "string" && { RoleArn: roleArn }),
      StartTime: time(started),
      RedriveCount: 0,
    },
    StateMachine: { Id: run.stateMachineArn, Name: run.stateMachineName },
    State: {
      Name: visit.name,
      EnteredTime: time(entered),
      RetryCount: Math.max(0, visit.attempts.length - 1),
    },
  };
}

/** Documents of a history are JSON texts; those of some tools are opened already. */
function json(value: unknown): unknown {
  if (typeof value !== "string") return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    return undefined;
  }
}

/** The visit to look at first: the newest that failed, else the newest. */
export function visitToPin(visits: readonly VisitView[]): VisitView | undefined {
  return (
    visits.findLast(({ status }) => status === "failed" || status === "caught") ?? visits.at(-1)
  );
}
