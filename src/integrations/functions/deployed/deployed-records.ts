import type { Clock } from "../../../ports/clock.ts";
import type { DocumentStore } from "../../../ports/document-store.ts";
import {
  functionCollections,
  functionId,
  type FunctionRecord,
  type FunctionVersionRecord,
  versionId,
} from "./function-record.ts";

/** Our choice: how old the knowledge of a function may be that another node of a cluster may have changed. */
const knownMs = 1_000;
/** Our choice: names that are remembered, there or not; beyond it all are asked for again. */
const mostNames = 2_000;

/** A function as its document was when it was read last. */
export interface KnownFunction {
  readonly region: string;
  readonly record: FunctionRecord;
  /** The published versions that were asked for: they never change. */
  readonly versions: Map<string, FunctionVersionRecord>;
}

interface Entry {
  readonly known: KnownFunction | undefined;
  readonly until: number;
}

/** Functions' documents, remembered for a second: most calls of a busy function ask nobody. */
export class DeployedRecords {
  readonly #store: DocumentStore;
  readonly #clock: Pick<Clock, "now">;
  readonly #entries = new Map<string, Entry>();
  readonly #reading = new Map<string, Promise<KnownFunction | undefined>>();

  constructor(store: DocumentStore, clock: Pick<Clock, "now">) {
    this.#store = store;
    this.#clock = clock;
  }

  find(
    region: string,
    name: string,
  ): KnownFunction | undefined | Promise<KnownFunction | undefined> {
    const id = functionId(region, name);
    const entry = this.#entries.get(id);
    if (entry !== undefined && this.#clock.now() < entry.until) return entry.known;
    return this.#reading.get(id) ?? this.#read(id, region);
  }

  remembered(region: string, name: string): KnownFunction | undefined {
    return this.#entries.get(functionId(region, name))?.known;
  }

  forget(region: string, name: string): void {
    const id = functionId(region, name);
    this.#entries.delete(id);
    this.#reading.delete(id);
  }

  async version(
    { region, record, versions }: KnownFunction,
    number: string,
  ): Promise<FunctionVersionRecord | undefined> {
    if (number === record.latest.version) return record.latest;
    const known = versions.get(number);
    if (known !== undefined) return known;
    const id = versionId(region, record.name, number);
    const found = await this.#store.document(functionCollections.versions, id);
    if (found === undefined) return undefined;
    const version = JSON.parse(found.body) as FunctionVersionRecord;
    versions.set(number, version);
    return version;
  }

  #read(id: string, region: string): Promise<KnownFunction | undefined> {
    const reading = this.#load(id, region)
      .then((known) => {
        // Changed meanwhile: what was read may be what was there before.
        if (this.#reading.get(id) === reading) this.#remember(id, known);
        return known;
      })
      .finally(() => {
        if (this.#reading.get(id) === reading) this.#reading.delete(id);
      });
    this.#reading.set(id, reading);
    return reading;
  }

  async #load(id: string, region: string): Promise<KnownFunction | undefined> {
    const found = await this.#store.document(functionCollections.functions, id);
    if (found === undefined) return undefined;
    return { region, record: JSON.parse(found.body) as FunctionRecord, versions: new Map() };
  }

  #remember(id: string, known: KnownFunction | undefined): void {
    if (this.#entries.size >= mostNames) this.#entries.clear();
    this.#entries.set(id, { known, until: this.#clock.now() + knownMs });
  }
}
