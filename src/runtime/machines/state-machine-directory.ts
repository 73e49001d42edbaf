import type { StateMachineDefinition } from "../../asl/definition.ts";
import { type ParsedDefinition, parseDefinition } from "../../asl/parse-definition.ts";
import { splitQualifiedArn, versionNumber, type QualifiedArn } from "../../machine/arns.ts";
import type { RevisionRecord, Store } from "../../ports/store.ts";
import { type Prepared, prepareInSlices } from "./prepare-in-slices.ts";
import type {
  LoadedRevision,
  LoadedStateMachine,
  StateMachineDirectory,
  StateMachineRoute,
  StateMachineTarget,
} from "../engine.ts";

/** Compiled definitions that are kept. Our choice: one is some tens of kilobytes. */
const revisionsKept = 1_000;

/** Versions and aliases that are kept with what they stand for. Our choice, as for the definitions. */
const qualifiedKept = 1_000;

/** Parses and compiles a definition, with what was prepared of it. */
export type Compile = (definition: string, prepared: Prepared) => ParsedDefinition;

/** Reads through to the store; a definition is parsed and compiled once per revision. */
export function createDirectory(
  store: Store,
  compile: Compile = parseDefinition,
): StateMachineDirectory {
  const machines = new Map<string, StateMachineTarget>();
  const qualified = new Map<string, StateMachineTarget>();
  const revisions = new Map<string, LoadedRevision>();
  /** Counts changes: what was read before one is not kept after it. */
  let changes = 0;

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
    // It is asked for again: the key may be back.
    if (revision.unreadable !== undefined) return { revision, definition: unread(compile) };
    return remember(revision, await compiled(revision));
  }

  async function compiled(revision: RevisionRecord): Promise<StateMachineDefinition> {
    const prepared = await prepareInSlices(revision.definition);
    const { definition, diagnostics } = compile(revision.definition, prepared);
    if (definition === undefined) {
      const [first] = diagnostics;
      throw new Error(
        `the stored definition of ${revision.stateMachineArn} is not valid: ${first?.message ?? ""}`,
      );
    }
    return definition;
  }

  function remember(revision: RevisionRecord, definition: StateMachineDefinition): LoadedRevision {
    const loaded = { revision, definition };
    keep(revisions, `${revision.stateMachineArn} ${revision.revisionId}`, loaded, revisionsKept);
    return loaded;
  }

  async function loadMachine(stateMachineArn: string): Promise<StateMachineTarget | undefined> {
    const seen = changes;
    const record = await store.stateMachine(stateMachineArn);
    if (record === undefined) return undefined;
    const stateMachine = { record, ...(await loadRevision(stateMachineArn, record.revisionId)) };
    const target = { stateMachine, routes: [{ stateMachine, weight: 100 }] };
    if (seen === changes && !isUnreadable(stateMachine)) machines.set(stateMachineArn, target);
    return target;
  }

  async function findMachine(stateMachineArn: string): Promise<LoadedStateMachine | undefined> {
    const known = machines.get(stateMachineArn);
    return (known ?? (await loadMachine(stateMachineArn)))?.stateMachine;
  }

  async function routeTo(
    stateMachine: LoadedStateMachine,
    number: number,
    weight: number,
  ): Promise<StateMachineRoute | undefined> {
    const { record } = stateMachine;
    const version = await store.version(record.stateMachineArn, number);
    if (version === undefined) return undefined;
    const revision = await loadRevision(record.stateMachineArn, version.revisionId);
    return { stateMachine: { record, ...revision }, version, weight };
  }

  async function loadQualified(
    arn: string,
    { stateMachineArn, qualifier }: QualifiedArn,
  ): Promise<StateMachineTarget | undefined> {
    const seen = changes;
    const stateMachine = await findMachine(stateMachineArn);
    if (stateMachine === undefined) return undefined;
    const number = versionNumber(qualifier);
    const alias =
      number === undefined
        ? (await store.aliases(stateMachineArn)).find(({ name }) => name === qualifier)
        : undefined;
    const wanted = number === undefined ? alias?.routes : [{ version: number, weight: 100 }];
    const found = await Promise.all(
      (wanted ?? []).map(({ version, weight }) => routeTo(stateMachine, version, weight)),
    );
    const routes = found.filter((route) => route !== undefined);
    const [first] = routes;
    if (first === undefined) return undefined;
    const target = { stateMachine: first.stateMachine, routes, ...(alias && { alias }) };
    if (seen === changes && !routes.some((route) => isUnreadable(route.stateMachine))) {
      keep(qualified, arn, target, qualifiedKept);
    }
    return target;
  }

  /** Makes a change of one state machine, after which all that was known of it is read anew. */
  async function change(stateMachineArn: string, write: Promise<void>): Promise<void> {
    try {
      await write;
    } finally {
      changes += 1;
      machines.delete(stateMachineArn);
      for (const arn of qualified.keys()) {
        if (arn.startsWith(`${stateMachineArn}:`)) qualified.delete(arn);
      }
    }
  }

  return {
    revision: loadRevision,
    // Revisions never change.
    forget() {
      changes += 1;
      machines.clear();
      qualified.clear();
    },
    get: findMachine,
    async find(arn) {
      const known = machines.get(arn) ?? qualified.get(arn);
      if (known !== undefined) return known;
      const parts = splitQualifiedArn(arn);
      return parts === undefined ? loadMachine(arn) : loadQualified(arn, parts);
    },
    async put(record, revision, version, definition) {
      const { stateMachineArn } = record;
      await change(stateMachineArn, store.putStateMachine(record, revision, version));
      if (revision !== undefined) remember(revision, definition ?? (await compiled(revision)));
    },
    delete: (stateMachineArn) => change(stateMachineArn, store.deleteStateMachine(stateMachineArn)),
    deleteVersion: (stateMachineArn, version) =>
      change(stateMachineArn, store.deleteVersion(stateMachineArn, version)),
    putAlias: (record) => change(record.stateMachineArn, store.putAlias(record)),
    deleteAlias: (stateMachineArn, name) =>
      change(stateMachineArn, store.deleteAlias(stateMachineArn, name)),
  };
}

function isUnreadable({ revision }: LoadedRevision): boolean {
  return revision.unreadable !== undefined;
}

/**
 * What stands in the place of a definition whose key cannot be had: its machine can be listed, tagged, changed and deleted. Nothing
 * runs by it: see {@link readableRevision}.
 */
function unread(compile: Compile): StateMachineDefinition {
  const { definition } = compile(
    '{"StartAt":"Unreadable","States":{"Unreadable":{"Type":"Fail","Error":"States.Runtime"}}}',
    {},
  );
  return definition as StateMachineDefinition;
}

/** The same revision; throws why it cannot be read, if it cannot. */
export function readableRevision(loaded: LoadedRevision): LoadedRevision {
  if (loaded.revision.unreadable !== undefined) throw loaded.revision.unreadable;
  return loaded;
}

/** Keeps a value, and of those that are kept no more than `most`: the oldest goes. */
function keep<T>(kept: Map<string, T>, key: string, value: T, most: number): void {
  if (kept.size >= most) {
    const [oldest] = kept.keys();
    kept.delete(oldest as string);
  }
  kept.set(key, value);
}
