import type { Clock } from "../../ports/clock.ts";
import type { DocumentStore } from "../../ports/document-store.ts";
import { ServiceError } from "../../ports/service-api.ts";
import { DocumentCollection } from "../../service/document-collection.ts";
import type { ApiRecord } from "./api-record.ts";
import { type CompiledApi, compileApi } from "./compiled-api.ts";

/** *Our choice*: how long what other nodes have changed may not be seen. */
const rememberedMs = 1_000;

/** The APIs that are documents, as operations change them and as requests see them. */
export class ApiDesk {
  readonly #documents: DocumentCollection<ApiRecord>;
  readonly #clock: Pick<Clock, "now">;
  #served:
    | { readonly readAt: number; readonly apis: Promise<ReadonlyMap<string, CompiledApi>> }
    | undefined;

  constructor(store: DocumentStore, clock: Pick<Clock, "now">) {
    this.#documents = new DocumentCollection(store, "apigateway.api");
    this.#clock = clock;
  }

  /** The API of this id, or else of this name. */
  async served(nameOrId: string): Promise<CompiledApi | undefined> {
    const now = this.#clock.now();
    if (this.#served === undefined || now - this.#served.readAt >= rememberedMs) {
      this.#served = { readAt: now, apis: this.#readAll() };
      // The next request asks again.
      this.#served.apis.catch(() => this.forget());
    }
    return (await this.#served.apis).get(nameOrId);
  }

  forget(): void {
    this.#served = undefined;
  }

  async all(): Promise<readonly ApiRecord[]> {
    const records: ApiRecord[] = [];
    for await (const { value } of this.#documents.all("")) records.push(value);
    return records;
  }

  async api(apiId: string): Promise<ApiRecord> {
    return (await this.#documents.get(apiId)) ?? missing(apiId);
  }

  /** What `change` makes of the API, once all of it can be served. Throws an `InvalidMapping` for what cannot. */
  async change(apiId: string, change: (before: ApiRecord) => ApiRecord | undefined): Promise<void> {
    await this.#documents.update(apiId, (before) => {
      const after = change(before ?? missing(apiId));
      if (after !== undefined) compileApi(after);
      return after;
    });
    this.forget();
  }

  async create(record: ApiRecord): Promise<void> {
    await this.#documents.update(record.apiId, () => record);
    this.forget();
  }

  async #readAll(): Promise<ReadonlyMap<string, CompiledApi>> {
    const all = (await this.all()).map(compileApi);
    return new Map([
      ...all.map((api) => [api.record.name, api] as const),
      ...all.map((api) => [api.record.apiId, api] as const),
    ]);
  }
}

/** *Observed*: API Gateway's words. */
function missing(apiId: string): never {
  throw new ServiceError("NotFoundException", `Invalid API identifier specified ${apiId}`, 404);
}
