import { explain } from "../following/execution-follower.ts";
import { Lines } from "../following/lines.ts";
import { noteUsage } from "../limits/usage.ts";
import { decodeEvents } from "../../machine/journal/journal-codec.ts";
import type { Page, PageRequest, Store } from "../../ports/store.ts";
import type { Engine } from "../../runtime/engine.ts";
import {
  indexed,
  type IndexedExecution,
  isEnd,
  noteFailure,
  remembered,
} from "./execution-index.ts";

/** Our choice: of each workflow at most so many. */
const ofOneWorkflow = 2_000;
/** Our choice: running executions whose journals are looked into for what they wait for. */
const lookedInto = 5_000;
const readAtOnce = 100;
/** Our choice: characters of a failed execution's journal up to which all of it is read, for the state that failed. */
const shortJournal = 64_000;

/** The newest executions of all workflows as the store has them, the oldest first. */
export async function loadExecutions(
  store: Pick<Store, "stateMachines" | "executions" | "journals">,
  engine: Pick<Engine, "expressHistories">,
): Promise<readonly IndexedExecution[]> {
  const machines = await allOf((page) => store.stateMachines("arn:", page), remembered);
  const found: IndexedExecution[] = [];
  for (const { stateMachineArn, type } of machines) {
    if (type === "EXPRESS") continue;
    const records = await allOf(
      (page) => store.executions({ stateMachineArn }, page),
      ofOneWorkflow,
    );
    for (const record of records) {
      if (record.mapRun === undefined) found.push(indexed(record, "STANDARD"));
    }
  }
  for (const record of engine.expressHistories.list({}, { limit: 1_000 }).records) {
    found.push(indexed(record, "EXPRESS"));
  }
  found.sort((a, b) => a.startDate - b.startDate);
  const newest = found.slice(-remembered);
  await lookInto(newest, store);
  return newest;
}

/** Finds what running executions wait for, and why those that failed did. */
async function lookInto(
  executions: readonly IndexedExecution[],
  store: Pick<Store, "journals">,
): Promise<void> {
  const asked = executions
    .filter(({ type, status }) => type === "STANDARD" && status !== "SUCCEEDED")
    .slice(-lookedInto);
  for (let from = 0; from < asked.length; from += readAtOnce) {
    const some = new Map(
      asked.slice(from, from + readAtOnce).map((each) => [each.executionArn, each]),
    );
    for (const { record, chunks, unread } of await store.journals([...some.keys()])) {
      const execution = some.get(record.executionArn);
      if (execution === undefined || unread !== undefined) continue;
      if (execution.status !== "RUNNING") {
        const ended = decodeEvents(chunks.at(-1)?.data ?? "").at(-1);
        if (ended !== undefined && isEnd(ended)) noteFailure(execution, ended.details);
        const length = chunks.reduce((total, { data }) => total + data.length, 0);
        if (length > shortJournal) continue;
      }
      const lines = new Lines(undefined);
      for (const { data } of chunks) {
        const events = decodeEvents(data);
        for (const event of events) lines.apply(event);
        noteUsage(execution, events, execution.type);
      }
      execution.lines = lines;
      execution.asked = lines.asked;
      explain(execution, lines);
    }
  }
}

async function allOf<T>(
  read: (page: PageRequest) => Promise<Page<T>>,
  most: number,
): Promise<readonly T[]> {
  const items: T[] = [];
  let after: string | undefined;
  do {
    const page = await read({
      limit: Math.min(500, most - items.length),
      ...(after === undefined ? {} : { after }),
    });
    items.push(...page.items);
    after = page.next;
  } while (after !== undefined && items.length < most);
  return items;
}
