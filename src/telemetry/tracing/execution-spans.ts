import { type BranchId, type EpochMs, type EventId, rootBranch } from "../../machine/ids.ts";
import type { JournalEvent } from "../../machine/journal/journal-event.ts";
import type { FeedExecution, FeedItem, FeedSubscriber } from "../../ports/feed.ts";
import type { FunctionCaller } from "../../ports/function-logs.ts";
import type { Span } from "./span.ts";
import {
  isInSample,
  ownTraceId,
  parseTraceHeader,
  spanIdOf,
  type TraceContext,
} from "./trace-context.ts";

export interface SamplingSettings {
  /** The part of all traces that is told, from 0 to 1, where no context says it; absent: all. */
  readonly ratio?: number | undefined;
  /** Whether children of distributed Maps are told, of which there may be thousands; absent: they are not. */
  readonly mapRunChildren?: boolean | undefined;
}

/** Our choices: events that may wait, and executions that are followed at a time. */
const capacity = 100_000;
const mostFollowed = 20_000;

interface OpenSpan {
  readonly spanId: string;
  readonly parentSpanId: string;
  readonly name: string;
  readonly startedAt: EpochMs;
  readonly attributes: Span["attributes"];
}

/** What is known of an execution that runs. */
interface Followed {
  readonly context: TraceContext;
  readonly spanId: string;
  /** When the execution began, or this redrive of it. */
  readonly startedAt: EpochMs;
  /** The state in which each branch is. */
  readonly states: Map<BranchId, OpenSpan>;
  /** The span of the Parallel or Map state that made the branch. */
  readonly makers: Map<BranchId, string>;
  readonly calls: Map<EventId, OpenSpan>;
  /** The call that an event of a branch belongs to. */
  readonly callOfBranch: Map<BranchId, EventId>;
}

/**
 * A span for each execution, state and call of it, made of the events as they are fed. It follows executions in memory: of one that
 * ran before a restart only its own span and those of later states are told.
 */
export class ExecutionSpans implements FeedSubscriber {
  readonly name = "traces";
  readonly capacity = capacity;
  readonly #tell: (span: Span) => void;
  readonly #sampling: SamplingSettings;
  readonly #followed = new Map<string, Followed>();
  readonly #wanted = new WeakMap<FeedExecution, boolean>();

  constructor(sampling: SamplingSettings, tell: (span: Span) => void) {
    this.#sampling = sampling;
    this.#tell = tell;
  }

  wants(execution: FeedExecution): boolean {
    let isWanted = this.#wanted.get(execution);
    if (isWanted === undefined) {
      const { isSampled, traceId } = this.#contextOf(execution);
      const { mapRunChildren = false, ratio = 1 } = this.#sampling;
      isWanted =
        (execution.record.mapRun === undefined || mapRunChildren) &&
        (isSampled ?? isInSample(traceId, ratio));
      this.#wanted.set(execution, isWanted);
    }
    return isWanted;
  }

  /** The context for what a task calls: the call's span is the parent of what happens there. */
  contextOfCall({
    executionArn,
    traceHeader,
    taskId,
  }: FunctionCaller): TraceContext & { readonly parentSpanId: string } {
    const given = traceHeader === undefined ? undefined : parseTraceHeader(traceHeader);
    const { traceId, isSampled } = this.#followed.get(executionArn)?.context ??
      given ?? { traceId: ownTraceId(executionArn), isSampled: undefined };
    return {
      traceId,
      parentSpanId: spanIdOf(executionArn, taskId),
      isSampled: isSampled ?? isInSample(traceId, this.#sampling.ratio ?? 1),
    };
  }

  receive(items: readonly FeedItem[]): void {
    for (const item of items) {
      const { execution, events } = item;
      const followed = this.#follow(item);
      for (const event of events) this.#happened(followed, execution, event);
      if (item.status !== "RUNNING") this.#ended(followed, item);
    }
  }

  startAgain(): void {
    this.#followed.clear();
  }

  #follow({ execution, redriveCount, events }: FeedItem): Followed {
    const { executionArn, startDate } = execution.record;
    const known = this.#followed.get(executionArn);
    if (known !== undefined) return known;
    if (this.#followed.size >= mostFollowed) {
      const [oldest] = this.#followed.keys();
      if (oldest !== undefined) this.#followed.delete(oldest);
    }
    const followed: Followed = {
      context: this.#contextOf(execution),
      spanId: runSpanId(executionArn, redriveCount),
      startedAt: redriveCount === 0 ? startDate : (events[0]?.at ?? startDate),
      states: new Map(),
      makers: new Map(),
      calls: new Map(),
      callOfBranch: new Map(),
    };
    this.#followed.set(executionArn, followed);
    return followed;
  }

  /** That of its header; of an execution that a task waits for that of the task; else one of its own. */
  #contextOf({ record }: FeedExecution): TraceContext {
    const { traceHeader, executionArn, parent } = record;
    const given = traceHeader === undefined ? undefined : parseTraceHeader(traceHeader);
    if (given !== undefined) return given;
    if (parent === undefined) {
      return { traceId: ownTraceId(executionArn), parentSpanId: undefined, isSampled: undefined };
    }
    const above = this.#followed.get(parent.executionArn)?.context;
    return {
      traceId: above?.traceId ?? ownTraceId(parent.executionArn),
      parentSpanId: spanIdOf(parent.executionArn, parent.taskId),
      isSampled: above?.isSampled,
    };
  }

  #happened(followed: Followed, { record }: FeedExecution, event: JournalEvent): void {
    const { branch, at } = event;
    const state = followed.states.get(branch);
    switch (event.type) {
      case "ParallelStateStarted": {
        const { firstBranch, count } = event.internal;
        for (let made = firstBranch; made < firstBranch + count; made++) {
          if (state !== undefined) followed.makers.set(made, state.spanId);
        }
        return;
      }
      case "MapIterationStarted":
        if (state !== undefined) followed.makers.set(event.internal.child, state.spanId);
        return;
      case "TaskScheduled":
      case "LambdaFunctionScheduled":
      case "ActivityScheduled": {
        const { resource } = event.details;
        const service = "resourceType" in event.details ? event.details.resourceType : undefined;
        followed.callOfBranch.set(branch, event.id);
        followed.calls.set(event.id, {
          spanId: spanIdOf(record.executionArn, event.id),
          parentSpanId: state?.spanId ?? followed.spanId,
          name: service === undefined ? resource : `${service}:${resource}`,
          startedAt: at,
          attributes: { "stepwell.resource": resource },
        });
        return;
      }
      case "TaskSucceeded":
      case "LambdaFunctionSucceeded":
      case "ActivitySucceeded":
        this.#callEnded(followed, branch, at, undefined);
        return;
      case "TaskFailed":
      case "LambdaFunctionFailed":
      case "ActivityFailed":
      case "TaskTimedOut":
      case "LambdaFunctionTimedOut":
      case "ActivityTimedOut":
        this.#callEnded(followed, branch, at, event.details.error ?? "failed");
        return;
      default:
        this.#stateChanged(followed, record.executionArn, event);
    }
  }

  #stateChanged(followed: Followed, executionArn: string, event: JournalEvent): void {
    const { branch, at, type } = event;
    if (type.endsWith("StateEntered") && "name" in event.details) {
      followed.states.set(branch, {
        spanId: spanIdOf(executionArn, event.id),
        parentSpanId: followed.makers.get(branch) ?? followed.spanId,
        name: event.details.name,
        startedAt: at,
        attributes: { "stepwell.state.type": type.slice(0, -"StateEntered".length) },
      });
    } else if (type.endsWith("StateExited")) this.#stateEnded(followed, branch, at, undefined);
    else if (type.endsWith("StateAborted")) this.#stateEnded(followed, branch, at, "aborted");
  }

  #callEnded(followed: Followed, branch: BranchId, at: EpochMs, error: string | undefined): void {
    const id = followed.callOfBranch.get(branch);
    const call = id === undefined ? undefined : followed.calls.get(id);
    if (id === undefined || call === undefined) return;
    followed.calls.delete(id);
    followed.callOfBranch.delete(branch);
    this.#tellSpan(followed, call, "client", at, error);
  }

  #stateEnded(followed: Followed, branch: BranchId, at: EpochMs, error: string | undefined): void {
    const state = followed.states.get(branch);
    if (state === undefined) return;
    this.#callEnded(followed, branch, at, error ?? "aborted");
    followed.states.delete(branch);
    followed.makers.delete(branch);
    this.#tellSpan(followed, state, "internal", at, error);
  }

  /** What was open in it ends with it. */
  #ended(
    followed: Followed,
    { execution, status, stoppedAt, events, redriveCount }: FeedItem,
  ): void {
    const { record, identity, type } = execution;
    const end = events.findLast((event) => event.branch === rootBranch && "error" in event.details);
    const named = end !== undefined && "error" in end.details ? end.details.error : undefined;
    const error = status === "SUCCEEDED" ? undefined : (named ?? status);
    for (const branch of [...followed.states.keys()].reverse()) {
      this.#stateEnded(followed, branch, stoppedAt, error);
    }
    this.#followed.delete(record.executionArn);
    const { traceId, parentSpanId } = followed.context;
    this.#tell({
      traceId,
      spanId: followed.spanId,
      parentSpanId,
      name: identity.stateMachineName,
      kind: "server",
      startedAt: followed.startedAt,
      endedAt: stoppedAt,
      attributes: {
        "stepwell.execution.arn": record.executionArn,
        "stepwell.state_machine.arn": record.stateMachineArn,
        "stepwell.state_machine.type": type,
        "stepwell.execution.status": status,
        ...(redriveCount > 0 && { "stepwell.execution.redrive_count": redriveCount }),
      },
      ...(redriveCount > 0 && {
        links: [{ traceId, spanId: runSpanId(record.executionArn, redriveCount - 1) }],
      }),
      error,
    });
  }

  #tellSpan(
    { context: { traceId } }: Followed,
    { spanId, parentSpanId, name, startedAt, attributes }: OpenSpan,
    kind: Span["kind"],
    endedAt: EpochMs,
    error: string | undefined,
  ): void {
    this.#tell({
      traceId,
      spanId,
      parentSpanId,
      name,
      kind,
      startedAt,
      endedAt,
      attributes,
      error,
    });
  }
}

/** Each redrive is a span of its own in the same trace. */
function runSpanId(executionArn: string, redriveCount: number): string {
  return spanIdOf(redriveCount === 0 ? executionArn : `${executionArn} redrive ${redriveCount}`);
}
