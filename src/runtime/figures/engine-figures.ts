import {
  type Counter,
  type Figures,
  type Histogram,
  type Labels,
  secondsBounds,
} from "../../ports/figures.ts";
import type { ExecutionStatus, StateMachineType } from "../../ports/store.ts";
import type { TaskOutcome, TaskRequest } from "../../ports/task-handler.ts";

/** Executions, and events, of one commit. */
const sizeBounds: readonly number[] = [1, 2, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000];

/** What the engine counts of itself. */
export class EngineFigures {
  readonly #figures: Figures;
  readonly #started: { readonly [T in StateMachineType]: Counter };
  readonly #ended = new Map<string, Counter>();
  readonly #tasks = new Map<string, { readonly count: Counter; readonly seconds: Histogram }>();
  readonly #events: Counter;
  readonly #commitSeconds: Histogram;
  readonly #commitExecutions: Histogram;
  readonly #woken: Counter;

  constructor(figures: Figures) {
    this.#figures = figures;
    const started = (type: StateMachineType): Counter =>
      figures.counter("stepwell_executions_started_total", "Executions that were started", {
        type,
      });
    this.#started = { STANDARD: started("STANDARD"), EXPRESS: started("EXPRESS") };
    this.#events = figures.counter("stepwell_events_total", "Events that were stored");
    this.#commitSeconds = figures.histogram(
      "stepwell_commit_duration_seconds",
      "How long the store took for a commit",
      secondsBounds,
    );
    this.#commitExecutions = figures.histogram(
      "stepwell_commit_executions",
      "Executions that shared a commit",
      sizeBounds,
    );
    this.#woken = figures.counter(
      "stepwell_executions_woken_total",
      "Executions that were brought back into memory because their time had come",
    );
  }

  started(type: StateMachineType): void {
    this.#started[type].add();
  }

  ended(type: StateMachineType, status: ExecutionStatus): void {
    const key = `${type} ${status}`;
    let counter = this.#ended.get(key);
    if (counter === undefined) {
      const labels: Labels = { type, status };
      const name = "stepwell_executions_ended_total";
      counter = this.#figures.counter(name, "Executions that ended", labels);
      this.#ended.set(key, counter);
    }
    counter.add();
  }

  committed(executions: number, events: number, ms: number): void {
    this.#events.add(events);
    this.#commitExecutions.observe(executions);
    this.#commitSeconds.observe(ms / 1_000);
  }

  /** The call of a task came back; a job's when it ended. */
  task(resource: TaskRequest["resource"], outcome: TaskOutcome["type"], ms: number): void {
    const service = resource.kind === "lambda" ? "lambda" : resource.resourceType;
    const key = `${service} ${outcome}`;
    let instruments = this.#tasks.get(key);
    if (instruments === undefined) {
      const name = "stepwell_task_duration_seconds";
      instruments = {
        count: this.#figures.counter("stepwell_tasks_total", "Tasks that were performed", {
          service,
          outcome,
        }),
        seconds: this.#figures.histogram(name, "How long tasks took", secondsBounds, { service }),
      };
      this.#tasks.set(key, instruments);
    }
    instruments.count.add();
    instruments.seconds.observe(ms / 1_000);
  }

  woken(executions: number): void {
    this.#woken.add(executions);
  }
}
