import { store, stored } from "../../../app/preferences.ts";
import type { SampleData } from "../../../designer/completion/candidate.ts";
import { movedKeys } from "../../../designer/edits/key-moves.ts";
import type { NodeKey } from "../../../graph/model.ts";

/** Where pinned data is from. */
export type PinnedSource =
  | { readonly from: "execution"; readonly executionArn: string; readonly visit?: number }
  | { readonly from: "case"; readonly name: string }
  | { readonly from: "sample" };

/** What expressions of a state are completed and tried with. */
export interface PinnedData {
  readonly data: SampleData;
  readonly source: PinnedSource;
}

/** `session`: too much to be kept by the browser, so it is there until the page is closed. */
export type Keeping = "kept" | "session";

/** Our choice: a browser keeps some 5 MB for all of a site, and there are other workflows. */
const longestKept = 400_000;

/**
 * The data that is pinned to the states of one workflow. The browser keeps it; what is too large, or comes after the space is used
 * up, is there as long as the page is.
 */
export class PinnedStore {
  readonly #name: string;
  readonly #listeners = new Set<() => void>();
  #pinned: ReadonlyMap<NodeKey, PinnedData>;

  /** `workflow`: its ARN; a new one has `undefined`, and nothing of it is kept. */
  constructor(workflow: string | undefined) {
    this.#name = workflow === undefined ? "" : `pinned.${workflow}`;
    this.#pinned = read(this.#name);
  }

  get(key: NodeKey): PinnedData | undefined {
    return this.#pinned.get(key);
  }

  pin(key: NodeKey, pinned: PinnedData): Keeping {
    const { [key]: _, ...others } = Object.fromEntries(this.#pinned);
    return this.#take(new Map(Object.entries({ [key]: pinned, ...others })));
  }

  unpin(key: NodeKey): void {
    this.#take(new Map([...this.#pinned].filter(([each]) => each !== key)));
  }

  /** States have other keys now: their data goes along. */
  move(moves: ReadonlyMap<NodeKey, NodeKey>): void {
    const moved = movedKeys(this.#pinned, moves);
    if (moved !== this.#pinned) this.#take(moved);
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The newest are kept first. */
  #take(pinned: ReadonlyMap<NodeKey, PinnedData>): Keeping {
    this.#pinned = pinned;
    let length = 0;
    const kept = [...pinned].filter((entry) => {
      const own = JSON.stringify(entry).length;
      if (length + own > longestKept) return false;
      length += own;
      return true;
    });
    if (this.#name !== "") store(this.#name, JSON.stringify(Object.fromEntries(kept)));
    for (const listener of this.#listeners) listener();
    const [newest] = pinned.keys();
    return this.#name !== "" && kept[0]?.[0] === newest ? "kept" : "session";
  }
}

function read(name: string): ReadonlyMap<NodeKey, PinnedData> {
  if (name === "") return new Map();
  try {
    const kept = JSON.parse(stored(name) ?? "{}") as unknown;
    const entries = Object.entries(kept ?? {}) as [NodeKey, unknown][];
    return new Map(
      entries.filter((entry): entry is [NodeKey, PinnedData] => isPinnedData(entry[1])),
    );
  } catch {
    return new Map();
  }
}

function isPinnedData(value: unknown): value is PinnedData {
  if (typeof value !== "object" || value === null) return false;
  const { data, source } = value as Partial<PinnedData>;
  return typeof data === "object" && data !== null && typeof source?.from === "string";
}
