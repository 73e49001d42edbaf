import type { RestDefinition } from "../../../eventing/rest-api/rest-definition.ts";
import type { Clock } from "../../../ports/clock.ts";
import type { DocumentStore } from "../../../ports/document-store.ts";
import { ServiceError } from "../../../ports/service-api.ts";
import { BoundedMap } from "../../../integrations/http/connections/bounded-map.ts";
import { DocumentCollection } from "../../../service/document-collection.ts";
import { type CompiledRestApi, compileRestApi } from "./compiled-rest-api.ts";
import type { ServedRoute } from "../served-routes.ts";
import { servedMethods } from "./served-methods.ts";
import type { RestApiRecord } from "./rest-records.ts";

/** *Our choices*: how long what other nodes have changed may not be seen, and how many deployments are kept compiled. */
const rememberedMs = 1_000;
const mostCompiled = 100;

/** REST APIs, as operations change them and as requests see them: what a stage serves is what its deployment was made of. */
export class RestDesk {
  readonly #apis: DocumentCollection<RestApiRecord>;
  readonly #deployed: DocumentCollection<RestDefinition>;
  readonly #clock: Pick<Clock, "now">;
  readonly #records = new BoundedMap<
    string,
    { readonly readAt: number; readonly record: Promise<RestApiRecord | undefined> }
  >(mostCompiled);
  readonly #compiled = new BoundedMap<string, Promise<CompiledRestApi | undefined>>(mostCompiled);

  constructor(store: DocumentStore, clock: Pick<Clock, "now">) {
    this.#apis = new DocumentCollection(store, "apigateway.restapi");
    this.#deployed = new DocumentCollection(store, "apigateway.deployment");
    this.#clock = clock;
  }

  /** The API as requests see it; what another node has changed is seen within a second. */
  served(id: string): Promise<RestApiRecord | undefined> {
    const now = this.#clock.now();
    const known = this.#records.get(id);
    if (known !== undefined && now - known.readAt < rememberedMs) return known.record;
    const record = this.#apis.get(id);
    this.#records.set(id, { readAt: now, record });
    // The next request asks again.
    record.catch(() => this.#records.delete(id));
    return record;
  }

  /** What a deployment serves; it never becomes another one. */
  deployed(apiId: string, deploymentId: string): Promise<CompiledRestApi | undefined> {
    const key = `${apiId}/${deploymentId}`;
    const known = this.#compiled.get(key);
    if (known !== undefined) return known;
    const compiled = this.#deployed.get(key).then((found) => found && compileRestApi(found));
    this.#compiled.set(key, compiled);
    compiled.catch(() => this.#compiled.delete(key));
    return compiled;
  }

  /** What each stage of each API serves, as routes. */
  async routes(): Promise<readonly ServedRoute[]> {
    const found: ServedRoute[] = [];
    for (const api of await this.all()) {
      for (const [stage, { deploymentId }] of Object.entries(api.stages)) {
        const definition = await this.#deployed.get(`${api.id}/${deploymentId}`);
        if (definition !== undefined) found.push(...servedMethods(api, stage, definition));
      }
    }
    return found;
  }

  async all(): Promise<readonly RestApiRecord[]> {
    const records: RestApiRecord[] = [];
    for await (const { value } of this.#apis.all("")) records.push(value);
    return records;
  }

  async api(id: string): Promise<RestApiRecord> {
    return (await this.#apis.get(id)) ?? missing();
  }

  async create(record: RestApiRecord): Promise<void> {
    await this.#apis.update(record.id, () => record);
    this.#records.delete(record.id);
  }

  /** What `change` makes of the API, once all of it can be served. Throws an `InvalidMapping` for what cannot. */
  async change(
    id: string,
    change: (before: RestApiRecord) => RestApiRecord,
  ): Promise<RestApiRecord> {
    const changed = await this.#apis.updated(id, (before) => {
      if (before === undefined) missing();
      const after = change(before);
      if (after.definition !== before.definition) compileRestApi(after.definition);
      return after;
    });
    this.#records.delete(id);
    return changed ?? missing();
  }

  /** Keeps what the API is now as what a deployment serves. */
  async deploy(id: string, deploymentId: string): Promise<void> {
    const { definition } = await this.api(id);
    await this.#deployed.update(`${id}/${deploymentId}`, () => definition);
  }

  async removeDeployment(id: string, deploymentId: string): Promise<void> {
    await this.#deployed.update(`${id}/${deploymentId}`, () => undefined);
  }

  async remove(id: string): Promise<void> {
    const { deployments } = await this.api(id);
    await this.#apis.update(id, () => undefined);
    for (const deploymentId of Object.keys(deployments)) {
      await this.removeDeployment(id, deploymentId);
    }
    this.#records.delete(id);
  }
}

/** *Observed*: API Gateway's words. */
function missing(): never {
  throw new ServiceError("NotFoundException", "Invalid API identifier specified", 404);
}
