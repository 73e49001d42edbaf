import type { StateMachineRecord, Store } from "../../ports/store.ts";
import type { WorkflowFactsView } from "../view-types.ts";

/** Our choice: a revision's time never changes, and the times of so many are kept. */
const mostKept = 5_000;
/** Our choice: state machines that are read about at once. */
const atOnce = 16;

/** What the list of workflows shows beside the figures: when each was changed, its tags, where its aliases lead. */
export class WorkflowFacts {
  readonly #store: Pick<Store, "revision" | "aliases">;
  /** By revision id. */
  readonly #changedAt = new Map<string, number>();

  constructor(store: Pick<Store, "revision" | "aliases">) {
    this.#store = store;
  }

  async of(
    machines: AsyncIterable<StateMachineRecord>,
    shows: { readonly tags: boolean; readonly aliases: boolean },
  ): Promise<readonly WorkflowFactsView[]> {
    const found: WorkflowFactsView[] = [];
    let chunk: StateMachineRecord[] = [];
    const read = async () => {
      found.push(...(await Promise.all(chunk.map((record) => this.#factsOf(record, shows)))));
      chunk = [];
    };
    for await (const record of machines) {
      if (record.status === "DELETING") continue;
      if (chunk.push(record) === atOnce) await read();
    }
    await read();
    return found;
  }

  async #factsOf(
    record: StateMachineRecord,
    shows: { readonly tags: boolean; readonly aliases: boolean },
  ): Promise<WorkflowFactsView> {
    const { stateMachineArn, lastVersion, tags } = record;
    // An alias leads to versions: where none was ever published there is none.
    const mayHaveAliases = shows.aliases && lastVersion !== undefined;
    const aliases = mayHaveAliases ? await this.#store.aliases(stateMachineArn) : [];
    return {
      stateMachineArn,
      updatedAt: await this.#updatedAt(record),
      tags: shows.tags ? { ...tags } : {},
      aliases: aliases.map(({ name, routes }) => ({
        name,
        routes: routes.map(({ version, weight }) => ({ version: String(version), weight })),
      })),
      ...(lastVersion !== undefined && { lastVersion: String(lastVersion) }),
    };
  }

  async #updatedAt({ stateMachineArn, revisionId, createdAt }: StateMachineRecord) {
    const known = this.#changedAt.get(revisionId);
    if (known !== undefined) return known;
    const revision = await this.#store.revision(stateMachineArn, revisionId);
    const at = revision?.createdAt ?? createdAt;
    this.#changedAt.set(revisionId, at);
    if (this.#changedAt.size > mostKept) {
      for (const oldest of this.#changedAt.keys()) {
        this.#changedAt.delete(oldest);
        break;
      }
    }
    return at;
  }
}
