import type { Duplex } from "node:stream";
import pg from "pg";
import { type JsonValue, setMember } from "../../../../expression/json.ts";
import { utf8Length } from "../../../../expression/payload.ts";
import { mostResultBytes } from "../../../http/http-result.ts";
import { createSecretMask } from "../../../redaction/secret-mask.ts";
import { secretsOf } from "../../../references/url-secrets.ts";
import {
  type Database,
  mostConnections,
  type SqlOutcome,
  type SqlStatement,
  statementTimeoutMs,
} from "../database.ts";
import { conditionName } from "../sql-states.ts";
import { parameterText, readerOf } from "./postgres-values.ts";

/** Our choice: how long a statement waits for a connection, a new one or one that others have. */
const connectionTimeoutMs = 30_000;

/** Rows that the server sends at a time. */
const rowsAtATime = 256;

/**
 * The most bytes of one answer that are read from the connection: no result in JSON is less than half of them, but for the
 * columns' names, of which there are 1,664 at most. So a value of a gigabyte is not put together first.
 */
const mostReadBytes = 4 * mostResultBytes;

/** How the session writes its values, which postgres-values.ts reads. */
const session = [
  "datestyle=ISO",
  "timezone=UTC",
  "intervalstyle=iso_8601",
  "bytea_output=hex",
  "extra_float_digits=1",
  `statement_timeout=${statementTimeoutMs}`,
];

/** PostgreSQL over a pool of connections. Always the extended protocol, which takes one statement and its parameters apart. */
export function createPostgresDatabase(url: string): Database {
  const mask = createSecretMask(secretsOf(url));
  const config: pg.PoolConfig = {
    connectionString: withOptions(url),
    max: mostConnections,
    connectionTimeoutMillis: connectionTimeoutMs,
    keepAlive: true,
    fallback_application_name: "stepwell",
    idleTimeoutMillis: 30_000,
    allowExitOnIdle: true,
  };
  const pool = new pg.Pool(config);
  // A connection that breaks while nobody uses it is simply no longer there; one in use fails its statement.
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  const closing = new AbortController();

  async function run(statement: SqlStatement, given: AbortSignal): Promise<SqlOutcome> {
    const signal = AbortSignal.any([given, closing.signal]);
    let client: pg.PoolClient;
    try {
      client = await pool.connect();
    } catch (thrown) {
      return connectionFailure(thrown);
    }
    if (signal.aborted) {
      client.release();
      return { type: "aborted" };
    }
    const outcome = await perform(client, statement, signal);
    if (outcome.type === "aborted") {
      await cancel(client);
      client.release(true);
    } else if (outcome.type === "tooLong") client.release(true);
    else void tidy(client);
    return outcome;
  }

  /** Whatever a statement left in its session is no other's business. Fails within a transaction: that session is ended. */
  async function tidy(client: pg.PoolClient): Promise<void> {
    await client.query("DISCARD ALL").then(
      () => client.release(),
      () => client.release(true),
    );
  }

  /** The server would go on with a statement whose connection has gone, until it wants to say something. */
  async function cancel(client: pg.PoolClient): Promise<void> {
    const { processID } = client as unknown as { readonly processID: number };
    const other = new pg.Client(config);
    other.on("error", () => {});
    try {
      await other.connect();
      await other.query("SELECT pg_cancel_backend($1)", [processID]);
    } catch {
      // The statement's own time limit is left.
    }
    await other.end().catch(() => {});
  }

  function perform(
    client: pg.PoolClient,
    { text, parameters }: SqlStatement,
    signal: AbortSignal,
  ): Promise<SqlOutcome> {
    return new Promise((resolve) => {
      const { stream } = (client as unknown as { readonly connection: { readonly stream: Duplex } })
        .connection;
      const rows: { [name: string]: JsonValue }[] = [];
      let bytes = 0;
      let readBytes = 0;
      const settle = (outcome: SqlOutcome): void => {
        signal.removeEventListener("abort", aborted);
        stream.removeListener("data", read);
        resolve(outcome);
      };
      const aborted = (): void => settle({ type: "aborted" });
      // Without a Sync nothing is committed: a broken connection takes back what the statement did.
      const tooLong = (): void => {
        stream.destroy();
        settle({ type: "tooLong" });
      };
      const read = (chunk: Buffer): void => {
        readBytes += chunk.length;
        if (readBytes > mostReadBytes) tooLong();
      };
      const config = {
        text,
        values: parameters.map(parameterText),
        rows: rowsAtATime,
        rowMode: "array",
        types: { getTypeParser: readerOf },
      };
      const query = new pg.Query<readonly (JsonValue | undefined)[]>(config as pg.QueryConfig);
      query.on("row", (values, result) => {
        if (bytes > mostResultBytes) return;
        const row: { [name: string]: JsonValue } = {};
        for (const [index, { name }] of (result?.fields ?? []).entries()) {
          setMember(row, name, values[index] ?? null);
        }
        bytes += utf8Length(JSON.stringify(row)) + 1;
        if (bytes > mostResultBytes) return tooLong();
        rows.push(row);
      });
      query.on("end", ({ fields, rowCount }) => {
        const columns = fields.map(({ name }) => name);
        settle({ type: "done", rows, rowCount: rowCount ?? rows.length, columns });
      });
      query.on("error", (error) => settle(statementFailure(error)));
      signal.addEventListener("abort", aborted);
      stream.prependListener("data", read);
      client.query(query);
    });
  }

  function statementFailure(error: Error): SqlOutcome {
    const state = stateOf(error);
    if (state === undefined) return connectionFailure(error);
    return { type: "failed", name: conditionName(state), message: mask.text(error.message) };
  }

  /** What Node says of a connection names the server: it is not told. What the server says is. */
  function connectionFailure(thrown: unknown): SqlOutcome {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    const { code } = error as { readonly code?: unknown };
    const message =
      stateOf(error) === undefined
        ? `The database could not be reached, or has closed the connection${typeof code === "string" ? ` (${code})` : ""}`
        : mask.text(error.message);
    return { type: "failed", name: "ConnectionException", message };
  }

  return {
    run,
    close() {
      closing.abort();
      pool.end().catch(() => {});
    },
  };
}

/** The five characters by which the server says what went wrong; Node's codes have other forms. */
function stateOf(error: Error): string | undefined {
  const { code, severity } = error as { readonly code?: unknown; readonly severity?: unknown };
  return typeof code === "string" && severity !== undefined ? code : undefined;
}

/** The options of the session, before those that the URL has: of two, the server takes the last. */
function withOptions(text: string): string {
  const url = new URL(text);
  const own = session.map((option) => `-c ${option}`).join(" ");
  const given = url.searchParams.get("options");
  url.searchParams.set("options", given === null ? own : `${own} ${given}`);
  // A URL writes blanks as `+`, which is a plus in what reads connection strings.
  url.search = url.search.replaceAll("+", "%20");
  return url.href;
}
