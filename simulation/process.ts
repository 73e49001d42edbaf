/** Something that the scheduler runs: a node, a client, the database, the outside. */
export class Process {
  readonly name: string;
  /** By how much its clock of the day is wrong, in milliseconds. */
  skewMs = 0;
  /** What it schedules for the next turn of its event loop keeps its order. */
  lastTurnAt = 0;
  #isDead = false;
  #isPaused = false;
  /** What it does or gets while it is paused. */
  readonly #held: (() => void)[] = [];
  /** Told of each thing that it does outside of itself, before it does it: this is where it may be made to stop. */
  beforeIssue: ((what: string) => void) | undefined;
  /** The same, before it writes what a message has led to. */
  beforeDelivery: (() => void) | undefined;

  constructor(name: string) {
    this.name = name;
  }

  /** Nothing of it happens any more. */
  get isDead(): boolean {
    return this.#isDead;
  }

  get isPaused(): boolean {
    return this.#isPaused;
  }

  kill(): void {
    this.#isDead = true;
    this.#held.length = 0;
  }

  pause(): void {
    this.#isPaused = true;
  }

  /** Goes on with what it has missed. */
  resume(): readonly (() => void)[] {
    this.#isPaused = false;
    return this.#held.splice(0);
  }

  hold(run: () => void): void {
    this.#held.push(run);
  }

  /** It does something outside of itself: at once, or after its pause, or, if it is dead, never. */
  issue(act: () => void, what = ""): void {
    if (this.#isDead) return;
    this.beforeIssue?.(what);
    if (what === "delivery") this.beforeDelivery?.();
    // Both may have happened just now.
    if (this.isDead) return;
    if (this.#isPaused) this.hold(act);
    else act();
  }
}
