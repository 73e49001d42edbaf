import type {
  RevisionRecord,
  StateMachineRecord,
  Store,
  VersionRecord,
} from "../../ports/store.ts";
import { endOfPrefix, pageOf } from "../page-of.ts";
import { checkLimit } from "../page-position.ts";
import { arnKey } from "./arn-key.ts";
import type { Database } from "./database.ts";
import { brokenConstraint } from "./postgres-failure.ts";
import { statement } from "./statement.ts";
import type { Row, Value } from "./values.ts";

type PublishedAs = NonNullable<StateMachineRecord["published"]>;
type StateMachines = Pick<
  Store,
  "stateMachine" | "stateMachines" | "revision" | "putStateMachine" | "deleteStateMachine"
>;

const columns = "arn, name, type, status, created_at, revision_id, last_version, published, tags";
const revisionColumns =
  "state_machine_arn, revision_id, initial, created_at, definition, role_arn, " +
  "logging_configuration, tracing_configuration, encryption_configuration";

const one = statement("state_machine", `SELECT ${columns} FROM @state_machines WHERE arn = $1`);
const list = statement(
  "state_machines",
  `SELECT ${columns} FROM @state_machines
   WHERE arn > $1 AND arn >= $2 AND arn < $3 ORDER BY arn LIMIT $4`,
);
const revision = statement(
  "revision",
  `SELECT ${revisionColumns} FROM @revisions WHERE state_machine_arn = $1 AND revision_id = $2`,
);
// The revision and the version come as arrays of one row or none.
const put = statement(
  "state_machine_put",
  `WITH revision AS (
     INSERT INTO @revisions (${revisionColumns})
     SELECT * FROM unnest($10::text[], $11::text[], $12::boolean[], $13::bigint[], $14::text[], $15::text[],
       $16::text[], $17::text[], $18::text[]) AS r
   ), version AS (
     INSERT INTO @versions (state_machine_arn, version, revision_id, created_at, description)
     SELECT * FROM unnest($19::text[], $20::bigint[], $21::text[], $22::bigint[], $23::text[]) AS v
   )
   INSERT INTO @state_machines (${columns}) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
   ON CONFLICT (arn) DO UPDATE SET name = excluded.name, type = excluded.type,
     status = excluded.status, created_at = excluded.created_at, revision_id = excluded.revision_id,
     last_version = excluded.last_version, published = excluded.published, tags = excluded.tags`,
);
// Its revisions stay while there are executions of it.
const remove = statement(
  "state_machine_delete",
  `WITH machine AS (DELETE FROM @state_machines WHERE arn = $1::text),
     versions_of AS (DELETE FROM @versions WHERE state_machine_arn = $1::text),
     aliases_of AS (DELETE FROM @aliases WHERE state_machine_arn = $1::text)
   DELETE FROM @revisions WHERE state_machine_arn = $1::text
     AND NOT EXISTS (SELECT 1 FROM @executions e WHERE e.machine = $2::bigint)`,
);
const countStored = statement(
  "state_machine_stored",
  `SELECT (SELECT count(*) FROM @revisions WHERE state_machine_arn = $1::text AND revision_id = ANY($2::text[]))
     + (SELECT count(*) FROM @versions WHERE state_machine_arn = $1::text AND version = ANY($3::bigint[])) AS stored`,
);

export function stateMachines(database: Database): StateMachines {
  return {
    async stateMachine(stateMachineArn) {
      const [row] = await database.rows(one, stateMachineArn);
      return row === undefined ? undefined : stateMachineRecord(row);
    },
    async stateMachines(arnPrefix, { limit, after = "" }) {
      checkLimit(limit);
      const end = endOfPrefix(arnPrefix);
      const rows = await database.rows(list, after, arnPrefix, end, limit + 1);
      return pageOf(rows, limit, stateMachineRecord, (last) => last["arn"] as string);
    },
    async revision(stateMachineArn, revisionId) {
      const [row] = await database.rows(revision, stateMachineArn, revisionId);
      return row === undefined ? undefined : revisionRecord(row);
    },
    async putStateMachine(record, added, version) {
      const values = [
        ...machineValues(record),
        ...revisionValues(added).map(listed),
        ...versionValues(version).map(listed),
      ];
      let mayBeDone = false;
      for (;;) {
        try {
          if ((await database.once(put, ...values)) !== "lost") return;
          mayBeDone = true;
        } catch (error) {
          const stored = isStored(error, added, version);
          if (stored === undefined) throw error;
          // It may be what this call has stored, before its answer was lost.
          if (!mayBeDone || !(await isDone(record, added, version))) throw stored;
          return;
        }
      }
    },
    async deleteStateMachine(stateMachineArn) {
      await database.rows(remove, stateMachineArn, arnKey(stateMachineArn));
    },
  };

  async function isDone(
    { stateMachineArn }: StateMachineRecord,
    added: RevisionRecord | undefined,
    version: VersionRecord | undefined,
  ): Promise<boolean> {
    const revisions = added === undefined ? [] : [added.revisionId];
    const versions = version === undefined ? [] : [version.version];
    const [row] = await database.rows(countStored, stateMachineArn, revisions, versions);
    return row?.["stored"] === revisions.length + versions.length;
  }
}

/** What is there already, said as the caller's mistake. */
function isStored(
  error: unknown,
  added: RevisionRecord | undefined,
  version: VersionRecord | undefined,
): Error | undefined {
  switch (brokenConstraint(error)) {
    case "revisions_key":
      return new Error(`revision ${added?.revisionId} is stored already`, { cause: error });
    case "versions_key":
      return new Error(`version ${version?.version} is stored already`, { cause: error });
    default:
      return undefined;
  }
}

function machineValues(record: StateMachineRecord): Value[] {
  return [
    record.stateMachineArn,
    record.name,
    record.type,
    record.status,
    record.createdAt,
    record.revisionId,
    record.lastVersion ?? 0,
    record.published === undefined ? null : JSON.stringify(record.published),
    JSON.stringify(record.tags),
  ];
}

type Column = string | number | boolean | null | undefined;

/** A column of one row, or of none. */
function listed(value: Column): Value {
  return value === undefined ? [] : [value];
}

function revisionValues(revision: RevisionRecord | undefined): Column[] {
  if (revision === undefined) return Array.from({ length: 9 }, () => undefined);
  return [
    revision.stateMachineArn,
    revision.revisionId,
    revision.initial,
    revision.createdAt,
    revision.definition,
    revision.roleArn,
    revision.loggingConfiguration ?? null,
    revision.tracingConfiguration ?? null,
    revision.encryptionConfiguration ?? null,
  ];
}

function versionValues(version: VersionRecord | undefined): Column[] {
  if (version === undefined) return Array.from({ length: 5 }, () => undefined);
  const { stateMachineArn, revisionId, createdAt, description = null } = version;
  return [stateMachineArn, version.version, revisionId, createdAt, description];
}

/** The record of a row of `@state_machines`. */
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

/** The record of a row of `@revisions`. */
export function revisionRecord(row: Row): RevisionRecord {
  const logging = row["logging_configuration"] as string | null;
  const tracing = row["tracing_configuration"] as string | null;
  const encryption = row["encryption_configuration"] as string | null;
  return {
    stateMachineArn: row["state_machine_arn"] as string,
    revisionId: row["revision_id"] as string,
    initial: row["initial"] as boolean,
    createdAt: row["created_at"] as number,
    definition: row["definition"] as string,
    roleArn: row["role_arn"] as string,
    ...(logging === null ? {} : { loggingConfiguration: logging }),
    ...(tracing === null ? {} : { tracingConfiguration: tracing }),
    ...(encryption === null ? {} : { encryptionConfiguration: encryption }),
  };
}
