import type { Clock } from "../../../ports/clock.ts";
import type { Ids } from "../../../ports/ids.ts";
import type { PipeRecord } from "../pipe-record.ts";
import { emptyBatch, type PipeSource, type SourceMessage } from "../pipe-source.ts";
import { wait } from "../wait.ts";
import {
  type DatabaseUrl,
  PostgresConnection,
  postgresPlace,
  quoted,
} from "./postgres-connection.ts";

/** *Our choices*: notifications that wait for the target, and of a batch; how often the connection is looked at. */
const mostWaiting = 10_000;
const mostAtOnce = 10;
const lookAgainMs = 10_000;

/**
 * The notifications of a channel. PostgreSQL keeps none: what is said while nobody listens is lost, and what waits here as well when the
 * server ends. Where that matters, a table is the source.
 */
export function postgresChannelSource(
  pipe: PipeRecord,
  {
    clock,
    ids,
    databaseUrl,
  }: { readonly clock: Clock; readonly ids: Pick<Ids, "uuid">; readonly databaseUrl: DatabaseUrl },
): PipeSource {
  const { database, name } = postgresPlace(pipe.Source);
  const waiting: SourceMessage[] = [];
  let heard = Promise.withResolvers<void>();
  const connection = new PostgresConnection(databaseUrl, database, async (client) => {
    client.on("notification", ({ payload = "" }) => {
      // The oldest wait longest for a target that does not take them: the newest are refused.
      if (waiting.length >= mostWaiting) return;
      const id = ids.uuid();
      const about = { eventSource: "stepwell:postgres", eventSourceARN: pipe.Source };
      waiting.push({ id, event: { messageId: id, body: payload, ...about } });
      heard.resolve();
    });
    await client.query(`LISTEN ${quoted(name)}`);
  });

  return {
    atOnce: 1,
    async receive(signal) {
      await connection.with((client) => client.query("SELECT 1"));
      if (waiting.length === 0) {
        await Promise.race([heard.promise, wait(clock, lookAgainMs, signal)]);
        heard = Promise.withResolvers<void>();
      }
      const messages = waiting.splice(0, mostAtOnce);
      if (messages.length === 0) return emptyBatch;
      return {
        messages,
        settle(done) {
          waiting.unshift(...messages.filter((message) => !done.includes(message)));
          return Promise.resolve();
        },
      };
    },
    close: () => connection.close(),
  };
}
