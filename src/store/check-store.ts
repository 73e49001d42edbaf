import { evolve } from "../machine/evolve.ts";
import { branchDeadline } from "../machine/deadline.ts";
import { isCustomerSealed } from "./customer-keys/customer-texts.ts";
import { decodeEvents } from "../machine/journal/journal-codec.ts";
import { newSnapshot, type ExecutionSnapshot } from "../machine/snapshot.ts";
import type { EventId, TaskId } from "../machine/ids.ts";
import {
  DamagedJournal,
  type DumpedChunk,
  type DumpedExecution,
  type DumpKind,
  type DumpRecords,
  type StoreDump,
} from "../ports/store-dump.ts";

/** Records that are read in one go: our choice; a page of large ones is shorter. */
const pageRecords = 1_000;

export interface CheckResult {
  /** Records of each kind that were read. */
  readonly counts: { readonly [K in DumpKind]: number };
  /** How many executions have each status. */
  readonly statuses: { readonly [status: string]: number };
  readonly parked: number;
  readonly events: number;
  /** What is wrong with the data. */
  readonly problems: readonly string[];
  /** How the store is set up badly; its data may be right. */
  readonly risks: readonly string[];
}

/** Reads everything that a store holds, and says what is wrong. `report` is told how many executions are done. */
export async function checkStore(
  store: StoreDump,
  report: (done: number, of: number | undefined) => void = () => {},
): Promise<CheckResult> {
  const check = new StoreCheck(store);
  await check.definitions();
  await check.whatBelongsToExecutions();
  await check.executions(report);
  check.leftOver();
  const findings = await store.findings();
  const ofSeverity = (severity: string): string[] =>
    findings.filter((finding) => finding.severity === severity).map(({ text }) => text);
  return {
    ...check.result(),
    problems: [...check.problems, ...ofSeverity("wrong")],
    risks: ofSeverity("risky"),
  };
}

class StoreCheck {
  readonly problems: string[] = [];
  readonly #store: StoreDump;
  readonly #counts: { [K in DumpKind]?: number } = {};
  readonly #statuses: { [status: string]: number } = {};
  #parked = 0;
  #events = 0;
  /** `state machine revision`. */
  readonly #revisions = new Set<string>();
  readonly #mapRuns = new Set<string>();
  /** What names an execution that has not been seen yet. */
  readonly #mentions = new Map<string, string[]>();
  /** The activity tasks of each execution that wait in a queue. */
  readonly #queued = new Map<string, TaskId[]>();

  constructor(store: StoreDump) {
    this.#store = store;
  }

  result(): Pick<CheckResult, "counts" | "statuses" | "parked" | "events"> {
    return {
      counts: this.#counts as CheckResult["counts"],
      statuses: this.#statuses,
      parked: this.#parked,
      events: this.#events,
    };
  }

  /** State machines and what they consist of: few, compared with the rest. */
  async definitions(): Promise<void> {
    for await (const { secret } of this.#all("secret")) {
      if (Buffer.from(secret, "base64").length !== 32) this.#wrong("the secret is not 32 bytes");
    }
    for await (const { stateMachineArn, revisionId } of this.#all("revision")) {
      this.#revisions.add(`${stateMachineArn} ${revisionId}`);
    }
    const machines = new Map<string, number>();
    for await (const { stateMachineArn, revisionId, lastVersion = 0 } of this.#all(
      "stateMachine",
    )) {
      machines.set(stateMachineArn, lastVersion);
      this.#needRevision(stateMachineArn, revisionId, stateMachineArn);
    }
    const versions = new Set<string>();
    for await (const { stateMachineArn, revisionId, version } of this.#all("version")) {
      const name = `version ${version} of ${stateMachineArn}`;
      versions.add(name);
      this.#needRevision(stateMachineArn, revisionId, name);
      const last = machines.get(stateMachineArn);
      if (last === undefined) this.#wrong(`${name} belongs to no state machine`);
      else if (version > last) this.#wrong(`${name} is above the last number given out, ${last}`);
    }
    for await (const { stateMachineArn, name, routes } of this.#all("alias")) {
      for (const { version } of routes) {
        if (versions.has(`version ${version} of ${stateMachineArn}`)) continue;
        this.#wrong(
          `the alias ${name} of ${stateMachineArn} names version ${version}, which is not there`,
        );
      }
    }
    for await (const { stateMachineArn, kind } of this.#all("note")) {
      if (machines.has(stateMachineArn)) continue;
      this.#wrong(`the note ${kind} of ${stateMachineArn} belongs to no state machine`);
    }
    await this.#countAll("document");
    await this.#countAll("activity");
  }

  /** What names executions; whether these are there is known when they have been read. */
  async whatBelongsToExecutions(): Promise<void> {
    for await (const { executionArn, taskId } of this.#all("activityTask")) {
      this.#queued.set(executionArn, [...(this.#queued.get(executionArn) ?? []), taskId]);
      this.#mention(executionArn, `the activity task ${taskId}`);
    }
    for await (const { mapRunArn, executionArn } of this.#all("mapRun")) {
      this.#mapRuns.add(mapRunArn);
      this.#mention(executionArn, `the Map Run ${mapRunArn}`);
    }
    // A message may outlive whom it is for: who delivers it finds nobody, and forgets it.
    await this.#countAll("message");
  }

  /** Executions, each with its journal: both come in one order. */
  async executions(report: (done: number, of: number | undefined) => void): Promise<void> {
    const of = await this.#store.count("execution");
    const chunks = this.#all("journal");
    let chunk = await chunks.next();
    let done = 0;
    for await (const execution of this.#all("execution")) {
      const { executionArn } = execution.record;
      const fold = new JournalFold();
      while (!chunk.done && chunk.value.executionArn === executionArn) {
        fold.add(chunk.value);
        chunk = await chunks.next();
      }
      this.#events += fold.events;
      this.#checkExecution(execution, fold);
      report(++done, of);
    }
    if (!chunk.done) {
      this.#wrong(
        `the journal of ${chunk.value.executionArn} is not in the order of the executions`,
      );
      while (!chunk.done) chunk = await chunks.next();
    }
  }

  leftOver(): void {
    for (const [executionArn, names] of this.#mentions) {
      for (const name of names)
        this.#wrong(`${name} belongs to ${executionArn}, which is not there`);
    }
  }

  #checkExecution(
    { record, parked }: DumpedExecution,
    { snapshot, problem, events, isSealed }: JournalFold,
  ): void {
    const { executionArn, stateMachineArn, revisionId, status, mapRun } = record;
    this.#statuses[status] = (this.#statuses[status] ?? 0) + 1;
    this.#mentions.delete(executionArn);
    this.#needRevision(stateMachineArn, revisionId, executionArn);
    if (mapRun !== undefined && !this.#mapRuns.has(mapRun.mapRunArn)) {
      this.#wrong(`${executionArn} is a child of ${mapRun.mapRunArn}, which is not there`);
    }
    if (parked !== undefined) this.#parked += 1;
    if (problem !== undefined) return this.#wrong(`the journal of ${executionArn}: ${problem}`);
    // Its customer alone can tell what is in it.
    if (isSealed) return;
    if (events === 0) return this.#wrong(`${executionArn} has no journal`);
    if (snapshot.status !== status) {
      this.#wrong(`${executionArn} is ${status}, and its journal says ${snapshot.status}`);
    }
    if (parked !== undefined) this.#checkWake(record, parked.wakeAt, snapshot);
    for (const taskId of this.#queued.get(executionArn) ?? []) {
      if (waitsFor(snapshot, taskId)) continue;
      this.#wrong(
        `the activity task ${taskId} waits in a queue, and ${executionArn} does not wait for it`,
      );
    }
  }

  #checkWake(
    { executionArn, status, startDate }: DumpedExecution["record"],
    wakeAt: number | undefined,
    snapshot: ExecutionSnapshot,
  ): void {
    if (status !== "RUNNING") return this.#wrong(`${executionArn} is parked, and ${status}`);
    if (wakeAt !== undefined && (!Number.isSafeInteger(wakeAt) || wakeAt < startDate)) {
      return this.#wrong(`${executionArn} is to be woken at ${wakeAt}, before it started`);
    }
    const deadlines = [...snapshot.branches.values()].map(branchDeadline);
    const deadline = Math.min(...deadlines, Number.POSITIVE_INFINITY);
    if ((wakeAt ?? Number.POSITIVE_INFINITY) <= deadline) return;
    this.#wrong(
      `${executionArn} is to be woken ${wakeAt === undefined ? "never" : `at ${timeText(wakeAt)}`}, ` +
        `and has something to do at ${timeText(deadline)}`,
    );
  }

  #needRevision(stateMachineArn: string, revisionId: string, by: string): void {
    // The children of a Map Run run a part of the machine, whose label follows the ARN.
    const [base = ""] = stateMachineArn.split("/");
    if (this.#revisions.has(`${base} ${revisionId}`)) return;
    this.#wrong(`${by} names revision ${revisionId} of ${stateMachineArn}, which is not there`);
  }

  #mention(executionArn: string, name: string): void {
    this.#mentions.set(executionArn, [...(this.#mentions.get(executionArn) ?? []), name]);
  }

  #wrong(text: string): void {
    this.problems.push(text);
  }

  async #countAll(kind: DumpKind): Promise<void> {
    for await (const _ of this.#all(kind)) {
      // Counted by reading.
    }
  }

  /** All records of a kind. Chunks that cannot be read are a problem, and passed over. */
  async *#all<K extends DumpKind>(kind: K): AsyncGenerator<DumpRecords[K], undefined> {
    this.#counts[kind] = 0;
    let after: string | undefined;
    do {
      try {
        const limit = pageRecords;
        const page = await this.#store.records(kind, {
          limit,
          ...(after !== undefined && { after }),
        });
        for (const record of page.items) {
          this.#counts[kind] = (this.#counts[kind] ?? 0) + 1;
          yield record;
        }
        after = page.next;
      } catch (error) {
        if (!(error instanceof DamagedJournal)) throw error;
        this.#wrong(error.message);
        after = error.next;
      }
    } while (after !== undefined);
  }
}

/** Folds one journal, until something in it is wrong. */
class JournalFold {
  readonly snapshot: ExecutionSnapshot = newSnapshot();
  events = 0;
  problem: string | undefined;
  /** A part of it is sealed with a customer's key. */
  isSealed = false;
  #lastId: EventId = 0;

  add({ firstEventId, lastEventId, data }: DumpedChunk): void {
    this.isSealed ||= isCustomerSealed(data);
    if (this.problem !== undefined || this.isSealed) return;
    try {
      const events = decodeEvents(data);
      const ids = events.map(({ id }) => id).filter((id) => id !== 0);
      if (firstEventId !== (ids[0] ?? 0) || lastEventId !== (ids.at(-1) ?? 0)) {
        this.problem = `a chunk says that it has the events ${firstEventId} to ${lastEventId}, and has others`;
        return;
      }
      for (const event of events) {
        if (event.id !== 0 && event.id !== this.#lastId + 1) {
          this.problem = `the event ${event.id} follows the event ${this.#lastId}`;
          return;
        }
        if (event.id !== 0) this.#lastId = event.id;
        evolve(this.snapshot, event);
        this.events += 1;
      }
    } catch (error) {
      this.problem = `after the event ${this.#lastId}: ${error instanceof Error ? error.message : String(error)}`;
    }
  }
}

function waitsFor(snapshot: ExecutionSnapshot, taskId: TaskId): boolean {
  return [...snapshot.branches.values()].some(
    ({ waiting }) =>
      waiting?.type === "task" && waiting.kind === "activity" && waiting.taskId === taskId,
  );
}

function timeText(at: number): string {
  return Number.isFinite(at) && Math.abs(at) < 8.64e15 ? new Date(at).toISOString() : String(at);
}
