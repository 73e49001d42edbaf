import type { ClusterStore } from "../../ports/cluster-store.ts";
import type { Database } from "./database.ts";
import { statement } from "./statement.ts";

const take = statement(
  "lock_take",
  `INSERT INTO @locks AS l (name, holder, until)
   VALUES ($1, $2, now() + $3::double precision * interval '1 millisecond')
   ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
     WHERE l.holder = excluded.holder OR l.until < now()
   RETURNING name`,
);
const giveBack = statement("lock_give_back", "DELETE FROM @locks WHERE name = $1 AND holder = $2");

/** Locks with names that all nodes know: one has them at a time, and not for ever. */
export function namedLocks(database: Database): Pick<ClusterStore, "lock" | "unlock"> {
  return {
    async lock(name, holder, forMs) {
      return (await database.rows(take, name, holder, forMs)).length > 0;
    },
    async unlock(name, holder) {
      await database.rows(giveBack, name, holder);
    },
  };
}
