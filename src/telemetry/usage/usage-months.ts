import type { EpochMs } from "../../machine/ids.ts";
import type { DocumentStore } from "../../ports/document-store.ts";
import { DocumentCollection } from "../../service/document-collection.ts";
import { bothUsed, type Usage, usageKey } from "./usage.ts";

interface MonthDocument {
  readonly usage: readonly Usage[];
}

/** `2026-11`. *Documented*: AWS bills by months of UTC. */
export function monthOf(at: EpochMs): string {
  return new Date(at).toISOString().slice(0, 7);
}

/** A document for each month and node: `2026-11/local`. They are kept for good. */
export class UsageMonths {
  readonly #documents: DocumentCollection<MonthDocument>;
  readonly #node: string;

  constructor(store: DocumentStore, node: string) {
    this.#documents = new DocumentCollection(store, "telemetry.usage");
    this.#node = node;
  }

  async add(month: string, usage: readonly Usage[]): Promise<void> {
    if (usage.length === 0) return;
    await this.#documents.update(`${month}/${this.#node}`, (before) => ({
      usage: addedUp([...(before?.usage ?? []), ...usage]),
    }));
  }

  /** What all nodes have stored of a month. */
  async of(month: string): Promise<readonly Usage[]> {
    const all: Usage[] = [];
    for await (const { value } of this.#documents.all(`${month}/`)) all.push(...value.usage);
    return addedUp(all);
  }

  /** The months of which something is stored, the newest first. */
  async months(): Promise<readonly string[]> {
    const found = new Set<string>();
    for await (const { id } of this.#documents.all()) found.add(id.slice(0, "2026-11".length));
    return [...found].sort().reverse();
  }
}

function addedUp(all: readonly Usage[]): readonly Usage[] {
  const sums = new Map<string, Usage>();
  for (const usage of all) {
    const key = usageKey(usage);
    const before = sums.get(key);
    sums.set(key, before === undefined ? usage : { ...before, ...bothUsed(before, usage) });
  }
  return [...sums.values()];
}
