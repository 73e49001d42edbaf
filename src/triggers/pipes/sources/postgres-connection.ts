import type { Client } from "pg";
import { PipeFailure } from "../pipe-source.ts";

/** The URL of a database of the configuration, or why there is none. */
export type DatabaseUrl = (
  name: string,
) => Promise<{ readonly text: string } | { readonly problem: string }>;

/** *Our choice*. */
const connectionTimeoutMs = 30_000;

/** What the ARN of such a source names: `arn:stepwell:postgres:::orders/table/public.outbox`. */
export function postgresPlace(arn: string): { readonly database: string; readonly name: string } {
  const [, database = "", name = ""] =
    /^arn:stepwell:postgres:::([^/]+)\/\w+\/(.+)$/.exec(arn) ?? [];
  return { database, name };
}

/** One connection of a pipe's own, which is opened when it is first needed, and anew when it has broken. */
export class PostgresConnection {
  readonly #url: DatabaseUrl;
  readonly #database: string;
  readonly #opened: (client: Client) => Promise<void>;
  #client: Promise<Client> | undefined;

  constructor(url: DatabaseUrl, database: string, opened: (client: Client) => Promise<void>) {
    this.#url = url;
    this.#database = database;
    this.#opened = opened;
  }

  /** Does it with the connection; one on which something has failed is not used again. Rejects with a {@link PipeFailure}. */
  async with<T>(perform: (client: Client) => Promise<T>): Promise<T> {
    try {
      this.#client ??= this.#open();
      return await perform(await this.#client);
    } catch (error) {
      await this.close();
      if (error instanceof PipeFailure) throw error;
      const reason = error instanceof Error ? error.message : String(error);
      throw new PipeFailure(`PostgreSQL ${this.#database}: ${reason}`);
    }
  }

  async close(): Promise<void> {
    const client = await this.#client?.catch(() => undefined);
    this.#client = undefined;
    await client?.end().catch(() => {});
  }

  async #open(): Promise<Client> {
    const url = await this.#url(this.#database);
    if ("problem" in url) throw new PipeFailure(`databases.${this.#database}: ${url.problem}`);
    // Loaded when it is used: a server without such a pipe starts without the client.
    const { default: pg } = await import("pg");
    const client = new pg.Client({
      connectionString: url.text,
      connectionTimeoutMillis: connectionTimeoutMs,
      keepAlive: true,
      fallback_application_name: "stepwell",
    });
    // A connection that breaks fails what comes next.
    client.on("error", () => {
      this.#client = undefined;
    });
    await client.connect();
    await this.#opened(client);
    return client;
  }
}

export function quoted(name: string): string {
  return name
    .split(".")
    .map((part) => `"${part.replaceAll('"', '""')}"`)
    .join(".");
}
