import type { DocumentRecord } from "../../ports/document-store.ts";
import type {
  ActivityRecord,
  AliasRecord,
  Message,
  NoteRecord,
  RevisionRecord,
  StateMachineRecord,
  VersionRecord,
} from "../../ports/store.ts";

/** What is done with each text that is sealed; `member` says which of its record it is. */
export type MapText = (text: string, member: string) => string;

/** Which texts of a kind of record are sealed. The rest stays in clear: lists need it. */
export interface SealedKind<R> {
  /** What tells a record from all others: it binds the texts to it. The first word is the kind. */
  readonly key: (record: R) => readonly [kind: string, ...key: (string | number)[]];
  /** For people. */
  readonly name: (record: R) => string;
  /** The record with its texts in the place of what they were. */
  readonly map: (record: R, text: MapText) => R;
}

function kind<R>(parts: SealedKind<R>): SealedKind<R> {
  return parts;
}

export const sealedKinds = {
  stateMachine: kind<StateMachineRecord>({
    key: ({ stateMachineArn }) => ["stateMachine", stateMachineArn],
    name: ({ stateMachineArn }) => `the state machine ${stateMachineArn}`,
    map(record, text) {
      const { tags, published } = record;
      if (published?.description === undefined) return { ...record, tags: mapTags(tags, text) };
      const description = text(published.description, "published");
      return { ...record, tags: mapTags(tags, text), published: { description } };
    },
  }),
  revision: kind<RevisionRecord>({
    key: ({ stateMachineArn, revisionId }) => ["revision", stateMachineArn, revisionId],
    name: ({ stateMachineArn, revisionId }) => `revision ${revisionId} of ${stateMachineArn}`,
    map: (record, text) => ({
      ...record,
      definition: text(record.definition, "definition"),
      ...mapped(record, text, [
        "loggingConfiguration",
        "tracingConfiguration",
        "encryptionConfiguration",
      ]),
    }),
  }),
  version: kind<VersionRecord>({
    key: ({ stateMachineArn, version }) => ["version", stateMachineArn, version],
    name: ({ stateMachineArn, version }) => `version ${version} of ${stateMachineArn}`,
    map: (record, text) => ({ ...record, ...mapped(record, text, ["description"]) }),
  }),
  alias: kind<AliasRecord>({
    key: ({ stateMachineArn, name }) => ["alias", stateMachineArn, name],
    name: ({ stateMachineArn, name }) => `the alias ${name} of ${stateMachineArn}`,
    map: (record, text) => ({ ...record, ...mapped(record, text, ["description"]) }),
  }),
  note: kind<NoteRecord>({
    key: ({ stateMachineArn, kind: which, version }) => ["note", stateMachineArn, which, version],
    name: ({ stateMachineArn, kind: which }) => `the note ${which} of ${stateMachineArn}`,
    map: (record, text) => ({ ...record, body: text(record.body, "body") }),
  }),
  document: kind<DocumentRecord>({
    key: ({ collection, id, version }) => ["document", collection, id, version],
    name: ({ collection, id }) => `the document ${id} of ${collection}`,
    map: (record, text) => ({ ...record, body: text(record.body, "body") }),
  }),
  activity: kind<ActivityRecord>({
    key: ({ activityArn }) => ["activity", activityArn],
    name: ({ activityArn }) => `the activity ${activityArn}`,
    map: (record, text) => ({
      ...record,
      tags: mapTags(record.tags, text),
      ...mapped(record, text, ["encryptionConfiguration"]),
    }),
  }),
  message: kind<Message>({
    key: ({ id, to }) => ["message", id, to],
    name: ({ id, to }) => `the message ${id} to ${to}`,
    map: (record, text) => ({ ...record, body: text(record.body, "body") }),
  }),
} as const;

/** Tags keep their keys: what they say is in their values. */
function mapTags(
  tags: { readonly [key: string]: string },
  text: MapText,
): { readonly [key: string]: string } {
  return Object.fromEntries(
    Object.entries(tags).map(([key, value]) => [key, text(value, `tag ${key}`)]),
  );
}

/** Those of the members that are there. */
function mapped<K extends string>(
  record: { readonly [N in K]?: string },
  text: MapText,
  members: readonly K[],
): { readonly [N in K]?: string } {
  const found: { [N in K]?: string } = {};
  for (const member of members) {
    const value = record[member];
    if (value !== undefined) found[member] = text(value, member);
  }
  return found;
}
