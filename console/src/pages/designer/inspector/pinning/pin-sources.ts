import type { TestCase, VisitView } from "../../../../../../src/console/view-types.ts";
import { server, type HistoryEvent } from "../../../../api/client.ts";
import { designerTry } from "../../../../api/designer-try.ts";
import type { SampleData } from "../../../../designer/completion/candidate.ts";
import type { NodeKey } from "../../../../graph/model.ts";
import type { PinnedSource } from "../../pinned/pinned-store.ts";
import { visitSample, visitToPin, type ReadEvents } from "./visit-sample.ts";

/** Data to be pinned, and where it is from. */
export interface FoundData {
  readonly data: SampleData;
  readonly source: PinnedSource;
}

/** The most that the server tells in one answer; variables of later visits are not found. */
const mostVisits = 1_000;

/** The visits of a state in an execution, the oldest first. */
export async function visitsAt(executionArn: string, key: NodeKey): Promise<readonly VisitView[]> {
  return (await server.visits(executionArn, { key, limit: mostVisits })).visits;
}

/** What a state saw in an execution; `undefined`: it was not entered. */
export async function dataOfExecution(
  executionArn: string,
  key: NodeKey,
  chosen?: number,
): Promise<FoundData | undefined> {
  const [view, own, all] = await Promise.all([
    server.execution(executionArn),
    visitsAt(executionArn, key),
    server.visits(executionArn, { limit: mostVisits }),
  ]);
  const visit = own.find(({ id }) => id === chosen) ?? visitToPin(own);
  if (visit === undefined) return undefined;
  const read: ReadEvents = (query) => server.events(executionArn, { ...query, data: true });
  return {
    data: await visitSample(view, visit, all.visits, read),
    source: { from: "execution", executionArn, visit: visit.id },
  };
}

/** What a state sees in a test case: the definition is run with its mocks, time skipped. `undefined`: it is not entered. */
export async function dataOfCase(
  testCase: TestCase,
  definition: string,
  key: NodeKey,
  type: "STANDARD" | "EXPRESS",
): Promise<FoundData | undefined> {
  const simulation = await designerTry.simulate({
    definition,
    type,
    input: JSON.stringify(testCase.input),
    mocks: testCase.mocks,
    unmocked: "answer",
  });
  const { importHistory } = await import("../../../../../../src/console/import/import-history.ts");
  const file = { events: simulation.events, hasGaps: false };
  const graph = JSON.parse(definition) as Parameters<typeof importHistory>[2];
  const { view, visits, events } = importHistory(file, testCase.name, graph);
  const visit = visitToPin(visits.filter((each) => each.key === key));
  if (visit === undefined) return undefined;
  const byId = new Map(events.map((event) => [event.id, event as HistoryEvent]));
  const read: ReadEvents = ({ from }) => {
    const event = byId.get(from);
    return Promise.resolve({ events: event === undefined ? [] : [event], more: false });
  };
  return {
    data: await visitSample(view, visit, visits, read),
    source: { from: "case", name: testCase.name },
  };
}
