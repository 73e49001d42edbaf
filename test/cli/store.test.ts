import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import pg from "pg";
import { describe, expect, test, vi } from "vitest";
import type { ExecutionWrite } from "../../src/ports/store.ts";
import { openStore } from "../../src/store/open-store.ts";
import { sharedPostgres } from "../contracts/shared-postgres.ts";
import {
  activity,
  executionArn,
  own,
  revision,
  start,
  started,
  stateMachine,
} from "../contracts/store-fixtures.ts";
import {
  call,
  closed,
  runningCommand,
  startServer,
  stepwell,
  temporaryFolder,
  type RunningServer,
} from "./stepwell.ts";

const server = await sharedPostgres();
const withPostgres = typeof server !== "string";
const password = "canary-password";
let databases = 0;

// Hundreds of executions go through several servers.
vi.setConfig({ testTimeout: 240_000 });

/** The URL of a database of its own. */
async function newDatabase(): Promise<string> {
  if (!withPostgres) throw new Error(server);
  const name = `${server.url.split("/").at(-1)}_copy_${++databases}`;
  await query(server.url, `CREATE DATABASE ${name}`);
  return server.url.replace(/[^/]*$/, name);
}

async function query(
  url: string,
  text: string,
): Promise<readonly { readonly [column: string]: unknown }[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(text)).rows as { [column: string]: unknown }[];
  } finally {
    await client.end();
  }
}

/** A store command that is to end well, and what it prints. */
async function well(...args: string[]): Promise<string> {
  const { status, stdout, stderr } = await stepwell(["store", ...args]);
  expect(stderr + stdout).not.toContain(password);
  expect([status, status === 0 ? "" : stderr + stdout]).toEqual([0, ""]);
  return stdout;
}

/** The lines with checksums of what a copy prints. */
function checksums(text: string): readonly string[] {
  return text.split("\n").filter((line) => /[0-9a-f]{64}$/.test(line));
}

const region = "us-east-1";
const account = "000000000000";
const role = `arn:aws:iam::${account}:role/any`;

const definitions: { readonly [name: string]: object } = {
  passes: { StartAt: "A", States: { A: { Type: "Pass", End: true } } },
  fails: {
    StartAt: "A",
    States: {
      A: {
        Type: "Task",
        Resource: `arn:aws:lambda:${region}:${account}:function:moody`,
        End: true,
      },
    },
  },
  sleeps: {
    StartAt: "A",
    States: {
      A: { Type: "Wait", SecondsPath: "$.seconds", Next: "B" },
      B: { Type: "Pass", End: true },
    },
  },
  works: {
    StartAt: "A",
    States: {
      A: { Type: "Task", Resource: `arn:aws:states:${region}:${account}:activity:work`, End: true },
    },
  },
  asks: {
    StartAt: "A",
    States: {
      A: {
        Type: "Task",
        Resource: "arn:aws:states:::lambda:invoke.waitForTaskToken",
        Parameters: { FunctionName: "ask", Payload: { "taskToken.$": "$$.Task.Token" } },
        End: true,
      },
    },
  },
  maps: {
    StartAt: "A",
    States: {
      A: {
        Type: "Map",
        ItemsPath: "$.items",
        ItemProcessor: {
          StartAt: "W",
          States: { W: { Type: "Wait", SecondsPath: "$.seconds", End: true } },
        },
        End: true,
      },
    },
  },
  distributes: {
    StartAt: "A",
    States: {
      A: {
        Type: "Map",
        ItemsPath: "$.items",
        ItemProcessor: {
          ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
          StartAt: "W",
          States: { W: { Type: "Wait", SecondsPath: "$.seconds", End: true } },
        },
        End: true,
      },
    },
  },
  starts: {
    StartAt: "A",
    States: {
      A: {
        Type: "Task",
        Resource: "arn:aws:states:::states:startExecution.sync:2",
        Parameters: {
          StateMachineArn: `arn:aws:states:${region}:${account}:stateMachine:sleeps`,
          "Input.$": "$",
        },
        End: true,
      },
    },
  },
};

interface Started {
  /** By the name of the definition. */
  readonly arns: { readonly [name: string]: readonly string[] };
  /** The token of a worker who has taken its task, and of a function that was called. */
  readonly taken: string;
  readonly asked: string;
}

function functionsFolder(): string {
  const folder = join(temporaryFolder(), "functions");
  for (const [name, code] of Object.entries({
    ask: "export const handler = async () => ({});",
    // Fails until it is told otherwise.
    moody: `import { existsSync } from "node:fs";
      export const handler = async (input) => {
        if (!existsSync(input.file)) throw new Error("not now");
        return "done";
      };`,
  })) {
    mkdirSync(join(folder, name), { recursive: true });
    writeFileSync(join(folder, name, "index.mjs"), code);
  }
  return folder;
}

/** Starts executions that end, or wait in all the ways that there are. */
async function startAll(
  { url }: RunningServer,
  moodFile: string,
  seconds: number,
): Promise<Started> {
  await call(url, "CreateActivity", { name: "work", tags: [{ key: "a", value: "é" }] });
  for (const [name, definition] of Object.entries(definitions)) {
    await call(url, "CreateStateMachine", {
      name,
      definition: JSON.stringify(definition),
      roleArn: role,
      publish: true,
    });
  }
  const machine = (name: string): string =>
    `arn:aws:states:${region}:${account}:stateMachine:${name}`;
  await call(url, "CreateStateMachineAlias", {
    name: "live",
    routingConfiguration: [{ stateMachineVersionArn: `${machine("passes")}:1`, weight: 100 }],
  });
  const item = { seconds, text: "\u0000 \u{1f989} 世界", exact: 1 };
  const inputs: { readonly [name: string]: readonly [count: number, input: object] } = {
    passes: [40, item],
    fails: [10, { file: moodFile }],
    sleeps: [16, item],
    works: [8, item],
    asks: [5, item],
    maps: [8, { items: [item, item, item] }],
    distributes: [3, { items: [item, item, item] }],
    starts: [4, item],
  };
  const arns: { [name: string]: string[] } = {};
  for (const [name, [count, input]] of Object.entries(inputs)) {
    arns[name] = [];
    for (let index = 0; index < count; index++) {
      const through = name === "passes" && index % 2 === 0 ? ":live" : "";
      const { executionArn: arn } = await call(url, "StartExecution", {
        stateMachineArn: machine(name) + through,
        name: `${name}-${index}`,
        // Numbers keep their digits.
        input: JSON.stringify(input).replace('"exact":1', '"exact":12345678901234567890.10'),
      });
      arns[name].push(String(arn));
    }
  }
  const activityArn = `arn:aws:states:${region}:${account}:activity:work`;
  const { taskToken } = await call(url, "GetActivityTask", { activityArn });
  const [asking = ""] = arns["asks"] ?? [];
  const asked = await vi.waitUntil(() => submittedToken(url, asking), { timeout: 20_000 });
  await vi.waitUntil(
    async () => {
      const failed = await call(url, "ListExecutions", {
        stateMachineArn: machine("fails"),
        statusFilter: "FAILED",
      });
      return (failed["executions"] as unknown[]).length === 10;
    },
    { timeout: 30_000 },
  );
  return { arns, taken: String(taskToken), asked };
}

async function submittedToken(url: string, arn: string): Promise<string | undefined> {
  const { events } = await call(url, "GetExecutionHistory", { executionArn: arn });
  const history = events as { type: string; taskScheduledEventDetails?: { parameters: string } }[];
  if (!history.some(({ type }) => type === "TaskSubmitted")) return undefined;
  const scheduled = history.find(({ type }) => type === "TaskScheduled");
  const parameters = scheduled?.taskScheduledEventDetails?.parameters ?? "{}";
  return (JSON.parse(parameters) as { Payload: { taskToken: string } }).Payload.taskToken;
}

/** Ends everything that waits, and expects that all of it ends well. */
async function endAll({ url }: RunningServer, work: Started, moodFile: string): Promise<void> {
  const of = (name: string): readonly string[] => work.arns[name] ?? [];
  // The tokens of before.
  await call(url, "SendTaskSuccess", {
    taskToken: work.taken,
    output: '"by the worker of before"',
  });
  await call(url, "SendTaskSuccess", {
    taskToken: work.asked,
    output: '"by the function of before"',
  });
  const activityArn = `arn:aws:states:${region}:${account}:activity:work`;
  for (let index = 1; index < of("works").length; index++) {
    const { taskToken, input } = await call(url, "GetActivityTask", { activityArn });
    expect(String(input)).toContain('"exact":12345678901234567890.10');
    await call(url, "SendTaskSuccess", { taskToken, output: "1" });
  }
  for (const arn of of("asks").slice(1)) {
    const taskToken = await submittedToken(url, arn);
    await call(url, "SendTaskSuccess", { taskToken, output: "2" });
  }
  writeFileSync(moodFile, "good");
  for (const arn of of("fails")) await call(url, "RedriveExecution", { executionArn: arn });
  for (const arn of Object.values(work.arns).flat()) {
    // Some still sleep.
    let { status } = await closed(url, arn);
    if (status === "RUNNING") ({ status } = await closed(url, arn));
    expect([arn, status]).toEqual([arn, "SUCCEEDED"]);
  }
  const first = await call(url, "DescribeExecution", { executionArn: of("works")[0] });
  expect(first["output"]).toBe('"by the worker of before"');
}

describe.skipIf(!withPostgres)("a data directory and PostgreSQL", () => {
  test("executions of all sorts move into PostgreSQL, go on there, and move back", async () => {
    const [cwd, functions] = [temporaryFolder(), functionsFolder()];
    const moodFile = join(temporaryFolder(), "mood");
    const first = await startServer(["--data-dir", "one", "--functions", functions], { cwd });
    const work = await startAll(first, moodFile, 10);
    await first.end("SIGTERM");
    const [one, two, three] = ["one", "two", "three"].map((name) => join(cwd, name)) as [
      string,
      string,
      string,
    ];
    const database = await newDatabase();

    const checked = await well("check", one);
    expect(checked).toContain("Nothing is wrong.");
    expect(checked).toMatch(/waiting activity tasks +7\n +Map Runs +3\n/);
    const there = await well("copy", one, database);
    expect(there).toMatch(/holds all that .*one holds: 107 executions/);
    expect(await well("check", database)).toContain("Nothing is wrong.");
    const back = await well("copy", database, two);
    expect(checksums(back)).toHaveLength(12);
    expect(checksums(back)).toEqual(checksums(there));

    const second = await startServer(
      ["--store", database, "--data-dir", "files", "--functions", functions],
      { cwd },
    );
    const inUse = await stepwell(["store", "copy", database, three]);
    expect(inUse).toMatchObject({ status: 1 });
    expect(inUse.stderr).toMatch(/is in use by .*Stop every server/);
    await endAll(second, work, moodFile);
    await second.end("SIGTERM");

    expect(await well("check", database)).toContain("Nothing is wrong.");
    await well("copy", database, three);
    expect(await well("check", three)).toMatch(/SUCCEEDED[\s\S]*Nothing is wrong/);
    const third = await startServer(["--data-dir", three, "--functions", functions], { cwd });
    for (const arn of Object.values(work.arns).flat()) {
      const { status } = await call(third.url, "DescribeExecution", { executionArn: arn });
      expect(status).toBe("SUCCEEDED");
    }
    await third.end("SIGTERM");

    // The first copy back goes on as well, from before.
    const again = await startServer(["--data-dir", two, "--functions", functions], { cwd });
    await call(again.url, "SendTaskSuccess", { taskToken: work.asked, output: "3" });
    expect(await closed(again.url, work.arns["asks"]?.[0] ?? "")).toMatchObject({
      status: "SUCCEEDED",
    });
    await again.end("SIGTERM");
  });

  test("a copy that was killed goes on, and no server opens what it has left", async () => {
    const dataDir = join(temporaryFolder(), "data");
    await fillDirectory(dataDir, 6_000);
    const database = await newDatabase();
    const copying = runningCommand(["store", "copy", dataDir, database]);
    await vi.waitUntil(() => markedIn(database, "execution"), { timeout: 60_000, interval: 5 });
    await copying.end("SIGKILL");

    const refused = await stepwell(["start", "--port", "0", "--store", database]);
    expect(refused).toMatchObject({ status: 1 });
    expect(refused.stderr).toContain("has not been finished");
    const other = join(temporaryFolder(), "other");
    await fillDirectory(other, 1);
    const wrong = await stepwell(["store", "copy", other, database]);
    expect(wrong).toMatchObject({ status: 1 });
    expect(wrong.stderr).toContain("a part of a copy of another store");

    expect(await well("copy", dataDir, database)).toMatch(/6,000 executions .* gone on with/);
    const back = join(temporaryFolder(), "back");
    const returning = runningCommand(["store", "copy", database, back]);
    await vi.waitUntil(() => markedInFolder(back, "journal"), { timeout: 60_000, interval: 5 });
    await returning.end("SIGKILL");
    expect(await well("copy", database, back)).toMatch(/6,000 executions .* gone on with/);
    const { stderr } = await stepwell(["store", "copy", database, back]);
    expect(stderr).toContain("is not empty");
  });

  test("a check finds what is wrong in PostgreSQL", async () => {
    const dataDir = join(temporaryFolder(), "data");
    await fillDirectory(dataDir, 3);
    const database = await newDatabase();
    await well("copy", dataDir, database);
    await query(database, "DELETE FROM stepwell.executions WHERE arn_name LIKE '%e-1'");
    await query(
      database,
      "UPDATE stepwell.executions SET part = (part + 1) % 256 WHERE arn_name LIKE '%e-2'",
    );
    await query(
      database,
      "UPDATE stepwell.journal SET part = (part + 1) % 256 WHERE data LIKE '%item 2%'",
    );
    const { status, stdout } = await stepwell(["store", "check", database]);
    expect(status).toBe(1);
    expect(stdout).toContain("rows of journals belong to no execution");
    expect(stdout).toContain("in a partition that is not theirs");
    expect(stdout).toContain("fsync off");
    expect(stdout).toContain("2 things are wrong.");
  });
});

test("a check finds what is wrong in a data directory", async () => {
  const dataDir = join(temporaryFolder(), "data");
  await fillDirectory(dataDir, 9);
  const database = new DatabaseSync(join(dataDir, "stepwell.db"));
  const change = (sql: string): unknown => database.exec(sql);
  change("UPDATE executions SET status = 1, stop_date = 5 WHERE execution_arn LIKE '%e-1'");
  change("UPDATE executions SET revision_id = 'gone' WHERE execution_arn LIKE '%e-2'");
  change("UPDATE executions SET wake_at = 9999999999999 WHERE execution_arn LIKE '%e-3'");
  change(
    "UPDATE journal SET data = replace(data, 'WaitStateEntered', 'NoSuch') WHERE execution = 5",
  );
  change("UPDATE journal SET data = substr(data, 1, 50) WHERE execution = 6");
  change("DELETE FROM executions WHERE execution_arn LIKE '%e-6'");
  change("DELETE FROM journal WHERE execution = 8");
  change("INSERT INTO messages (id, recipient, body) VALUES ('m', 'arn:gone', '{}')");
  database.close();
  const { status, stdout } = await stepwell(["store", "check", dataDir]);
  expect(status).toBe(1);
  const wrong = stdout.split("\n").filter((line) => line.startsWith("wrong:"));
  expect(wrong).toEqual([
    expect.stringContaining("e-1 is SUCCEEDED, and its journal says RUNNING"),
    expect.stringContaining("e-1 is parked, and SUCCEEDED"),
    expect.stringContaining("e-2 names revision gone of"),
    expect.stringContaining("e-3 is to be woken at 2286-11-20"),
    expect.stringContaining("e-5: after the event 0: "),
    expect.stringContaining("e-7 has no journal"),
    expect.stringContaining("1 rows of journals belong to no execution"),
  ]);
});

test("a damaged packed journal is named, and the others are checked", async () => {
  const dataDir = join(temporaryFolder(), "data");
  const store = await openStore({ kind: "sqlite", dataDir });
  await fillStore(store, 5, true);
  while ((await store.packClosed?.(Number.MAX_SAFE_INTEGER, 100)) !== 0) {
    // All of them.
  }
  await store.close();
  expect(await well("check", dataDir)).toContain("Nothing is wrong.");
  const database = new DatabaseSync(join(dataDir, "stepwell.db"));
  database.exec("UPDATE packed_journals SET data = substr(data, 1, 40) WHERE execution = 3");
  database.close();
  const { status, stdout } = await stepwell(["store", "check", dataDir]);
  expect(status).toBe(1);
  expect(stdout).toContain(
    "the packed journal of arn:aws:states:us-east-1:123456789012:execution:orders:e-2 is damaged",
  );
  expect(stdout).toMatch(/executions +5 /);
  const copied = await stepwell(["store", "copy", dataDir, join(temporaryFolder(), "to")]);
  expect(copied).toMatchObject({ status: 1 });
  expect(copied.stderr).toContain("orders:e-2 is damaged");
});

test("a data directory is brought up to date, and said from where", async () => {
  const dataDir = join(temporaryFolder(), "data");
  await fillDirectory(dataDir, 1);
  const database = new DatabaseSync(join(dataDir, "stepwell.db"));
  for (const table of ["packed_journals", "closed_late", "notes", "documents"]) {
    database.exec(`DROP TABLE ${table}`);
  }
  database.exec("UPDATE meta SET value = '3' WHERE key = 'schema_version'");
  database.close();
  const old = await stepwell(["store", "check", dataDir]);
  expect(old).toMatchObject({ status: 1 });
  expect(old.stderr).toContain("is 3, and this version reads 6: bring it up to date first");
  expect(await well("migrate", dataDir)).toContain("had schema 3, and has 6 now");
  expect(await well("migrate", dataDir)).toContain("has schema 6, which is the newest");
  expect(await well("check", dataDir)).toContain("Nothing is wrong.");
});

test("what cannot be done is said without a password", async () => {
  const folder = temporaryFolder();
  const running = await startServer(["--data-dir", join(folder, "used")]);
  const cases: readonly (readonly [args: readonly string[], status: number, text: string])[] = [
    [[], 2, "Say what to do"],
    [["mend", folder], 2, "cannot be asked for 'mend'"],
    [["check"], 2, "STORE is missing"],
    [["copy", folder], 2, "TO is missing"],
    [["copy", folder, folder], 2, "the same store"],
    [["check", "mysql://root:canary-password@localhost/x"], 2, "A STORE is a data directory or"],
    [["check", folder], 1, "There is no store in"],
    [["migrate", folder], 1, "There is no store in"],
    [["copy", folder, join(folder, "new")], 1, "There is no store in"],
    [["check", join(folder, "used")], 1, "in use by another Stepwell"],
    [["copy", folder, join(folder, "new"), "--partitions", "8"], 2, "into PostgreSQL"],
  ];
  for (const [args, status, text] of cases) {
    const finished = await stepwell(["store", ...args]);
    expect([args, finished.status]).toEqual([args, status]);
    expect(finished.stderr).toContain(text);
    expect(finished.stderr).not.toContain(password);
  }
  expect(readdirSync(folder)).toEqual(["used"]);
  await running.end("SIGTERM");
});

/** How far the copy into a database has come, as it tells its next run. */
async function markedIn(url: string, kind: string): Promise<boolean> {
  const rows = await query(url, "SELECT value FROM stepwell.meta WHERE key = 'copy'").catch(
    () => [],
  );
  return isAt(rows[0]?.["value"], kind);
}

function markedInFolder(dataDir: string, kind: string): boolean {
  try {
    const database = new DatabaseSync(join(dataDir, "stepwell.db"), { readOnly: true });
    try {
      return isAt(
        database.prepare("SELECT value FROM meta WHERE key = 'copy'").get()?.["value"],
        kind,
      );
    } finally {
      database.close();
    }
  } catch {
    return false;
  }
}

function isAt(marker: unknown, kind: string): boolean {
  if (typeof marker !== "string") return false;
  const { kind: at, before } = JSON.parse(marker) as { kind?: string; before: number };
  return at === kind && before > 2_000;
}

async function fillDirectory(dataDir: string, count: number): Promise<void> {
  const store = await openStore({ kind: "sqlite", dataDir });
  await fillStore(store, count, false);
  await store.close();
}

/** Executions that wait, or have ended, with journals as the engine writes them. */
async function fillStore(
  store: Awaited<ReturnType<typeof openStore>>,
  count: number,
  ended: boolean,
): Promise<void> {
  await store.putStateMachine(stateMachine("orders"), revision("orders"));
  await store.putActivity(activity("work"));
  const owner = await own(store);
  let writes: ExecutionWrite[] = [];
  for (let index = 0; index < count; index++) {
    const record = started(`e-${index}`, { startDate: 1_000 + (index >> 2) });
    const first = `{"p":["{\\"item\\":\\"item ${index}\\"}"],"e":[["ExecutionStarted",1,0,1000,0,0,{"roleArn":"r"}],`;
    const second = `["WaitStateEntered",2,0,1000,0,0,{"name":"W"}],["WaitScheduled",0,2,1000,0,-1,{},{"resumeAt":100000}]]}`;
    const chunk = { firstEventId: 1, lastEventId: 2, data: first + second };
    writes.push(start(record, { chunk, parked: { wakeAt: 100_000 } }));
    if (ended) {
      const data =
        '{"p":["1"],"e":[["WaitStateExited",3,2,1001,0,0,{"name":"W"}],["ExecutionSucceeded",4,3,1001,0,0]]}';
      writes.push({
        executionArn: executionArn(`e-${index}`),
        chunk: { firstEventId: 3, lastEventId: 4, data },
        closed: { status: "SUCCEEDED", stopDate: 2_000 },
      });
    }
    if (writes.length < 1_000 && index < count - 1) continue;
    await owner.commit(writes);
    writes = [];
  }
  await store.release(0, owner.epoch);
}
