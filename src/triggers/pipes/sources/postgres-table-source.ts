import type { Client } from "pg";
import type { JsonObject } from "../../../expression/json.ts";
import { parseJson } from "../../../expression/parse-json.ts";
import type { Clock } from "../../../ports/clock.ts";
import type { PipeRecord } from "../pipe-record.ts";
import { emptyBatch, type PipeSource, type SourceMessage } from "../pipe-source.ts";
import { wait } from "../wait.ts";
import {
  type DatabaseUrl,
  PostgresConnection,
  postgresPlace,
  quoted,
} from "./postgres-connection.ts";

/** *Our choices*: rows that a batch has, and how long nothing is looked for where a channel tells of rows: one may be missed. */
const usualBatchSize = 10;
const longestSilenceMs = 30_000;

/**
 * The rows of a table that is an outbox: they are locked while the target is given them, and deleted or marked in the same transaction. A
 * row that nobody has settled is free again when the connection ends.
 */
export function postgresTableSource(
  pipe: PipeRecord,
  { clock, databaseUrl }: { readonly clock: Clock; readonly databaseUrl: DatabaseUrl },
): PipeSource {
  const { database, name } = postgresPlace(pipe.Source);
  const { PostgresTableParameters: parameters = {} } = pipe.SourceParameters ?? {};
  const { BatchSize = usualBatchSize, IdColumn = "id", DoneColumn, Channel } = parameters;
  const [table, id] = [quoted(name), quoted(IdColumn)];
  const done = DoneColumn === undefined ? undefined : quoted(DoneColumn);
  const take = `SELECT ${id}::text AS id, to_jsonb(t)::text AS row FROM ${table} t${
    done === undefined ? "" : ` WHERE ${done} IS NULL`
  } ORDER BY ${id} LIMIT $1 FOR UPDATE SKIP LOCKED`;
  const finish =
    done === undefined
      ? `DELETE FROM ${table} WHERE ${id}::text = ANY($1)`
      : `UPDATE ${table} SET ${done} = now() WHERE ${id}::text = ANY($1)`;
  let heard = Promise.withResolvers<void>();

  const connection = new PostgresConnection(databaseUrl, database, async (client) => {
    // As long as a target may take.
    await client.query("SET idle_in_transaction_session_timeout = 0");
    client.on("notification", () => heard.resolve());
    if (Channel !== undefined) await client.query(`LISTEN ${quoted(Channel)}`);
  });

  async function taken(client: Client): Promise<readonly SourceMessage[]> {
    await client.query("BEGIN");
    const { rows } = await client.query<{ id: string; row: string }>(take, [BatchSize]);
    if (rows.length === 0) await client.query("COMMIT");
    return rows.map((row) => ({ id: row.id, event: rowEvent(row, pipe.Source) }));
  }

  return {
    // One transaction is one batch.
    atOnce: 1,
    async receive(signal) {
      const messages = await connection.with(taken);
      if (messages.length > 0) {
        return {
          messages,
          settle: (settled) =>
            connection.with(async (client) => {
              const ids = settled.map((message) => message.id);
              if (ids.length > 0) await client.query(finish, [ids]);
              await client.query(ids.length > 0 ? "COMMIT" : "ROLLBACK");
            }),
        };
      }
      if (Channel !== undefined) {
        await Promise.race([heard.promise, wait(clock, longestSilenceMs, signal)]);
        heard = Promise.withResolvers<void>();
      }
      return emptyBatch;
    },
    close: () => connection.close(),
  };
}

function rowEvent(
  { id, row }: { readonly id: string; readonly row: string },
  arn: string,
): JsonObject {
  return {
    messageId: id,
    body: parseJson(row),
    eventSource: "stepwell:postgres",
    eventSourceARN: arn,
  };
}
