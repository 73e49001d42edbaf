import type { JsonValue } from "../../expression/json.ts";
import { parseJson } from "../../expression/parse-json.ts";
import type { DocumentRecord, DocumentStore } from "../../ports/document-store.ts";
import type { ChangeSetRecord, StackEvent, StackRecord } from "./stack-record.ts";

/** A record with the version that it is stored in. */
export interface Stored<T> {
  readonly value: T;
  readonly version: number;
}

/** What a stack exports under a name that is its Region's. */
export interface ExportRecord {
  /** It is not to be shown. */
  readonly isNoEcho?: true;
  readonly name: string;
  readonly value: string;
  readonly stackId: string;
}

const collections = {
  stack: "deploy.stack",
  deleted: "deploy.deleted",
  template: "deploy.template",
  event: "deploy.event",
  changeSet: "deploy.changeset",
  exported: "deploy.export",
} as const;

const pageDocuments = 200;
/** Times of events are counted down from here, so that the newest is first. */
const endOfTime = 10 ** 16;

/** Stacks, and all that belongs to them, as documents. */
export class StackStore {
  readonly #store: DocumentStore;
  #lastEvent = 0;

  constructor(store: DocumentStore) {
    this.#store = store;
  }

  /** The stack of a name that is not deleted. */
  stack(region: string, name: string): Promise<Stored<StackRecord> | undefined> {
    return this.#get<StackRecord>(collections.stack, `${region}/${name}`);
  }

  async deletedStack(stackId: string): Promise<StackRecord | undefined> {
    return (await this.#get<StackRecord>(collections.deleted, deletedId(stackId)))?.value;
  }

  stacks(region?: string): AsyncGenerator<StackRecord> {
    return this.#all<StackRecord>(collections.stack, region === undefined ? "" : `${region}/`);
  }

  deletedStacks(region: string): AsyncGenerator<StackRecord> {
    return this.#all<StackRecord>(collections.deleted, `${region}/`);
  }

  /** False: somebody else has changed it since `version`; 0 is that of none. */
  put(stack: StackRecord, version: number): Promise<boolean> {
    return this.#put(collections.stack, `${stack.region}/${stack.name}`, version + 1, stack);
  }

  /** Keeps a deleted stack for those who ask for it by its id, and frees its name. */
  async bury(stack: StackRecord, version: number): Promise<void> {
    await this.#put(collections.deleted, deletedId(stack.stackId), 1, stack);
    const id = `${stack.region}/${stack.name}`;
    await this.#store.deleteDocument(collections.stack, id, version);
  }

  async template(templateId: string): Promise<string> {
    const found = await this.#store.document(collections.template, templateId);
    if (found === undefined) throw new Error(`The template ${templateId} is not stored`);
    return found.body;
  }

  async putTemplate(templateId: string, text: string): Promise<void> {
    await this.#store.putDocument({
      collection: collections.template,
      id: templateId,
      version: 1,
      body: text,
    });
  }

  async deleteTemplate(templateId: string): Promise<void> {
    await this.#store.deleteDocument(collections.template, templateId, 1);
  }

  async putEvent(event: Omit<StackEvent, "eventId">): Promise<void> {
    this.#lastEvent = Math.max(this.#lastEvent + 1, event.at * 1_000);
    const eventId = String(endOfTime - this.#lastEvent).padStart(16, "0");
    const id = `${uuidOf(event.stackId)}/${eventId}`;
    await this.#put(collections.event, id, 1, { ...event, eventId });
  }

  /** The newest first; those before `after`, where that is given. */
  async events(
    stackId: string,
    { limit, after }: { readonly limit: number; readonly after?: string | undefined },
  ): Promise<{ readonly events: readonly StackEvent[]; readonly next: string | undefined }> {
    const prefix = `${uuidOf(stackId)}/`;
    const page = await this.#store.documents(collections.event, {
      limit,
      after: `${prefix}${after ?? ""}`,
    });
    const own = page.items.filter(({ id }) => id.startsWith(prefix));
    const isMore = page.next !== undefined && own.length === page.items.length;
    return {
      events: own.map((record) => read<StackEvent>(record)),
      next: isMore ? own.at(-1)?.id.slice(prefix.length) : undefined,
    };
  }

  changeSet(stackId: string, name: string): Promise<Stored<ChangeSetRecord> | undefined> {
    return this.#get<ChangeSetRecord>(collections.changeSet, `${uuidOf(stackId)}/${name}`);
  }

  changeSets(stackId: string): AsyncGenerator<ChangeSetRecord> {
    return this.#all<ChangeSetRecord>(collections.changeSet, `${uuidOf(stackId)}/`);
  }

  putChangeSet(record: ChangeSetRecord, version: number): Promise<boolean> {
    const id = `${uuidOf(record.stackId)}/${record.name}`;
    return this.#put(collections.changeSet, id, version + 1, record);
  }

  async deleteChangeSet(stackId: string, name: string): Promise<void> {
    const found = await this.changeSet(stackId, name);
    if (found === undefined) return;
    const id = `${uuidOf(stackId)}/${name}`;
    await this.#store.deleteDocument(collections.changeSet, id, found.version);
  }

  async exported(region: string, name: string): Promise<ExportRecord | undefined> {
    return (await this.#get<ExportRecord>(collections.exported, `${region}/${name}`))?.value;
  }

  exports(region: string): AsyncGenerator<ExportRecord> {
    return this.#all<ExportRecord>(collections.exported, `${region}/`);
  }

  /** False: another stack exports something under this name. */
  async putExport(region: string, record: ExportRecord): Promise<boolean> {
    const id = `${region}/${record.name}`;
    const found = await this.#get<ExportRecord>(collections.exported, id);
    if (found !== undefined && found.value.stackId !== record.stackId) return false;
    return this.#put(collections.exported, id, (found?.version ?? 0) + 1, record);
  }

  async deleteExport(region: string, name: string): Promise<void> {
    const id = `${region}/${name}`;
    const found = await this.#get<ExportRecord>(collections.exported, id);
    if (found) await this.#store.deleteDocument(collections.exported, id, found.version);
  }

  async #get<T>(collection: string, id: string): Promise<Stored<T> | undefined> {
    const found = await this.#store.document(collection, id);
    return found && { value: read<T>(found), version: found.version };
  }

  #put(collection: string, id: string, version: number, value: object): Promise<boolean> {
    return this.#store.putDocument({ collection, id, version, body: JSON.stringify(value) });
  }

  async *#all<T>(collection: string, prefix: string): AsyncGenerator<T> {
    let after: string | undefined = prefix;
    while (after !== undefined) {
      const page = await this.#store.documents(collection, {
        limit: pageDocuments,
        ...(after !== "" && { after }),
      });
      for (const record of page.items) {
        if (!record.id.startsWith(prefix)) return;
        yield read<T>(record);
      }
      after = page.next;
    }
  }
}

/** Numbers keep the text that they have in a template, so that what is compared is what was written. */
function read<T>({ body }: DocumentRecord): T {
  return parseJson(body) as JsonValue as T;
}

/** The last part of a stack's ARN, which is no other's. */
export function uuidOf(stackId: string): string {
  return stackId.slice(stackId.lastIndexOf("/") + 1);
}

function deletedId(stackId: string): string {
  const [, , , region = "", , resource = ""] = stackId.split(":");
  return `${region}/${resource.replace(/^stack\//, "")}`;
}
