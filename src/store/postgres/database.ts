import pg from "pg";
import { StoreFailure } from "../../ports/store.ts";
import type { Row } from "../rows/row-kind.ts";
import { isReadOnly, type Meaning, meaningOf, readOnly, unavailable } from "./postgres-failure.ts";
import { inSchema, type Statement } from "./statement.ts";
import { parameterText, readerOf, type Value } from "./values.ts";

export interface DatabaseOptions {
  readonly url: string;
  readonly schema: string;
  readonly maxConnections: number;
  /** For how long what may succeed later is tried again, in milliseconds. */
  readonly retryMs: number;
}

/** Statements over a pool of connections. Each is a transaction by itself. */
export interface Database {
  /** The server and the database, for people: without user and password. */
  readonly server: string;
  readonly schema: string;
  /** The rows of a statement that may be performed twice: it is repeated until it is answered. */
  rows(statement: Statement, ...values: readonly Value[]): Promise<readonly Row[]>;
  /** The rows of a statement that must not be performed twice; `lost` if it may have been. */
  once(statement: Statement, ...values: readonly Value[]): Promise<readonly Row[] | "lost">;
  /** Does the work in one transaction, which must be such that it may be performed twice. */
  transaction<T>(work: (run: Run) => Promise<T>): Promise<T>;
  /** Throws the failure of a store that is closed. */
  checkOpen(): void;
  close(): Promise<void>;
}

export type Run = (statement: Statement, ...values: readonly Value[]) => Promise<readonly Row[]>;

/** Our choice: how long a connection may take, or be waited for when all are in use. */
const connectionTimeoutMs = 10_000;

/** The first of the waits between two tries; each is twice the one before, up to the longest. */
const firstWaitMs = 10;
const longestWaitMs = 2_000;

export function openDatabase(options: DatabaseOptions): Database {
  const { schema, retryMs } = options;
  const server = serverOf(options.url);
  const pool = new pg.Pool({
    connectionString: withLibpqTls(options.url),
    max: options.maxConnections,
    connectionTimeoutMillis: connectionTimeoutMs,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    fallback_application_name: "stepwell",
  });
  // A connection that breaks while nobody uses it is simply no longer there; one in use fails its statement.
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  const closing = new AbortController();
  const texts = new Map<Statement, string>();
  /** Whether statements may be kept prepared: not behind a pooler, which changes the session between transactions. */
  const direct = new WeakMap<pg.PoolClient, boolean>();
  /** Whether the primary has answered; before it has, a standby is a mistake, and not a change of the primary. */
  let hasAnswered = false;

  async function connected(): Promise<pg.PoolClient> {
    checkOpen();
    const client = await pool.connect();
    if (direct.has(client)) return client;
    try {
      direct.set(client, await inspect(client));
      hasAnswered = true;
      return client;
    } catch (error) {
      client.release(true);
      throw error;
    }
  }

  /** Looks at a new connection: whether it is to the server itself, and to the primary. */
  async function inspect(client: pg.PoolClient): Promise<boolean> {
    const { rows } = await client.query<{ pid: number; standby: boolean }>({
      text: "SELECT pg_backend_pid() AS pid, pg_is_in_recovery() AS standby",
      query_timeout: connectionTimeoutMs,
    } as pg.QueryConfig);
    if (rows[0]?.standby) {
      throw readOnly("it is a standby");
    }
    // Which the server told when the connection was made; a pooler makes up one of its own.
    return (client as unknown as { readonly processID: unknown }).processID === rows[0]?.pid;
  }

  async function send(
    client: pg.PoolClient,
    statement: Statement,
    values: readonly Value[],
  ): Promise<readonly Row[]> {
    let text = texts.get(statement);
    if (text === undefined) texts.set(statement, (text = inSchema(statement.text, schema)));
    const config = {
      text,
      values: values.map(parameterText),
      types: { getTypeParser: readerOf },
      query_timeout: statement.waitMs,
      ...(direct.get(client) && { name: statement.name }),
    };
    return (await client.query<Row>(config as pg.QueryConfig)).rows;
  }

  function checkOpen(): void {
    if (closing.signal.aborted) throw new StoreFailure("unavailable", "The store is closed.");
  }

  /** One try of some work on a connection. */
  async function attempt<T>(
    work: (client: pg.PoolClient) => Promise<T>,
  ): Promise<{ readonly value: T } | Meaning> {
    let client: pg.PoolClient;
    try {
      client = await connected();
    } catch (error) {
      const meaning = meaningOf(error, false, server);
      if (hasAnswered || !isReadOnly(meaning.error)) return meaning;
      return { type: "failed", error: unavailable(meaning.error, server) };
    }
    try {
      const value = await work(client);
      client.release();
      return { value };
    } catch (error) {
      const meaning = meaningOf(error, true, server);
      client.release(meaning.type === "lost" || (meaning.type === "again" && meaning.reconnect));
      return meaning;
    }
  }

  /** Tries until there is a value, or something that trying again does not help; `lost` ends it too, or does not. */
  async function persist<T>(
    work: (client: pg.PoolClient) => Promise<T>,
    lostEnds: boolean,
  ): Promise<{ readonly value: T } | "lost"> {
    const until = performance.now() + retryMs;
    let waitMs = firstWaitMs;
    for (;;) {
      const outcome = await attempt(work);
      if ("value" in outcome) return outcome;
      if (outcome.type === "failed") throw outcome.error;
      if (outcome.type === "lost" && lostEnds) return "lost";
      checkOpen();
      if (performance.now() + waitMs > until) throw unavailable(outcome.error, server);
      // Half of it by chance, so that many who wait do not come back together.
      await pause(waitMs * (0.5 + Math.random() / 2));
      waitMs = Math.min(longestWaitMs, waitMs * 2);
    }
  }

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        closing.signal.removeEventListener("abort", done);
        resolve();
      };
      const timer = setTimeout(done, ms);
      closing.signal.addEventListener("abort", done);
    });
  }

  async function untilAnswered<T>(work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
    const outcome = await persist(work, false);
    if (outcome === "lost") throw new Error("a lost answer does not end this");
    return outcome.value;
  }

  let ended: Promise<void> | undefined;
  return {
    server,
    schema,
    rows: (statement, ...values) => untilAnswered((client) => send(client, statement, values)),
    async once(statement, ...values) {
      const outcome = await persist((client) => send(client, statement, values), true);
      return outcome === "lost" ? "lost" : outcome.value;
    },
    transaction: (work) =>
      untilAnswered(async (client) => {
        await client.query("BEGIN");
        try {
          const result = await work((statement, ...values) => send(client, statement, values));
          await client.query("COMMIT");
          return result;
        } catch (error) {
          await client.query("ROLLBACK").catch(() => undefined);
          throw error;
        }
      }),
    checkOpen,
    close() {
      closing.abort();
      ended ??= pool.end();
      return ended;
    },
  };
}

function serverOf(url: string): string {
  if (!URL.canParse(url)) return "The PostgreSQL server";
  const { host, pathname } = new URL(url);
  return `The PostgreSQL database ${host}${pathname}`;
}

/** `sslmode` is to mean what it means to libpq: only `verify-ca` and `verify-full` need a certificate that is trusted. */
function withLibpqTls(text: string): string {
  if (!URL.canParse(text)) return text;
  const url = new URL(text);
  if (!url.searchParams.has("sslmode") || url.searchParams.has("uselibpqcompat")) return text;
  return `${text}&uselibpqcompat=true`;
}
