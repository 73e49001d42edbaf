import type { ClusterStore } from "../../ports/cluster-store.ts";
import { checkLimit } from "../page-position.ts";
import type { Database } from "./database.ts";
import { statement } from "./statement.ts";

/** How long a call and its answer are kept, as SQL has it. Our choice: nobody waits so long. */
export const callsKept = "interval '5 minutes'";

const post = statement(
  "call_post",
  `INSERT INTO @calls (part, id, request, posted_at) VALUES ($1, $2, $3, now())
   ON CONFLICT (part, id) DO NOTHING`,
);
const waiting = statement(
  "calls_waiting",
  `SELECT part, id, request FROM @calls
   WHERE part = ANY($1::integer[]) AND answer IS NULL AND posted_at > now() - ${callsKept}
   ORDER BY posted_at, part, id LIMIT $2`,
);
const answerCall = statement(
  "call_answer",
  "UPDATE @calls SET answer = $3 WHERE part = $1 AND id = $2 AND answer IS NULL",
);
const answerOf = statement(
  "call_answer_of",
  `SELECT answer FROM @calls
   WHERE part = $1 AND id = $2 AND answer IS NOT NULL AND posted_at > now() - ${callsKept}`,
);

/** Questions to the owners of partitions that cannot be reached, and their answers. */
export function calls(
  database: Database,
): Pick<ClusterStore, "postCall" | "postedCalls" | "answerCall" | "answerOf"> {
  return {
    async postCall({ id, partition, request }) {
      await database.rows(post, partition, id, request);
    },
    async postedCalls(partitions, limit) {
      checkLimit(limit);
      return (await database.rows(waiting, partitions, limit)).map((row) => ({
        id: row["id"] as string,
        partition: row["part"] as number,
        request: row["request"] as string,
      }));
    },
    async answerCall({ id, partition }, answer) {
      await database.rows(answerCall, partition, id, answer);
    },
    async answerOf({ id, partition }) {
      const answer = (await database.rows(answerOf, partition, id))[0]?.["answer"];
      return typeof answer === "string" ? answer : undefined;
    },
  };
}
