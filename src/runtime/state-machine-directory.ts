import type { StateMachineDefinition } from "../asl/definition.ts";
import { parseDefinition } from "../asl/parse-definition.ts";
import type { RevisionRecord, Store } from "../ports/store.ts";
import type { LoadedStateMachine, StateMachineDirectory } from "./engine.ts";

/** Compiled definitions that are kept. Our choice: one is some tens of kilobytes. */
const revisionsKept = 1_000;

/** A {@link StateMachineDirectory} that also finds the revisions that running executions started with. */
export interface Directory extends StateMachineDirectory {
  revision(stateMachineArn: string, revisionId: string): Promise<LoadedRevision>;
}

export interface LoadedRevision {
  readonly revision: RevisionRecord;
  readonly definition: StateMachineDefinition;
}

/** Reads through to the store; a definition is parsed and compiled once per revision. */
export function createDirectory(store: Store): Directory {
  const machines = new Map<string, LoadedStateMachine>();
  const revisions = new Map<string, LoadedRevision>();

  async function loadRevision(
    stateMachineArn: string,
    revisionId: string,
  ): Promise<LoadedRevision> {
    const key = `${stateMachineArn} ${revisionId}`;
    const known = revisions.get(key);
    if (known !== undefined) return known;
    const revision = await store.revision(stateMachineArn, revisionId);
    if (revision === undefined) {
      throw new Error(`the store has no revision ${revisionId} of ${stateMachineArn}`);
    }
    return remember(revision);
  }

  function remember(revision: RevisionRecord): LoadedRevision {
    const { definition, diagnostics } = parseDefinition(revision.definition);
    if (definition === undefined) {
      const [first] = diagnostics;
      throw new Error(
        `the stored definition of ${revision.stateMachineArn} is not valid: ${first?.message ?? ""}`,
      );
    }
    const loaded = { revision, definition };
    if (revisions.size >= revisionsKept) {
      const [oldest] = revisions.keys();
      revisions.delete(oldest as string);
    }
    revisions.set(`${revision.stateMachineArn} ${revision.revisionId}`, loaded);
    return loaded;
  }

  return {
    revision: loadRevision,
    async get(stateMachineArn) {
      const known = machines.get(stateMachineArn);
      if (known !== undefined) return known;
      const record = await store.stateMachine(stateMachineArn);
      if (record === undefined) return undefined;
      const loaded = { record, ...(await loadRevision(stateMachineArn, record.revisionId)) };
      machines.set(stateMachineArn, loaded);
      return loaded;
    },
    async put(record, revision) {
      await store.putStateMachine(record, revision);
      machines.delete(record.stateMachineArn);
      if (revision !== undefined) remember(revision);
    },
    async delete(stateMachineArn) {
      await store.deleteStateMachine(stateMachineArn);
      machines.delete(stateMachineArn);
    },
  };
}
