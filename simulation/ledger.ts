import type { ExecutionStatus } from "../src/ports/store.ts";
import type { Truth } from "./truth.ts";
import { Violation } from "./violation.ts";

/** An end that a client was shown. */
interface SeenEnd {
  readonly status: ExecutionStatus;
  readonly stopDate: number | undefined;
  readonly redriveCount: number;
  readonly output: string | undefined;
}

/** What the outside was told, in its own book: each answer that reached a client, and each call of a function. */
export class Ledger {
  readonly #truth: Truth;
  readonly accepted = new Map<string, string>();
  readonly #ends = new Map<string, SeenEnd>();
  readonly #redrives = new Map<string, number>();
  readonly #called = new Set<string>();
  readonly #completed = new Map<string, string>();
  readonly #given = new Set<string>();

  readonly #areOwnersSteady: boolean;

  /** `areOwnersSteady`: none is lost, or out of reach, in this schedule. */
  constructor(truth: Truth, areOwnersSteady: boolean) {
    this.#truth = truth;
    this.#areOwnersSteady = areOwnersSteady;
  }

  get calls(): number {
    return this.#called.size;
  }

  /** A start was accepted. */
  started(executionArn: string, input: string): void {
    const execution = this.#truth.executions.get(executionArn);
    if (execution === undefined) {
      throw new Violation("accepted is durable", `${executionArn} was accepted and is not stored`);
    }
    if (execution.snapshot.input.text !== input) {
      throw new Violation("names are unique", `${executionArn} was accepted with two inputs`);
    }
    this.accepted.set(executionArn, input);
  }

  stopped(executionArn: string, stopDate: number): void {
    const execution = this.#truth.executions.get(executionArn);
    const { status, stoppedAt, redriveCount } = execution?.snapshot ?? {};
    if (redriveCount !== 0) return;
    if (status === "RUNNING" || stoppedAt !== stopDate) {
      throw new Violation(
        "stopped is durable",
        `${executionArn} was stopped at ${stopDate}, and is ${status ?? "unknown"} since ${stoppedAt ?? "ever"}`,
      );
    }
  }

  redriven(executionArn: string, date: number): void {
    const snapshot = this.#truth.executions.get(executionArn)?.snapshot;
    if (snapshot === undefined || snapshot.redriveCount === 0 || snapshot.countedFrom < date) {
      throw new Violation(
        "redriven is durable",
        `${executionArn} was redriven, which is not recorded`,
      );
    }
    this.#redrives.set(executionArn, 1);
  }

  /** What was known when something is asked: the answer must not know less. */
  known(executionArn: string): { isAccepted: boolean; end: SeenEnd | undefined; redrives: number } {
    return {
      isAccepted: this.accepted.has(executionArn),
      end: this.#ends.get(executionArn),
      redrives: this.#redrives.get(executionArn) ?? 0,
    };
  }

  described(
    executionArn: string,
    before: ReturnType<Ledger["known"]>,
    shown: SeenEnd | undefined,
  ): void {
    if (shown === undefined) {
      if (!before.isAccepted) return;
      throw new Violation(
        "reads see what was answered",
        `${executionArn} is not found after its start`,
      );
    }
    if (shown.redriveCount < before.redrives) {
      throw new Violation(
        "reads see what was answered",
        `${executionArn} is shown as before its redrive`,
      );
    }
    const { end } = before;
    if (end !== undefined && shown.redriveCount < end.redriveCount) {
      throw new Violation(
        "reads see what was answered",
        `${executionArn} is shown as before a redrive`,
      );
    }
    if (end !== undefined && shown.redriveCount === end.redriveCount) {
      if (
        shown.status !== end.status ||
        shown.stopDate !== end.stopDate ||
        shown.output !== end.output
      ) {
        throw new Violation("one end", `${executionArn} was ${end.status}, then ${shown.status}`);
      }
    }
    const snapshot = this.#truth.executions.get(executionArn)?.snapshot;
    if (snapshot === undefined) {
      throw new Violation("accepted is durable", `${executionArn} is shown and is not stored`);
    }
    if (shown.status === "RUNNING") return;
    if (snapshot.redriveCount === shown.redriveCount) {
      if (snapshot.status !== shown.status || snapshot.output?.text !== shown.output) {
        throw new Violation(
          "answers are what is stored",
          `${executionArn} is shown as ${shown.status} and is ${snapshot.status}`,
        );
      }
    }
    this.#ends.set(executionArn, shown);
  }

  /** A function is called. */
  called(executionArn: string, taskId: number): void {
    const attempt = `${executionArn} ${taskId}`;
    if (this.#called.has(attempt)) {
      throw new Violation("an attempt is called once", `${attempt} is called again`);
    }
    this.#called.add(attempt);
  }

  /** A worker was given a task of an activity. */
  given(token: string): void {
    if (this.#given.has(token)) {
      throw new Violation("an attempt is called once", "two workers were given one task");
    }
    this.#given.add(token);
  }

  /** The result of a task was refused, when it was told for the first time. */
  refused(executionArn: string, taskId: number, output: string): void {
    if (this.#truth.executions.get(executionArn)?.results.has(output) === true) {
      throw new Violation(
        "answers are what is stored",
        `${executionArn} ${taskId} was completed, and it was denied`,
      );
    }
  }

  /** The result of a task was accepted. */
  completed(executionArn: string, taskId: number, token: string, output: string): void {
    const execution = this.#truth.executions.get(executionArn);
    const isOpen = execution?.snapshot.status === "RUNNING" && !execution.ended.has(taskId);
    if (isOpen) {
      throw new Violation(
        "completed is durable",
        `${executionArn} ${taskId} was completed, which is not recorded`,
      );
    }
    const earlier = this.#completed.get(token);
    // Where an owner is gone with its answer, the next one takes a task that is over for one that was completed before.
    if (earlier !== undefined && earlier !== output && this.#areOwnersSteady) {
      throw new Violation(
        "a token completes once",
        `${executionArn} ${taskId} was completed twice`,
      );
    }
    this.#completed.set(token, output);
  }
}
