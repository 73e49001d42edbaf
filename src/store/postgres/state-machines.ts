import type {
  RevisionRecord,
  StateMachineRecord,
  Store,
  VersionRecord,
} from "../../ports/store.ts";
import { endOfPrefix, pageOf } from "../page-of.ts";
import { checkLimit } from "../page-position.ts";
import { columnList, valuesOf } from "../rows/row-kind.ts";
import { revisionRow } from "../rows/revision-row.ts";
import { stateMachineRow } from "../rows/state-machine-row.ts";
import { versionRow } from "../rows/version-row.ts";
import { arnKey } from "./arn-key.ts";
import type { Database } from "./database.ts";
import { brokenConstraint } from "./postgres-failure.ts";
import { arraysOf, insertOrReplace, unnest } from "./row-parameters.ts";
import { statement } from "./statement.ts";

type StateMachines = Pick<
  Store,
  "stateMachine" | "stateMachines" | "revision" | "putStateMachine" | "deleteStateMachine"
>;

const columns = columnList(stateMachineRow);

const one = statement("state_machine", `SELECT ${columns} FROM @state_machines WHERE arn = $1`);
const list = statement(
  "state_machines",
  `SELECT ${columns} FROM @state_machines
   WHERE arn > $1 AND arn >= $2 AND arn < $3 ORDER BY arn LIMIT $4`,
);
const revision = statement(
  "revision",
  `SELECT ${columnList(revisionRow)} FROM @revisions WHERE state_machine_arn = $1 AND revision_id = $2`,
);
const revisionsFrom = Object.keys(stateMachineRow.columns).length;
const versionsFrom = revisionsFrom + Object.keys(revisionRow.columns).length;
// The revision and the version come as arrays of one row or none.
const put = statement(
  "state_machine_put",
  `WITH revision AS (
     INSERT INTO @revisions (${columnList(revisionRow)})
     SELECT * FROM ${unnest(revisionRow.columns, revisionsFrom)} AS r
   ), version AS (
     INSERT INTO @versions (${columnList(versionRow)})
     SELECT * FROM ${unnest(versionRow.columns, versionsFrom)} AS v
   )
   ${insertOrReplace(stateMachineRow)}`,
);
// Its revisions stay while there are executions of it.
const remove = statement(
  "state_machine_delete",
  `WITH machine AS (DELETE FROM @state_machines WHERE arn = $1::text),
     versions_of AS (DELETE FROM @versions WHERE state_machine_arn = $1::text),
     aliases_of AS (DELETE FROM @aliases WHERE state_machine_arn = $1::text),
     notes_of AS (DELETE FROM @notes WHERE state_machine_arn = $1::text)
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
      return row === undefined ? undefined : stateMachineRow.recordOf(row);
    },
    async stateMachines(arnPrefix, { limit, after = "" }) {
      checkLimit(limit);
      const end = endOfPrefix(arnPrefix);
      const rows = await database.rows(list, after, arnPrefix, end, limit + 1);
      return pageOf(rows, limit, stateMachineRow.recordOf, (last) => last["arn"] as string);
    },
    async revision(stateMachineArn, revisionId) {
      const [row] = await database.rows(revision, stateMachineArn, revisionId);
      return row === undefined ? undefined : revisionRow.recordOf(row);
    },
    async putStateMachine(record, added, version) {
      const values = [
        ...valuesOf(stateMachineRow, record),
        ...arraysOf(revisionRow.columns, added === undefined ? [] : [revisionRow.rowOf(added)]),
        ...arraysOf(versionRow.columns, version === undefined ? [] : [versionRow.rowOf(version)]),
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
