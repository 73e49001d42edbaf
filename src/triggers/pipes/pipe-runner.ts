import { setImmediate } from "node:timers/promises";
import type { Clock } from "../../ports/clock.ts";
import type { Logger } from "../../ports/logger.ts";
import { deliverBatch } from "./deliver-batch.ts";
import type { PipeServices } from "./pipe-caller.ts";
import { type PipeLanguage, pipeLanguage } from "./pipe-events.ts";
import type { PipeRecord } from "./pipe-record.ts";
import type { PipeSource, SourceBatch } from "./pipe-source.ts";
import { wait } from "./wait.ts";

export interface PipeRunnerOptions {
  readonly services: PipeServices;
  readonly openSource: (pipe: PipeRecord) => PipeSource;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Whether this node is to run the pipe of this ARN. */
  readonly isMine: (arn: string) => boolean;
  /** Told when it begins to fail with another problem, and when it is well again. */
  readonly report: (arn: string, problem: string | undefined) => Promise<void>;
}

/** *Our choices*: how long is waited at least where nothing has come, or another node has the pipe; and after failures, twice as long each time. */
const lookAgainMs = 1_000;
const longestPauseMs = 60_000;

/** Runs one pipe, as long as this node has it. */
export class PipeRunner {
  readonly pipe: PipeRecord;
  readonly #language: PipeLanguage;
  readonly #options: PipeRunnerOptions;
  readonly #ending = new AbortController();
  readonly #underWay = new Set<Promise<void>>();
  readonly #running: Promise<void>;
  #source: PipeSource | undefined;
  #failures = 0;
  #pausedUntil = 0;
  /** `null`: nothing is known of it yet. */
  #problem: string | undefined | null = null;

  constructor(pipe: PipeRecord, options: PipeRunnerOptions) {
    this.pipe = pipe;
    this.#language = pipeLanguage(pipe);
    this.#options = options;
    this.#running = this.#run();
  }

  /** Ends; what the target has not taken yet comes again. */
  async stop(): Promise<void> {
    this.#ending.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#ending;
    const { clock, isMine } = this.#options;
    while (!signal.aborted) {
      const from = clock.now();
      const isPaused = from < this.#pausedUntil;
      const hasCome = !isPaused && isMine(this.pipe.Arn) && (await this.#takeOne());
      if (!isMine(this.pipe.Arn)) await this.#close();
      const until = Math.max(this.#pausedUntil, hasCome ? 0 : from + lookAgainMs);
      if (until > clock.now()) await wait(clock, until - clock.now(), signal);
    }
    await this.#close();
  }

  /** Whether something has come. */
  async #takeOne(): Promise<boolean> {
    const { signal } = this.#ending;
    try {
      this.#source ??= this.#options.openSource(this.pipe);
      if (this.#underWay.size >= this.#source.atOnce)
        await Promise.race([...this.#underWay, aborted(signal)]);
      if (signal.aborted) return false;
      const batch = await this.#source.receive(signal);
      if (batch.messages.length === 0) {
        // A source that can be reached has nothing to complain of; what a target refuses is still there.
        if (this.#underWay.size === 0 && this.#failures === 0) await this.#well();
        return false;
      }
      this.#begin(batch);
      // Where all is in memory nothing else would ever have its turn.
      await setImmediate();
      return true;
    } catch (error) {
      await this.#close();
      await this.#failed(error);
      return false;
    }
  }

  #begin(batch: SourceBatch): void {
    const { clock, services } = this.#options;
    const { signal } = this.#ending;
    const about = { pipe: this.pipe, language: this.#language };
    const delivered = deliverBatch(services, about, batch, { now: clock.now(), signal })
      .then(() => this.#well())
      .catch((error: unknown) => this.#failed(error))
      .finally(() => this.#underWay.delete(delivered));
    this.#underWay.add(delivered);
  }

  async #well(): Promise<void> {
    this.#failures = 0;
    await this.#tell(undefined);
  }

  async #failed(error: unknown): Promise<void> {
    if (this.#ending.signal.aborted) return;
    const { clock, logger } = this.#options;
    this.#failures++;
    const pauseMs = Math.min(longestPauseMs, lookAgainMs * 2 ** Math.min(this.#failures - 1, 10));
    this.#pausedUntil = clock.now() + pauseMs;
    const problem = error instanceof Error ? error.message : String(error);
    if (problem !== this.#problem)
      logger.warn("a pipe does not go on", { pipe: this.pipe.Arn, problem });
    await this.#tell(problem);
  }

  async #tell(problem: string | undefined): Promise<void> {
    if (problem === this.#problem) return;
    this.#problem = problem;
    await this.#options.report(this.pipe.Arn, problem).catch(() => {});
  }

  async #close(): Promise<void> {
    const source = this.#source;
    this.#source = undefined;
    await Promise.race([Promise.all(this.#underWay), aborted(this.#ending.signal)]);
    await source?.close().catch(() => {});
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) =>
    signal.addEventListener("abort", () => resolve(), { once: true }),
  );
}
