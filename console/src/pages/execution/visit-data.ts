import { useQuery } from "@tanstack/react-query";
import type { VisitView } from "../../../../src/console/view-types.ts";
import type { HistoryEvent } from "../../api/client.ts";
import { keys } from "../../api/keys.ts";
import { useEventSource, type EventSource } from "./event-source.ts";

/** The documents of one visit, as the events have them: JSON texts. */
export interface VisitData {
  readonly input?: string;
  readonly output?: string;
  readonly variables: readonly (readonly [name: string, value: string])[];
  readonly attempts: readonly {
    readonly id: number;
    readonly sent?: string;
    readonly got?: string;
  }[];
}

/** Reads the few events that a visit's documents are in. */
export function useVisitData(executionArn: string, visit: VisitView | undefined) {
  const source = useEventSource();
  return useQuery({
    enabled: visit !== undefined,
    // What has happened does not change; what happens makes it another key.
    queryKey: [
      ...keys.execution(executionArn),
      "data",
      visit?.id,
      visit?.exitEventId,
      visit?.attempts.length,
      visit?.attempts.at(-1)?.endEventId,
    ],
    staleTime: Infinity,
    queryFn: () => readVisit(source, executionArn, visit as VisitView),
  });
}

async function readVisit(
  source: EventSource,
  executionArn: string,
  visit: VisitView,
): Promise<VisitData> {
  const event = async (id: number | undefined): Promise<HistoryEvent | undefined> => {
    if (id === undefined) return undefined;
    const page = await source.events(executionArn, { from: id, limit: 1 });
    return page.events.find((each) => each.id === id);
  };
  const [entered, exited, ...tries] = await Promise.all([
    event(visit.id),
    event(visit.exitEventId),
    ...visit.attempts.flatMap(({ id, endEventId }) => [event(id), event(endEventId)]),
  ]);
  const assigned = detailsOf(exited)["assignedVariables"] as
    Readonly<Record<string, string>> | undefined;
  const input = text(detailsOf(entered)["input"]);
  const output = text(detailsOf(exited)["output"]);
  return {
    ...(input !== undefined && { input }),
    ...(output !== undefined && { output }),
    variables: Object.entries(assigned ?? {}).map(([name, value]) => [name, text(value) ?? ""]),
    attempts: visit.attempts.map(({ id }, index) => {
      const scheduled = detailsOf(tries[2 * index]);
      const sent = text(scheduled["parameters"] ?? scheduled["input"]);
      const got = text(detailsOf(tries[2 * index + 1])["output"]);
      return { id, ...(sent !== undefined && { sent }), ...(got !== undefined && { got }) };
    }),
  };
}

/** The one member of an event that has its details. */
export function detailsOf(event: HistoryEvent | undefined): Readonly<Record<string, unknown>> {
  const [, details] =
    Object.entries(event ?? {}).find(([name]) => name.endsWith("EventDetails")) ?? [];
  return (details ?? {}) as Readonly<Record<string, unknown>>;
}

/** A document as JSON text. Some tools open the texts of a history when they save it. */
function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : JSON.stringify(value);
}
