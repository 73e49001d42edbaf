import {
  type ExecutionRecord,
  type JournalChunk,
  type Store,
  StoreFailure,
} from "../../ports/store.ts";
import { asError } from "./for-each-execution.ts";
import type { Resident } from "./resident.ts";
import { UnreadExecution } from "./unread-executions.ts";

/** Executions that are read from the store in one go. */
const readAtOnce = 500;

interface Wanted {
  readonly executionArn: string;
  readonly found: PromiseWithResolvers<Resident | undefined>;
}

/** Brings executions into memory that are not there; many that are wanted at once are read together. */
export class JournalReader {
  readonly #store: Pick<Store, "journals">;
  readonly #admit: (record: ExecutionRecord, chunks: readonly JournalChunk[]) => Promise<Resident>;
  readonly #loading = new Map<string, Promise<Resident | undefined>>();
  #wanted: Wanted[] = [];
  #isReading = false;

  /** `admit` makes of a journal what is in memory. */
  constructor(
    store: Pick<Store, "journals">,
    admit: (record: ExecutionRecord, chunks: readonly JournalChunk[]) => Promise<Resident>,
  ) {
    this.#store = store;
    this.#admit = admit;
  }

  /** `undefined`: there is no such execution. */
  load(executionArn: string): Promise<Resident | undefined> {
    const loading = this.#loading.get(executionArn);
    if (loading !== undefined) return loading;
    const found = Promise.withResolvers<Resident | undefined>();
    this.#wanted.push({ executionArn, found });
    this.#loading.set(executionArn, found.promise);
    if (!this.#isReading) {
      this.#isReading = true;
      setImmediate(() => void this.#read());
    }
    return found.promise;
  }

  async #read(): Promise<void> {
    while (this.#wanted.length > 0) await this.#readTogether(this.#wanted.splice(0, readAtOnce));
    this.#isReading = false;
  }

  async #readTogether(wanted: readonly Wanted[]): Promise<void> {
    const arns = wanted.map(({ executionArn }) => executionArn);
    let read: Awaited<ReturnType<Store["journals"]>>;
    try {
      read = await this.#store.journals(arns);
    } catch (thrown) {
      if (wanted.length > 1 && !(thrown instanceof StoreFailure)) {
        // One of them is damaged: the others do not suffer for it.
        for (const each of wanted) await this.#readTogether([each]);
        return;
      }
      for (const { executionArn, found } of wanted) {
        this.#loading.delete(executionArn);
        found.reject(asError(thrown));
      }
      return;
    }
    const byArn = new Map(read.map((entry) => [entry.record.executionArn, entry]));
    for (const { executionArn, found } of wanted) {
      const entry = byArn.get(executionArn);
      try {
        if (entry?.unread !== undefined) throw new UnreadExecution(entry.record, entry.unread);
        found.resolve(entry && (await this.#admit(entry.record, entry.chunks)));
      } catch (thrown) {
        // A journal that cannot be folded is this execution's misfortune only.
        found.reject(asError(thrown));
      }
      this.#loading.delete(executionArn);
    }
  }
}
