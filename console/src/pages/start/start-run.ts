import type { FileInput } from "./input-file.ts";

export interface StartProgress {
  readonly started: number;
  readonly failed: readonly { readonly line: number; readonly reason: string }[];
  readonly isRunning: boolean;
}

/** Our choice: starts that may be under way at once; the server answers one in a few milliseconds. */
const mostAtOnce = 8;

/** Starts executions one after the other, at most `perSecond`; it may be stopped, and then go on where it was. */
export class StartRun {
  readonly #inputs: readonly FileInput[];
  readonly #start: (input: FileInput) => Promise<unknown>;
  readonly #told: (progress: StartProgress) => void;
  readonly #failed: { readonly line: number; readonly reason: string }[] = [];
  #next = 0;
  #started = 0;
  #underWay = 0;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(
    inputs: readonly FileInput[],
    start: (input: FileInput) => Promise<unknown>,
    told: (progress: StartProgress) => void,
  ) {
    this.#inputs = inputs;
    this.#start = start;
    this.#told = told;
  }

  begin(perSecond: number): void {
    if (this.#timer !== undefined) return;
    this.#timer = setInterval(() => this.#one(), 1_000 / perSecond);
    this.#one();
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
    this.#tell();
  }

  #one(): void {
    const input = this.#inputs[this.#next];
    if (input === undefined) {
      if (this.#underWay === 0) this.stop();
      return;
    }
    if (this.#underWay >= mostAtOnce) return;
    this.#next++;
    this.#underWay++;
    void this.#start(input)
      .then(
        () => this.#started++,
        (error: unknown) => {
          const reason = error instanceof Error ? error.message : String(error);
          this.#failed.push({ line: input.line, reason });
        },
      )
      .then(() => {
        this.#underWay--;
        const isDone = this.#next >= this.#inputs.length && this.#underWay === 0;
        if (isDone && this.#timer !== undefined) this.stop();
        else this.#tell();
      });
  }

  #tell(): void {
    this.#told({
      started: this.#started,
      failed: [...this.#failed],
      isRunning: this.#timer !== undefined,
    });
  }
}
