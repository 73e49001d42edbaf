/**
 * Says within what a process prints whose it is from here on. The Node runtime is handed events ahead of its answers, so
 * that the time at which something is read does not say which of them printed it.
 */
export const markLength = 38;
const mark = /\0([0-9a-f-]{36})\0/;

/** Takes the marks out of a stream that comes in arbitrary pieces. */
export class MarkedOutput {
  readonly #deliver: (text: string) => void;
  readonly #marked: (requestId: string) => void;
  #rest = "";

  constructor(deliver: (text: string) => void, marked: (requestId: string) => void) {
    this.#deliver = deliver;
    this.#marked = marked;
  }

  push(text: string): void {
    let left = this.#rest === "" ? text : this.#rest + text;
    this.#rest = "";
    for (let found = mark.exec(left); found !== null; found = mark.exec(left)) {
      if (found.index > 0) this.#deliver(left.slice(0, found.index));
      this.#marked(found[1] as string);
      left = left.slice(found.index + markLength);
    }
    // A mark that has come in part; what only looks like one goes on with the next piece.
    const begun = left.indexOf("\0", Math.max(0, left.length - markLength + 1));
    if (begun !== -1) {
      this.#rest = left.slice(begun);
      left = left.slice(0, begun);
    }
    if (left !== "") this.#deliver(left);
  }

  end(): void {
    if (this.#rest !== "") this.#deliver(this.#rest);
    this.#rest = "";
  }
}
