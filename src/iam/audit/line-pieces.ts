import { chainBegin, chained, type ChainEnd } from "./chain.ts";

/** Lines as they are to be written. */
export interface Piece {
  readonly bytes: Buffer;
  used: number;
  /** Where the chain has come to with its last line. */
  end: ChainEnd;
}

/** *Our choice*: some hundred lines are handed to the file at once, and between two pieces others have their turn. */
const pieceBytes = 256 * 1024;
/** *Our choice*: what is kept to be used again. A new buffer costs more for its pages than all that is written into it. */
const mostFree = 8;

/** Lines that wait to be written, each chained to the one before: as bytes, which are no work for the garbage collector. */
export class LinePieces {
  readonly #waiting: Piece[] = [];
  readonly #free: Buffer[] = [];
  /** The last of those that wait, as long as lines are put into it. */
  #open: Piece | undefined;
  #end: ChainEnd = chainBegin;
  #durable: ChainEnd = chainBegin;

  /** Where the chain has come to in what is durable. */
  get durable(): ChainEnd {
    return this.#durable;
  }

  /** The number of the last line. */
  get sequence(): number {
    return this.#end.sequence;
  }

  /** Goes on with a chain, before the first line. */
  begin(end: ChainEnd): void {
    this.#end = this.#durable = end;
  }

  add(record: string): void {
    const { line, end } = chained(record, this.#end);
    // UTF-8 has three bytes at most for each unit of a text.
    const mostBytes = 3 * line.length + 1;
    let piece = this.#open;
    if (piece === undefined || mostBytes > piece.bytes.length - piece.used) {
      piece = this.#next(mostBytes);
    }
    piece.used += piece.bytes.write(line, piece.used);
    piece.bytes[piece.used++] = 0x0a;
    piece.end = this.#end = end;
  }

  /** The first that wait, to be written; nothing more is put into them. */
  first(most: number): readonly Piece[] {
    const pieces = this.#waiting.slice(0, most);
    if (pieces.length === this.#waiting.length) this.#open = undefined;
    return pieces;
  }

  /** The first of those that wait are durable. */
  written(count: number): void {
    for (const { bytes, end } of this.#waiting.splice(0, count)) {
      this.#durable = end;
      if (this.#free.length < mostFree && bytes.length === pieceBytes) this.#free.push(bytes);
    }
  }

  #next(leastBytes: number): Piece {
    const bytes =
      leastBytes > pieceBytes
        ? Buffer.allocUnsafe(leastBytes)
        : (this.#free.pop() ?? Buffer.allocUnsafe(pieceBytes));
    this.#open = { bytes, used: 0, end: this.#end };
    this.#waiting.push(this.#open);
    return this.#open;
  }
}
