/** What the process of a database is asked; values are written as JSON, which keeps the text of numbers. */
export interface SqliteRequest {
  readonly path: string;
  readonly text: string;
  /** JSON text of the list of parameters. */
  readonly parameters: string;
}

export type SqliteReply =
  | {
      readonly type: "done";
      /** JSON text of the list of rows. */
      readonly rows: string;
      readonly rowCount: number;
      readonly columns: readonly string[];
    }
  | { readonly type: "failed"; readonly name: string; readonly message: string }
  | { readonly type: "tooLong" };
