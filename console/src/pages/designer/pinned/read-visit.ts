import type { VisitView } from "../../../../../src/console/view-types.ts";
import { server, type HistoryEvent } from "../../../api/client.ts";
import type { SampleData } from "../../../designer/completion/candidate.ts";
import type { NodeKey } from "../../../graph/model.ts";
import { variablesInScope } from "../../execution/variables-in-scope.ts";
import { detailsOf } from "../../execution/visit-data.ts";

/** What an execution is read with: the server's own answers. */
export type VisitSource = Pick<typeof server, "visits" | "events">;

/** The data of a visit, and which it was. */
export interface VisitSample {
  readonly data: SampleData;
  readonly visit: number;
}

/** Our choices: as many visits before it are looked through for variables, a page at a time. */
const mostVisits = 5_000;
const pageSize = 1_000;

/**
 * The data that a state had in an execution: its input, the variables that it could read, and the result or the error. Of a state that was
 * entered more than once it is the visit that is named, or else the last. `undefined`: it was not entered.
 */
export async function readVisitSample(
  executionArn: string,
  key: NodeKey,
  wanted?: number,
  source: VisitSource = server,
): Promise<VisitSample | undefined> {
  const visits = await allVisits(source, executionArn);
  const own = visits.filter((each) => each.key === key);
  const visit = own.find(({ id }) => id === wanted) ?? own.at(-1);
  if (visit === undefined) return undefined;
  const event = async (id: number | undefined): Promise<HistoryEvent | undefined> => {
    if (id === undefined) return undefined;
    const { events } = await source.events(executionArn, { from: id, limit: 1, data: true });
    return events.find((each) => each.id === id);
  };
  const [entered, ended, variables] = await Promise.all([
    event(visit.id),
    event(visit.attempts.at(-1)?.endEventId),
    readVariables(visits, visit, event),
  ]);
  const input = valueOf(detailsOf(entered)["input"]);
  const result = valueOf(detailsOf(ended)["output"]);
  const { error, cause } = visit;
  return {
    visit: visit.id,
    data: {
      ...(input !== undefined && { input }),
      variables,
      ...(result !== undefined && { result }),
      ...(error !== undefined && { errorOutput: { Error: error, Cause: cause ?? "" } }),
    },
  };
}

async function allVisits(source: VisitSource, arn: string): Promise<readonly VisitView[]> {
  const found: VisitView[] = [];
  for (;;) {
    const page = await source.visits(arn, { offset: found.length, limit: pageSize });
    found.push(...page.visits);
    if (page.visits.length === 0 || found.length >= Math.min(page.total, mostVisits)) return found;
  }
}

/** Each with the value that the visit found: the exit of a state before it has that. */
async function readVariables(
  visits: readonly VisitView[],
  visit: VisitView,
  event: (id: number) => Promise<HistoryEvent | undefined>,
): Promise<Readonly<Record<string, unknown>>> {
  const found = variablesInScope(visits, visit).flatMap(({ name, found: assignment }) =>
    assignment === undefined ? [] : [{ name, eventId: assignment.eventId }],
  );
  const entries = await Promise.all(
    found.map(async ({ name, eventId }) => {
      const assigned = detailsOf(await event(eventId))["assignedVariables"];
      const value = (assigned as Readonly<Record<string, unknown>> | undefined)?.[name];
      return [name, valueOf(value)] as const;
    }),
  );
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** Payloads are JSON texts; one that was cut is none. */
function valueOf(text: unknown): unknown {
  if (typeof text !== "string") return text;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
