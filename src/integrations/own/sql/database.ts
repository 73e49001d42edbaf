import type { JsonArray, JsonObject } from "../../../expression/json.ts";

/** One statement with its parameters. */
export interface SqlStatement {
  readonly text: string;
  readonly parameters: JsonArray;
}

export type SqlOutcome =
  | {
      readonly type: "done";
      readonly rows: readonly JsonObject[];
      /** The rows that came, or that a statement without rows has changed. */
      readonly rowCount: number;
      readonly columns: readonly string[];
    }
  /** `name` is what the error is called behind `Sql.`; the message has no secret of the configuration. */
  | { readonly type: "failed"; readonly name: string; readonly message: string }
  /** The rows are more than a result can hold; what the statement changed has been taken back. */
  | { readonly type: "tooLong" }
  | { readonly type: "aborted" };

/** A database of the configuration. */
export interface Database {
  run(statement: SqlStatement, signal: AbortSignal): Promise<SqlOutcome>;
  /** Ends what is under way, and lets go of connections and processes. */
  close(): void;
}

/** *Our choice*: the longest that a statement may take, if the task's `TimeoutSeconds` is not shorter. */
export const statementTimeoutMs = 300_000;

/** *Our choice*: statements of one database at a time; others wait. */
export const mostConnections = 10;

/** The error for a statement that was ended. */
export const queryCanceled = "QueryCanceled";
