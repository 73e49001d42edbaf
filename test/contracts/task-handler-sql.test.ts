import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { ExactNumber } from "../../src/expression/exact-number.ts";
import type { JsonObject, JsonValue } from "../../src/expression/json.ts";
import type { TaskOutcome } from "../../src/ports/task-handler.ts";
import { outputOf, ownTasks } from "./own-harness.ts";
import { sharedPostgres } from "./shared-postgres.ts";

type Sql = (
  statement: string,
  parameters?: readonly JsonValue[],
  signal?: AbortSignal,
) => Promise<TaskOutcome>;

function sqlOn(url: string, folder?: string): Sql {
  const run = ownTasks({
    databases: { orders: url },
    ...(folder !== undefined && { configurationFolder: folder }),
  });
  return (Statement, Parameters = [], signal) =>
    run(
      "sql",
      { Database: "orders", Statement, Parameters },
      signal === undefined ? {} : { signal },
    );
}

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "stepwell-sql-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A process that has ended and that nobody has asked about is no longer running. */
function isRunning(pid: number): boolean {
  const { stdout } = spawnSync("ps", ["-o", "stat=", "-p", String(pid)]);
  return /^[^Z]/.test(stdout.toString().trim());
}

function rowsOf(outcome: TaskOutcome): JsonValue | TaskOutcome {
  return outcome.type === "succeeded"
    ? ((outcome.output.value as JsonObject)["Rows"] as JsonValue)
    : outcome;
}

const tooLong = { type: "failed", error: "States.DataLimitExceeded" };

/** What both databases do. */
function common(connect: () => Sql): void {
  test("a statement changes rows, and another reads them by parameters", async () => {
    const sql = connect();
    await sql("DROP TABLE IF EXISTS items");
    expect(outputOf(await sql("CREATE TABLE items (id BIGINT PRIMARY KEY, name TEXT)"))).toEqual({
      Rows: [],
      RowCount: 0,
      Columns: [],
    });
    const isPostgres = (await sql("SELECT pg_backend_pid()")).type === "succeeded";
    const [one, two, three, four] = isPostgres ? ["$1", "$2", "$3", "$4"] : ["?", "?", "?", "?"];
    const insert = `INSERT INTO items VALUES (${one}, ${two}), (${three}, ${four})`;
    const injection = "'); DROP TABLE items; --";
    const long = new ExactNumber("9007199254740993");
    expect(outputOf(await sql(insert, [1, injection, long, null]))).toMatchObject({ RowCount: 2 });
    const read = await sql(`SELECT * FROM items WHERE id >= ${one} ORDER BY id`, [1]);
    expect(read.type === "succeeded" && read.output.text).toBe(
      `{"Rows":[{"id":1,"name":${JSON.stringify(injection)}},{"id":9007199254740993,"name":null}],"RowCount":2,"Columns":["id","name"]}`,
    );
    expect(await sql(`INSERT INTO items VALUES (${one}, NULL)`, [1])).toMatchObject({
      error: "Sql.UniqueViolation",
    });
  });

  test("more than one statement is none", async () => {
    const sql = connect();
    expect(await sql("SELECT 1 AS a; SELECT 2")).toMatchObject({ error: "Sql.SyntaxError" });
    expect(rowsOf(await sql("SELECT 1 AS a; -- no more"))).toEqual([{ a: 1 }]);
  });

  test("errors have the names of their conditions", async () => {
    const sql = connect();
    expect(await sql("SELECT * FROM nowhere")).toMatchObject({ error: "Sql.UndefinedTable" });
    expect(await sql("SELEKT 1")).toMatchObject({
      error: expect.stringMatching(/^Sql\.(SyntaxError|FeatureNotSupported)$/) as string,
    });
    expect(await sql("SELECT 1 FROM")).toMatchObject({ type: "failed" });
  });

  test("rows that no result can hold are not gathered, and what was changed is taken back", async () => {
    const sql = connect();
    await sql("DROP TABLE IF EXISTS notes");
    await sql("CREATE TABLE notes (note TEXT)");
    const numbers =
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)";
    expect(await sql(`${numbers} SELECT i, 'some text of a row' AS note FROM n`)).toMatchObject(
      tooLong,
    );
    const insert = `${numbers} INSERT INTO notes SELECT 'a note that is kept nowhere' FROM n RETURNING note`;
    expect(await sql(insert)).toMatchObject(tooLong);
    expect(rowsOf(await sql("SELECT count(*) AS n FROM notes"))).toEqual([{ n: 0 }]);
  });

  test("an abort ends the statement, and the next one runs", async () => {
    const sql = connect();
    const stop = new AbortController();
    const endless =
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
    const outcome = sql(endless, [], stop.signal);
    setImmediate(() => stop.abort());
    expect(await outcome).toEqual({ type: "pending" });
    expect(rowsOf(await sql("SELECT 1 AS a"))).toEqual([{ a: 1 }]);
  });
}

describe("SQLite", () => {
  common(() => sqlOn("sqlite:./orders.db", temporaryFolder()));

  test("values keep what they are", async () => {
    const sql = sqlOn("sqlite:a.db", temporaryFolder());
    const Parameters = [1.5, true, { a: [1] }, "text", new ExactNumber("1.0"), 3];
    const statement =
      "SELECT ? AS number, ? AS boolean, ? AS document, ? AS text, typeof(?) AS type, typeof(?) AS whole, x'00ff' AS bytes, NULL AS none, 9223372036854775807 AS long";
    const outcome = await sql(statement, Parameters);
    expect(outcome.type === "succeeded" && outcome.output.text).toContain(
      '[{"number":1.5,"boolean":1,"document":"{\\"a\\":[1]}","text":"text","type":"real","whole":"integer","bytes":"AP8=","none":null,"long":9223372036854775807}]',
    );
  });

  test.each([
    "ATTACH DATABASE '/tmp/elsewhere.db' AS e",
    "VACUUM INTO '/tmp/elsewhere.db'",
    "/* hello */ -- you\n PRAGMA journal_mode",
    "BEGIN",
  ])("a statement that leaves the database (%s) is refused", async (statement) => {
    const folder = temporaryFolder();
    expect(await sqlOn("sqlite:a.db", folder)(statement)).toMatchObject({
      error: "Sql.FeatureNotSupported",
    });
    expect(existsSync("/tmp/elsewhere.db")).toBe(false);
  });

  test("as many values are given as the statement wants", async () => {
    const sql = sqlOn("sqlite:a.db", temporaryFolder());
    expect(await sql("SELECT ?, '?', \"?\" -- ?", [])).toMatchObject({
      error: "Sql.SyntaxError",
      cause: "The statement has 1 parameters, and 0 are given",
    });
    expect(await sql("SELECT :id", [])).toMatchObject({ error: "Sql.SyntaxError" });
    expect(rowsOf(await sql("SELECT ?2 AS a, ?1 AS b", [1, 2]))).toEqual([{ a: 2, b: 1 }]);
  });

  test("a process does not outlive its server, whatever its statement does", async () => {
    const child = join(
      import.meta.dirname,
      "../../src/integrations/own/sql/sqlite/sqlite-process.ts",
    );
    const endless =
      "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
    const request = { path: join(temporaryFolder(), "a.db"), text: endless, parameters: "[]" };
    const parent = spawn(process.execPath, [
      "--input-type=module",
      "--eval",
      `import { fork } from "node:child_process";
       const child = fork(${JSON.stringify(child)}, { detached: true });
       child.send(${JSON.stringify(request)}, () => console.log(child.pid));`,
    ]);
    const [printed] = (await once(parent.stdout, "data")) as [Buffer];
    const pid = Number(printed.toString());
    parent.kill("SIGKILL");
    await vi.waitFor(() => expect(isRunning(pid)).toBe(false), 10_000);
  });

  test("a file that cannot be opened is no connection", async () => {
    const outcome = await sqlOn("sqlite:/nonexistent/a.db")("SELECT 1");
    expect(outcome).toMatchObject({ error: "Sql.ConnectionException" });
  });
});

test("what is not configured is said, without a word of what is", async () => {
  const databases = { a: "sqlite:a.db", b: "postgres://u:${NO_SUCH_VARIABLE}@h/d" };
  const run = ownTasks({ databases });
  expect(await run("sql", { Database: "c", Statement: "SELECT 1" })).toMatchObject({
    error: "States.TaskFailed",
    cause: "The configuration has no database 'c' under databases: there are a, b.",
  });
  expect(await run("sql", { Database: "b", Statement: "SELECT 1" })).toMatchObject({
    cause: expect.stringContaining("NO_SUCH_VARIABLE is not set") as string,
  });
  expect(await run("sql", { Database: null, Statement: "SELECT 1" })).toMatchObject({
    type: "rejected",
  });
});

test("a PostgreSQL that is not there is no connection, and its address is not told", async () => {
  vi.stubEnv("SQL_PASSWORD", "canary");
  const sql = sqlOn("postgres://someone:${SQL_PASSWORD}@127.0.0.1:1/somewhere");
  const outcome = await sql("SELECT 1");
  expect(outcome).toEqual({
    type: "failed",
    error: "Sql.ConnectionException",
    cause: "The database could not be reached, or has closed the connection (ECONNREFUSED)",
  });
  vi.unstubAllEnvs();
});

const server = await sharedPostgres();
if (typeof server === "string") console.warn(`PostgreSQL is not tested: ${server}`);

describe.skipIf(typeof server === "string")("PostgreSQL", () => {
  const url = typeof server === "string" ? "" : server.url;

  common(() => sqlOn(url));

  test("values have the forms of JSON, and their numbers all digits", async () => {
    const sql = sqlOn(url);
    const columns: readonly (readonly [string, string])[] = [
      ["9007199254740993::int8", "9007199254740993"],
      ["1.10::numeric", "1.10"],
      ["12345678901234567890.123456789::numeric", "12345678901234567890.123456789"],
      ["'NaN'::numeric", '"NaN"'],
      ["0.1::float8", "0.1"],
      ["1e20::float8", "1e+20"],
      ["true", "true"],
      ["'\\x00ff'::bytea", '"AP8="'],
      [`'{"b": 1.0, "a": [9007199254740993]}'::json`, '{"b":1.0,"a":[9007199254740993]}'],
      ["'[1]'::jsonb", "[1]"],
      ["'2026-01-02 03:04:05.678901+02'::timestamptz", '"2026-01-02T01:04:05.678901Z"'],
      ["'2026-01-02 03:04:05'::timestamp", '"2026-01-02T03:04:05"'],
      ["'infinity'::timestamptz", '"infinity"'],
      ["'2026-01-02'::date", '"2026-01-02"'],
      ["interval '1 day 2 hours'", '"P1DT2H"'],
      ["ARRAY[1, NULL, 9007199254740993]::int8[]", "[1,null,9007199254740993]"],
      [`ARRAY[['a "b"', 'c,d'], ['NULL', E'\\\\']]`, '[["a \\"b\\"","c,d"],["NULL","\\\\"]]'],
      ["'{}'::text[]", "[]"],
      ["NULL::int", "null"],
    ];
    for (const [expression, json] of columns) {
      const outcome = await sql(`SELECT ${expression} AS v`);
      expect(outcome.type === "succeeded" ? outcome.output.text : outcome, expression).toBe(
        `{"Rows":[{"v":${json}}],"RowCount":1,"Columns":["v"]}`,
      );
    }
  });

  test("parameters have the type that the statement has there", async () => {
    const statement =
      "SELECT $1::jsonb->'a' AS a, $2::numeric + 1 AS n, $3::boolean AS b, $4::text AS t, $5::int IS NULL AS nothing";
    const given = [{ a: [1, "x"] }, new ExactNumber("0.10"), false, "it's", null];
    const outcome = await sqlOn(url)(statement, given);
    expect(outcome.type === "succeeded" && outcome.output.text).toContain(
      '[{"a":[1,"x"],"n":1.10,"b":false,"t":"it\'s","nothing":true}]',
    );
  });

  test("what a statement leaves in its session, the next one does not see", async () => {
    const sql = sqlOn(url);
    await sql("SET search_path TO nowhere");
    await sql("BEGIN");
    for (let count = 0; count < 12; count++) {
      expect(rowsOf(await sql("SELECT current_setting('search_path') AS path"))).toEqual([
        { path: '"$user", public' },
      ]);
    }
  });

  test("an aborted statement does not go on in the server", async () => {
    const sql = sqlOn(url);
    const stop = new AbortController();
    const outcome = sql("SELECT pg_sleep(60), 'abort-me'", [], stop.signal);
    const running = async (): Promise<JsonValue | TaskOutcome> =>
      rowsOf(
        await sql(
          "SELECT 1 AS one FROM pg_stat_activity WHERE state = 'active' AND query LIKE '%abort-me%' AND pid <> pg_backend_pid()",
        ),
      );
    await vi.waitFor(async () => expect(await running()).toEqual([{ one: 1 }]), 10_000);
    stop.abort();
    expect(await outcome).toEqual({ type: "pending" });
    await vi.waitFor(async () => expect(await running()).toEqual([]), 10_000);
  });

  test("one value that no result can hold is not put together", async () => {
    expect(await sqlOn(url)("SELECT repeat('x', 100000000) AS x")).toMatchObject(tooLong);
  });

  test("a time limit is the server's", async () => {
    const sql = sqlOn(`${url}?options=${encodeURIComponent("-c statement_timeout=100")}`);
    expect(await sql("SELECT pg_sleep(60)")).toMatchObject({ error: "Sql.QueryCanceled" });
  });

  test("more statements than connections wait for their turn", async () => {
    const sql = sqlOn(url);
    const all = await Promise.all(
      Array.from({ length: 40 }, (_, index) => sql("SELECT $1::int AS i", [index])),
    );
    expect(all.map(rowsOf)).toEqual(Array.from({ length: 40 }, (_, index) => [{ i: index }]));
  });

  test("a connection that the server ends fails its statement alone", async () => {
    const sql = sqlOn(url);
    expect(await sql("SELECT pg_terminate_backend(pg_backend_pid())")).toMatchObject({
      error: "Sql.ConnectionException",
    });
    expect(rowsOf(await sql("SELECT 1 AS a"))).toEqual([{ a: 1 }]);
  });
});
