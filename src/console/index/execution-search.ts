import { decodeEvents } from "../../machine/journal/journal-codec.ts";
import type { JournalEvent } from "../../machine/journal/journal-event.ts";
import type { Store } from "../../ports/store.ts";
import type { Engine } from "../../runtime/engine.ts";
import type { LiveExecution } from "../execution/live-executions.ts";
import {
  compileFilter,
  isMemberField,
  parseFilter,
  type FilterTerm,
  type MemberField,
} from "../filter.ts";
import { stateMachines } from "../workflows/state-machines.ts";
import { isEnd, type ExecutionIndex, type IndexedExecution } from "./execution-index.ts";
import { indexedPaths, indexKey, memberTag, noteMembers } from "./indexed-members.ts";
import type { MemberPaths } from "./indexed-members.ts";
import { isFailure } from "./summaries.ts";

/** What a filter finds. */
export interface FoundExecutions {
  readonly terms: readonly FilterTerm[];
  /** All that are remembered, the newest first. */
  readonly executions: readonly IndexedExecution[];
  readonly matches: readonly IndexedExecution[];
  readonly isWanted: (execution: IndexedExecution) => boolean;
  /** What of the filter says nothing, in words. */
  readonly problems: readonly string[];
  /** Members that no workflow indexes. */
  readonly unindexed: readonly MemberField[];
}

export interface SearchSources {
  readonly index: ExecutionIndex;
  readonly store: Pick<Store, "stateMachines" | "journals">;
  readonly engine: Pick<Engine, "expressHistories">;
  readonly paths: MemberPaths;
  /** Reads an execution that nobody looks at. */
  readonly peek: (executionArn: string) => Promise<LiveExecution | undefined>;
}

/** Our choice: failures whose journals one search reads for the state that failed. */
const mostExplained = 1_000;
/** Our choice: executions whose journals one search reads for their members. Those after them wait for the next one. */
const mostFilled = 5_000;
const readAtOnce = 100;

/** Finds executions by the language of filters. */
export class ExecutionSearch {
  readonly #sources: SearchSources;

  constructor(sources: SearchSources) {
    this.#sources = sources;
  }

  /** `now` is what times count from. The index has to be loaded. */
  async find(filter: string, now: number): Promise<FoundExecutions> {
    const parsed = parseFilter(filter);
    const executions = this.#sources.index.newestFirst();
    if (parsed.terms.some(({ field }) => field === "state" || field === "text")) {
      await this.explain(executions.filter(isFailure).slice(0, mostExplained));
    }
    const asked = new Set(parsed.terms.map(({ field }) => field).filter(isMemberField));
    const unindexed = asked.size === 0 ? [] : await this.#unindexed(asked);
    if (unindexed.length < asked.size) await this.#fill(executions);
    const terms = parsed.terms.filter(({ field }) => !unindexed.some((each) => each === field));
    const isWanted = compileFilter(terms, now);
    return {
      terms,
      executions,
      matches: executions.filter(isWanted),
      isWanted,
      problems: [...parsed.problems, ...unindexed.map(howToIndex)],
      unindexed,
    };
  }

  /** Finds the state that failed, for those of which it is not known yet. */
  async explain(failed: readonly IndexedExecution[]): Promise<void> {
    const asked = failed.filter(({ isExplained }) => isExplained !== true);
    for (const execution of asked) {
      execution.isExplained = true;
      // A journal that cannot be read must not take the list with it.
      const live = await this.#sources.peek(execution.executionArn).catch(() => undefined);
      const id = live?.fold.failedVisit;
      const visit = id === undefined ? undefined : live?.fold.visit(id);
      if (visit !== undefined) execution.failedState = visit.name;
    }
  }

  async #unindexed(asked: ReadonlySet<MemberField>): Promise<readonly MemberField[]> {
    const missing = new Set(asked);
    for await (const { tags } of stateMachines(this.#sources.store)) {
      for (const path of indexedPaths(tags)) missing.delete(path);
      if (missing.size === 0) break;
    }
    return [...missing];
  }

  /** Reads the members of those that ran before they were asked for, or before the tag named them. */
  async #fill(executions: readonly IndexedExecution[]): Promise<void> {
    const { paths, engine, store } = this.#sources;
    const machines = new Set(executions.map(({ stateMachineArn }) => stateMachineArn));
    const pathsOf = new Map<string, readonly MemberField[]>();
    for (const arn of machines) pathsOf.set(arn, await paths.of(arn));
    const asked = executions
      .filter(({ stateMachineArn, indexedBy }) => {
        const named = pathsOf.get(stateMachineArn) ?? [];
        return named.length > 0 && indexedBy !== indexKey(named);
      })
      .slice(0, mostFilled);
    const take = (execution: IndexedExecution, events: readonly JournalEvent[]): void => {
      const named = pathsOf.get(execution.stateMachineArn) ?? [];
      const last = events.at(-1);
      for (const event of events) noteMembers(execution, event, named);
      // It has ended since its journal was read, and the index has been told of that: it is read again next time.
      const hasEnded = last !== undefined && (last.type === "ExecutionSucceeded" || isEnd(last));
      if (execution.status !== "RUNNING" && !hasEnded) delete execution.indexedBy;
    };
    const standard: IndexedExecution[] = [];
    for (const execution of asked) {
      const express = engine.expressHistories.find(execution.executionArn);
      if (express !== undefined) take(execution, express.events);
      else if (execution.type === "STANDARD") standard.push(execution);
    }
    for (let from = 0; from < standard.length; from += readAtOnce) {
      const some = new Map(
        standard.slice(from, from + readAtOnce).map((each) => [each.executionArn, each]),
      );
      for (const { record, chunks, unread } of await store.journals([...some.keys()])) {
        const execution = some.get(record.executionArn);
        if (execution === undefined || unread !== undefined) continue;
        // The input is in its first events, the output in its last.
        const ends = chunks.length > 1 ? [chunks[0], chunks.at(-1)] : chunks;
        take(
          execution,
          ends.flatMap((chunk) => (chunk === undefined ? [] : decodeEvents(chunk.data))),
        );
      }
    }
  }
}

function howToIndex(path: MemberField): string {
  return `No workflow indexes '${path}'; put it into the tag '${memberTag}' of the workflow, beside other members after a blank`;
}
