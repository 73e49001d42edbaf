import { isJsonObject } from "../../expression/json.ts";
import type { EpochMs } from "../../machine/ids.ts";
import type { TargetOutcome, TargetRequest } from "../targets/target.ts";

/** What came of what one trigger had for its targets, on this node since it began. */
export interface SourceOutcomes {
  readonly taken: number;
  /** Attempts that were refused. */
  readonly failed: number;
  /** What is not tried any more. */
  readonly givenUp: number;
  /** The newest first. */
  readonly newest: readonly SourceOutcome[];
}

/** One attempt. */
export interface SourceOutcome {
  readonly at: EpochMs;
  readonly targetArn: string;
  /** What it has started, where that is an execution. */
  readonly executionArn?: string;
  /** Why it was refused. */
  readonly code?: string;
  readonly message?: string;
}

/** *Our choices*: outcomes of a source that are told, and sources that are remembered. */
const mostNewest = 5;
const mostSources = 2_000;

const nothing: SourceOutcomes = { taken: 0, failed: 0, givenUp: 0, newest: [] };

/** Counts what came of deliveries, by the rule or the schedule that they are of. It is kept in memory: what matters is in the store. */
export class OutcomeTally {
  readonly #sources = new Map<string, SourceOutcomes>();

  of(sourceArn: string): SourceOutcomes {
    return this.#sources.get(sourceArn) ?? nothing;
  }

  note(
    { sourceArn, arn }: TargetRequest,
    outcome: Exclude<TargetOutcome, { type: "postponed" }>,
    at: EpochMs,
  ): void {
    const before = this.of(sourceArn);
    const isTaken = outcome.type === "taken";
    const one: SourceOutcome = {
      at,
      targetArn: arn,
      ...(isTaken ? startedBy(outcome) : { code: outcome.code, message: outcome.message }),
    };
    this.#put(sourceArn, {
      ...before,
      taken: before.taken + (isTaken ? 1 : 0),
      failed: before.failed + (isTaken ? 0 : 1),
      newest: [one, ...before.newest].slice(0, mostNewest),
    });
  }

  noteGivenUp({ sourceArn }: Pick<TargetRequest, "sourceArn">): void {
    const before = this.of(sourceArn);
    this.#put(sourceArn, { ...before, givenUp: before.givenUp + 1 });
  }

  /** The source that was heard of least recently makes room. */
  #put(sourceArn: string, outcomes: SourceOutcomes): void {
    this.#sources.delete(sourceArn);
    this.#sources.set(sourceArn, outcomes);
    if (this.#sources.size <= mostSources) return;
    const [oldest] = this.#sources.keys();
    if (oldest !== undefined) this.#sources.delete(oldest);
  }
}

function startedBy({
  output,
}: Extract<TargetOutcome, { type: "taken" }>): Pick<SourceOutcome, "executionArn"> {
  const executionArn = isJsonObject(output) ? output["executionArn"] : undefined;
  return typeof executionArn === "string" ? { executionArn } : {};
}
