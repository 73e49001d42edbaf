import type { Store } from "../../ports/store.ts";

/** Map Runs whose parents are remembered. Our choice: one is two ARNs, and it is read again where it is missing. */
const parentsKept = 10_000;

/** Which execution started a Map Run. It never changes: what is remembered of it is never wrong. */
export class MapRunParents {
  readonly #store: Pick<Store, "mapRun">;
  readonly #known = new Map<string, string>();

  constructor(store: Pick<Store, "mapRun">) {
    this.#store = store;
  }

  note(mapRunArn: string, executionArn: string): void {
    if (this.#known.size >= parentsKept) this.#known.clear();
    this.#known.set(mapRunArn, executionArn);
  }

  /** `undefined`: the store knows of no such run (any more). */
  async of(mapRunArn: string): Promise<string | undefined> {
    const known = this.#known.get(mapRunArn);
    if (known !== undefined) return known;
    const executionArn = (await this.#store.mapRun(mapRunArn))?.executionArn;
    if (executionArn !== undefined) this.note(mapRunArn, executionArn);
    return executionArn;
  }
}
