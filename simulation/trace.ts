/** What happened, as a hash; and as text, if somebody wants to read it. */
export class Trace {
  readonly lines: string[] | undefined;
  #low = 0x811c9dc5;
  #high = 0x1000193;
  readonly #now: () => number;

  constructor(now: () => number, isKept: boolean) {
    this.#now = now;
    this.lines = isKept ? [] : undefined;
  }

  note(who: string, what: string): void {
    const line = `${this.#now().toFixed(3)} ${who} ${what}`;
    for (let index = 0; index < line.length; index++) {
      const code = line.charCodeAt(index);
      this.#low = Math.imul(this.#low ^ code, 0x01000193);
      this.#high = Math.imul(this.#high + code, 0x85ebca6b) ^ (this.#low >>> 7);
    }
    this.lines?.push(line);
  }

  /** Is only kept as text: what takes long to put into words. */
  tell(who: string, what: () => string): void {
    this.lines?.push(`${this.#now().toFixed(3)} ${who} ${what()}`);
  }

  get hash(): string {
    return [this.#low, this.#high]
      .map((half) => (half >>> 0).toString(16).padStart(8, "0"))
      .join("");
  }
}
