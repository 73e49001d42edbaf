import type { DatabaseSync } from "node:sqlite";
import type { RevisionRecord, StateMachineRecord, Store } from "../../ports/store.ts";
import { checkLimit } from "../page-position.ts";
import { inTransaction } from "./connection.ts";
import type { Row } from "./execution-row.ts";
import type { Sync } from "./protocol.ts";
import { endOfPrefix, pageOf } from "../page-of.ts";

type StateMachineReads = Sync<Pick<Store, "stateMachine" | "stateMachines" | "revision">>;
type StateMachineWrites = Sync<Pick<Store, "putStateMachine" | "deleteStateMachine">>;

type PublishedAs = NonNullable<StateMachineRecord["published"]>;

const columns = "arn, name, type, status, created_at, revision_id, last_version, published, tags";

export function openStateMachineReads(database: DatabaseSync): StateMachineReads {
  const one = database.prepare(`SELECT ${columns} FROM state_machines WHERE arn = ?`);
  const list = database.prepare(
    `SELECT ${columns} FROM state_machines WHERE arn > ? AND arn >= ? AND arn < ? ORDER BY arn LIMIT ?`,
  );
  const revision = database.prepare(
    "SELECT * FROM revisions WHERE state_machine_arn = ? AND revision_id = ?",
  );

  return {
    stateMachine(stateMachineArn) {
      const row = one.get(stateMachineArn);
      return row === undefined ? undefined : stateMachineRecord(row);
    },
    stateMachines(arnPrefix, page) {
      checkLimit(page.limit);
      const end = endOfPrefix(arnPrefix);
      const rows = list.all(page.after ?? "", arnPrefix, end, page.limit + 1);
      return pageOf(rows, page.limit, stateMachineRecord, (last) => last["arn"] as string);
    },
    revision(stateMachineArn, revisionId) {
      const row = revision.get(stateMachineArn, revisionId);
      return row === undefined ? undefined : revisionRecord(row);
    },
  };
}

export function openStateMachineWrites(database: DatabaseSync): StateMachineWrites {
  const put = database.prepare(
    `INSERT INTO state_machines (${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
     ON CONFLICT (arn) DO UPDATE SET name = excluded.name, type = excluded.type,
       status = excluded.status, created_at = excluded.created_at,
       revision_id = excluded.revision_id, last_version = excluded.last_version,
       published = excluded.published, tags = excluded.tags`,
  );
  const addRevision = database.prepare("INSERT INTO revisions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)");
  const addVersion = database.prepare("INSERT INTO versions VALUES (?, ?, ?, ?, ?)");
  const removals = [
    "DELETE FROM state_machines WHERE arn = ?",
    "DELETE FROM versions WHERE state_machine_arn = ?",
    "DELETE FROM aliases WHERE state_machine_arn = ?",
  ].map((sql) => database.prepare(sql));
  const dropRevisions = database.prepare(dropRevisionsWithoutUse("?1"));

  return {
    putStateMachine(record, revision, version) {
      inTransaction(database, () => {
        put.run(
          record.stateMachineArn,
          record.name,
          record.type,
          record.status,
          record.createdAt,
          record.revisionId,
          record.lastVersion ?? 0,
          record.published === undefined ? null : JSON.stringify(record.published),
          JSON.stringify(record.tags),
        );
        if (revision !== undefined) {
          addRevision.run(
            revision.stateMachineArn,
            revision.revisionId,
            revision.initial ? 1 : 0,
            revision.createdAt,
            revision.definition,
            revision.roleArn,
            revision.loggingConfiguration ?? null,
            revision.tracingConfiguration ?? null,
            revision.encryptionConfiguration ?? null,
          );
        }
        if (version !== undefined) {
          addVersion.run(
            version.stateMachineArn,
            version.version,
            version.revisionId,
            version.createdAt,
            version.description ?? null,
          );
        }
      });
    },
    deleteStateMachine(stateMachineArn) {
      inTransaction(database, () => {
        for (const removal of removals) removal.run(stateMachineArn);
        dropRevisions.run(stateMachineArn);
      });
    },
  };
}

/**
 * The statement that drops the revisions of state machines, given as an SQL list, once they are deleted and no
 * execution of theirs is left: revisions outlive their state machine until the last execution that may name them is gone.
 */
export function dropRevisionsWithoutUse(stateMachineArns: string): string {
  return `DELETE FROM revisions WHERE state_machine_arn IN (${stateMachineArns})
    AND NOT EXISTS (SELECT 1 FROM state_machines s WHERE s.arn = state_machine_arn)
    AND NOT EXISTS (SELECT 1 FROM executions e JOIN machine_numbers m ON m.number = e.machine
                    WHERE m.arn = state_machine_arn)`;
}

/** The record of a row of `state_machines`. */
export function stateMachineRecord(row: Row): StateMachineRecord {
  const lastVersion = row["last_version"] as number;
  const published = row["published"] as string | null;
  return {
    stateMachineArn: row["arn"] as string,
    name: row["name"] as string,
    type: row["type"] as StateMachineRecord["type"],
    status: row["status"] as StateMachineRecord["status"],
    createdAt: row["created_at"] as number,
    revisionId: row["revision_id"] as string,
    ...(lastVersion === 0 ? {} : { lastVersion }),
    ...(published === null ? {} : { published: JSON.parse(published) as PublishedAs }),
    tags: JSON.parse(row["tags"] as string) as StateMachineRecord["tags"],
  };
}

/** The record of a row of `revisions`. */
export function revisionRecord(row: Row): RevisionRecord {
  const logging = row["logging_configuration"] as string | null;
  const tracing = row["tracing_configuration"] as string | null;
  const encryption = row["encryption_configuration"] as string | null;
  return {
    stateMachineArn: row["state_machine_arn"] as string,
    revisionId: row["revision_id"] as string,
    initial: row["initial"] === 1,
    createdAt: row["created_at"] as number,
    definition: row["definition"] as string,
    roleArn: row["role_arn"] as string,
    ...(logging === null ? {} : { loggingConfiguration: logging }),
    ...(tracing === null ? {} : { tracingConfiguration: tracing }),
    ...(encryption === null ? {} : { encryptionConfiguration: encryption }),
  };
}
