import { DatabaseSync, type SQLInputValue } from "node:sqlite";
import { ExactNumber, numberFromText } from "../../../../expression/exact-number.ts";
import { type JsonArray, type JsonValue, setMember } from "../../../../expression/json.ts";
import { parseJson } from "../../../../expression/parse-json.ts";
import { sqliteConditionName } from "../sql-states.ts";
import type { SqliteReply, SqliteRequest } from "./sqlite-protocol.ts";
import { readStatement } from "./sqlite-text.ts";

/** *Documented*: what a task's result may have; http-result.ts says the same for the server. */
const mostResultBytes = 262_144;

/** Our choice: how long a statement waits for another that writes. */
const busyTimeoutMs = 10_000;

/**
 * Statements that stay in the database that the configuration names: `ATTACH` and `VACUUM INTO` would reach any file, `PRAGMA` and
 * transactions concern the connection, which each statement has anew.
 */
const allowed = [
  "SELECT",
  "VALUES",
  "WITH",
  "INSERT",
  "REPLACE",
  "UPDATE",
  "DELETE",
  "CREATE",
  "DROP",
  "ALTER",
];

/** Performs one statement, over a connection of its own and in a transaction that is taken back if its rows are too many. */
export function performStatement({ path, text, parameters }: SqliteRequest): SqliteReply {
  const values = parseJson(parameters) as JsonArray;
  const refusal = refusalOf(text, values.length);
  if (refusal !== undefined) return refusal;
  let database: DatabaseSync | undefined;
  try {
    database = new DatabaseSync(path, { timeout: busyTimeoutMs });
    database.exec("BEGIN");
    const reply = inTransaction(database, text, values);
    database.exec(reply.type === "done" ? "COMMIT" : "ROLLBACK");
    return reply;
  } catch (thrown) {
    return failureOf(thrown);
  } finally {
    // Takes back what was not committed.
    database?.close();
  }
}

function refusalOf(text: string, given: number): SqliteReply | undefined {
  const { firstWord, parameters, hasMore, hasNamed } = readStatement(text);
  const refused = (name: string, message: string): SqliteReply => ({
    type: "failed",
    name,
    message,
  });
  if (hasMore || firstWord === "")
    return refused("SyntaxError", "There must be exactly one statement");
  if (!allowed.includes(firstWord)) {
    return refused(
      "FeatureNotSupported",
      `A statement begins with one of ${allowed.join(", ")}, not with ${firstWord.slice(0, 40)}`,
    );
  }
  if (hasNamed) return refused("SyntaxError", "Parameters are written ? and given in their order");
  if (parameters !== given) {
    return refused(
      "SyntaxError",
      `The statement has ${parameters} parameters, and ${given} are given`,
    );
  }
  return undefined;
}

function inTransaction(database: DatabaseSync, text: string, values: JsonArray): SqliteReply {
  const statement = database.prepare(text);
  statement.setReadBigInts(true);
  const columns = statement.columns().map(({ name }) => name);
  const bound = values.map(boundValue);
  if (columns.length === 0) {
    const { changes } = statement.run(...bound);
    return { type: "done", rows: "[]", rowCount: Number(changes), columns };
  }
  const rows: string[] = [];
  let bytes = 0;
  for (const row of statement.iterate(...bound)) {
    const shown: Record<string, JsonValue> = {};
    for (const [name, value] of Object.entries(row)) setMember(shown, name, shownValue(value));
    const json = JSON.stringify(shown);
    bytes += Buffer.byteLength(json) + 1;
    if (bytes > mostResultBytes) return { type: "tooLong" };
    rows.push(json);
  }
  return { type: "done", rows: `[${rows.join(",")}]`, rowCount: rows.length, columns };
}

const mostInteger = 2n ** 63n - 1n;

/** *Our choice*: booleans are 1 and 0, objects and lists their JSON text; a whole number is an integer as long as one can hold it. */
function boundValue(value: JsonValue): SQLInputValue {
  if (value === null || typeof value === "string") return value;
  if (typeof value === "boolean") return value ? 1n : 0n;
  if (typeof value === "number" || value instanceof ExactNumber) {
    const text = String(value);
    const integer = /^-?\d+$/.test(text) ? BigInt(text) : undefined;
    return integer !== undefined && integer <= mostInteger && integer >= -mostInteger - 1n
      ? integer
      : Number(value);
  }
  return JSON.stringify(value);
}

function shownValue(value: unknown): JsonValue {
  if (typeof value === "bigint") return numberFromText(String(value));
  if (typeof value === "number") return Number.isFinite(value) ? value : String(value);
  if (value instanceof Uint8Array) return Buffer.from(value).toString("base64");
  return typeof value === "string" ? value : null;
}

function failureOf(thrown: unknown): SqliteReply {
  const { message, errcode } = thrown as { readonly message: string; readonly errcode?: unknown };
  const name = typeof errcode === "number" ? sqliteConditionName(errcode, message) : "SqlException";
  return { type: "failed", name, message };
}
