import type { Store } from "../../ports/store.ts";
import { checkLimit } from "../page-position.ts";
import type { Database } from "./database.ts";
import { arnOf } from "./execution-arn.ts";
import { bulkWaitMs, statement } from "./statement.ts";

// `old` looks into both indexes of what has ended; of those that ended together the ones that started first go first. `gone`
// locks its rows: an execution that is redriven meanwhile keeps everything, or its redrive finds nothing. A revision goes when
// its state machine is deleted and the last execution that may name it is among these.
const removeClosed = statement(
  "executions_delete_closed",
  `WITH old AS (
     SELECT o.part, o.id FROM (
       (SELECT e.part, e.id, e.stop_date FROM @executions e
        WHERE e.packed AND e.stop_date < $1
        ORDER BY e.stop_date, e.id LIMIT $2)
       UNION ALL
       (SELECT c.part, c.id, c.stop_date FROM @partitions p CROSS JOIN LATERAL (
          SELECT e.part, e.id, e.stop_date FROM @executions e
          WHERE e.part = p.part AND e.stop_date IS NOT NULL AND NOT e.packed AND e.stop_date < $1
          ORDER BY e.stop_date, e.id LIMIT $2) AS c)
     ) AS o ORDER BY o.stop_date, o.id, o.part LIMIT $2
   ), gone AS (
     SELECT e.part, e.id, ${arnOf("e")} AS arn, e.machine
     FROM old o JOIN @executions e ON e.part = o.part AND e.id = o.id
     WHERE e.stop_date < $1 AND e.status <> 0 FOR UPDATE OF e
   ), chunks AS (
     DELETE FROM @journal j USING gone WHERE j.part = gone.part AND j.execution = gone.id
   ), blocks AS (
     DELETE FROM @packed_journals k USING gone WHERE k.part = gone.part AND k.execution = gone.id
   ), tasks AS (
     DELETE FROM @activity_tasks t USING gone WHERE t.part = gone.part AND t.execution = gone.id
   ), runs AS (
     DELETE FROM @map_runs r USING gone WHERE r.part = gone.part AND r.execution_arn = gone.arn
   ), ended AS (
     DELETE FROM @executions e USING gone WHERE e.part = gone.part AND e.id = gone.id
   ), unused AS (
     SELECT m.key, m.arn FROM @arns m
     WHERE m.key IN (SELECT machine FROM gone)
       AND NOT EXISTS (SELECT 1 FROM @state_machines s WHERE s.arn = m.arn)
       AND NOT EXISTS (
         SELECT 1 FROM @executions e WHERE e.machine = m.key
           AND NOT EXISTS (SELECT 1 FROM gone g WHERE g.part = e.part AND g.id = e.id))
   ), revisions AS (
     DELETE FROM @revisions v USING unused WHERE v.state_machine_arn = unused.arn
   )
   SELECT count(*) AS count FROM gone`,
  bulkWaitMs,
);

/** Deletes executions that closed long ago, oldest end first, with all they have. */
export function retention(database: Database): Pick<Store, "deleteClosed"> {
  return {
    async deleteClosed(before, limit) {
      checkLimit(limit);
      const [row] = await database.rows(removeClosed, before, limit);
      return row?.["count"] as number;
    },
  };
}
