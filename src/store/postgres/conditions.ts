import { StoreFailure } from "../../ports/store.ts";
import type { Database } from "./database.ts";
import { statement } from "./statement.ts";

/**
 * How the server is set up, as far as it matters for what is stored. `unknown` where it has no such setting, as engines
 * that only speak PostgreSQL's protocol.
 */
export interface ServerConditions {
  readonly serverVersion: string;
  /** `on` or `off`. Off: a power failure may lose or damage everything. */
  readonly fsync: string;
  /** `on` or `off`. Off: a power failure may damage pages, unless the file system prevents it. */
  readonly fullPageWrites: string;
  /** `off`: what was accepted in the last moments before a crash may be lost. */
  readonly synchronousCommit: string;
}

const readConditions = statement(
  "conditions_read",
  `SELECT version() AS server_version, current_setting('fsync', true) AS fsync,
     current_setting('full_page_writes', true) AS full_page_writes,
     current_setting('synchronous_commit', true) AS synchronous_commit`,
);

/** Asks the server. It is not asked whether it is a standby: no connection is made to one. */
export async function conditionsOf(database: Database): Promise<ServerConditions> {
  const row = (await database.rows(readConditions).catch(unlessUnavailable))[0];
  const shown = (column: string): string => {
    const value = row?.[column];
    return typeof value === "string" && value !== "" ? value : "unknown";
  };
  return {
    serverVersion: shown("server_version"),
    fsync: shown("fsync"),
    fullPageWrites: shown("full_page_writes"),
    synchronousCommit: shown("synchronous_commit"),
  };
}

function unlessUnavailable(error: unknown): readonly [] {
  if (error instanceof StoreFailure) throw error;
  return [];
}
