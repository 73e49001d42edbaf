import type { EpochMs } from "../../machine/ids.ts";
import type { FunctionCaller, InvocationLog, PrintedText } from "../../ports/function-logs.ts";

/** Our choices: what is kept of one call, of how many calls, and of all together; in characters, see {@link pieceCost}. */
export interface InvocationLogLimits {
  readonly ofOne: number;
  readonly invocations: number;
  readonly total: number;
}

const usualLimits: InvocationLogLimits = {
  ofOne: 65_536,
  invocations: 2_000,
  total: 32 * 1024 * 1024,
};

/** Our estimate of what a piece costs beside its text, so that very many short ones are bounded, too. */
const pieceCost = 64;

interface Kept {
  printed: PrintedText[];
  cost: number;
  isCut: boolean;
}

/**
 * The newest of what functions printed, by the attempt that called them. A call that prints nothing costs nothing here; one
 * that prints costs an append for each read from its pipe, however many lines that is: they are parted when somebody looks.
 */
export class InvocationLogs {
  readonly #now: () => EpochMs;
  readonly #limits: InvocationLogLimits;
  /** Those that began to print first come first. */
  readonly #kept = new Map<string, Kept>();
  #cost = 0;
  #lastId = 0;
  #keptSince: EpochMs;

  constructor(now: () => EpochMs, limits: Partial<InvocationLogLimits> = {}) {
    this.#now = now;
    this.#limits = { ...usualLimits, ...limits };
    this.#keptSince = now();
  }

  get keptSince(): EpochMs {
    return this.#keptSince;
  }

  append(stream: "stdout" | "stderr", text: string, caller: FunctionCaller): void {
    const { ofOne, invocations, total } = this.#limits;
    const key = keyOf(caller);
    let kept = this.#kept.get(key);
    if (kept === undefined) {
      kept = { printed: [], cost: 0, isCut: false };
      this.#kept.set(key, kept);
    }
    const room = ofOne - pieceCost;
    if (text.length > room) kept.isCut = true;
    const piece = text.length > room ? text.slice(-room) : text;
    kept.printed.push({ id: ++this.#lastId, at: this.#now(), stream, text: piece });
    this.#add(kept, piece.length + pieceCost);
    let gone = 0;
    while (kept.cost > ofOne) {
      this.#add(kept, -((kept.printed[gone++]?.text.length ?? 0) + pieceCost));
    }
    if (gone > 0) {
      kept.printed.splice(0, gone);
      kept.isCut = true;
    }
    if (this.#kept.size > invocations || this.#cost > total) this.#makeRoom();
  }

  read(caller: FunctionCaller, after: number): InvocationLog {
    const { printed = [], isCut = false } = this.#kept.get(keyOf(caller)) ?? {};
    return { printed: printed.filter(({ id }) => id > after), isCut };
  }

  #add(kept: Kept, cost: number): void {
    kept.cost += cost;
    this.#cost += cost;
  }

  #makeRoom(): void {
    const { invocations, total } = this.#limits;
    for (const [key, { cost, printed }] of this.#kept) {
      if (this.#kept.size <= invocations && this.#cost <= total) return;
      this.#kept.delete(key);
      this.#cost -= cost;
      this.#keptSince = Math.max(this.#keptSince, printed.at(-1)?.at ?? 0);
    }
  }
}

function keyOf({ executionArn, taskId }: FunctionCaller): string {
  return `${taskId} ${executionArn}`;
}
