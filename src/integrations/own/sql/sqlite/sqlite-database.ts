import { type ChildProcess, fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { JsonObject } from "../../../../expression/json.ts";
import { parseJson } from "../../../../expression/parse-json.ts";
import type { Clock } from "../../../../ports/clock.ts";
import {
  type Database,
  queryCanceled,
  type SqlOutcome,
  type SqlStatement,
  statementTimeoutMs,
} from "../database.ts";
import type { SqliteReply, SqliteRequest } from "./sqlite-protocol.ts";

/** Our choice: processes of one database: one writes at a time anyway, and others read beside it. */
const mostProcesses = 2;

/**
 * A file of SQLite. Statements run in processes of their own, a few for each database: SQLite's calls do not return before they are
 * done, and only a process can be ended in the middle of one. SQLite takes back what such a statement did.
 */
export function createSqliteDatabase(path: string, clock: Clock): Database {
  const idle: ChildProcess[] = [];
  const busy = new Set<ChildProcess>();
  const waiting: (() => void)[] = [];
  const closing = new AbortController();

  async function run({ text, parameters }: SqlStatement, given: AbortSignal): Promise<SqlOutcome> {
    const signal = AbortSignal.any([given, closing.signal]);
    while (busy.size >= mostProcesses && !signal.aborted) await turn(signal);
    if (signal.aborted) {
      // It may have been woken in the place of another.
      waiting.shift()?.();
      return { type: "aborted" };
    }
    const child = idle.pop() ?? start();
    busy.add(child);
    const request = { path, text, parameters: JSON.stringify(parameters) };
    const outcome = await ask(child, request, signal, clock);
    busy.delete(child);
    if (outcome.isAlive) idle.push(child);
    else child.kill("SIGKILL");
    waiting.shift()?.();
    return outcome.outcome;
  }

  function turn(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = (): void => {
        signal.removeEventListener("abort", stop);
        resolve();
      };
      const stop = (): void => {
        const place = waiting.indexOf(wake);
        if (place !== -1) waiting.splice(place, 1);
        resolve();
      };
      waiting.push(wake);
      signal.addEventListener("abort", stop, { once: true });
    });
  }

  function start(): ChildProcess {
    // The same folder holds this file and the process's: as TypeScript in a checkout, compiled in a package.
    const extension = import.meta.url.endsWith(".ts") ? "ts" : "js";
    const child = fork(fileURLToPath(new URL(`./sqlite-process.${extension}`, import.meta.url)), {
      execArgv: ["--disable-warning=ExperimentalWarning"],
      stdio: ["ignore", "ignore", "ignore", "ipc"],
      // It needs none of the server's variables, which may be secrets, and no signal of its terminal.
      env: {},
      detached: true,
    });
    const forget = (): void => {
      const place = idle.indexOf(child);
      if (place !== -1) idle.splice(place, 1);
    };
    child.on("exit", forget).on("error", forget);
    // An idle one keeps nobody.
    child.unref();
    child.channel?.unref();
    return child;
  }

  return {
    run,
    close() {
      closing.abort();
      for (const child of idle.splice(0)) child.kill("SIGKILL");
    },
  };
}

function ask(
  child: ChildProcess,
  request: SqliteRequest,
  signal: AbortSignal,
  clock: Clock,
): Promise<{ readonly outcome: SqlOutcome; readonly isAlive: boolean }> {
  return new Promise((resolve) => {
    const settle = (outcome: SqlOutcome, isAlive: boolean): void => {
      cancelTimer();
      signal.removeEventListener("abort", aborted);
      child.removeListener("message", answered).removeListener("exit", gone);
      child.removeListener("error", gone);
      child.channel?.unref();
      child.unref();
      resolve({ outcome, isAlive });
    };
    const aborted = (): void => settle({ type: "aborted" }, false);
    const gone = (): void =>
      settle(failed("SystemError", "The process of the database has ended"), false);
    const answered = (reply: unknown): void => settle(outcomeOf(reply as SqliteReply), true);
    const cancelTimer = clock.schedule(clock.now() + statementTimeoutMs, () =>
      settle(
        failed(queryCanceled, `The statement took longer than ${statementTimeoutMs / 1_000} s`),
        false,
      ),
    );
    child.ref();
    child.channel?.ref();
    signal.addEventListener("abort", aborted);
    child.on("message", answered).on("exit", gone).on("error", gone);
    child.send(request, (error) => {
      if (error !== null) gone();
    });
  });
}

function outcomeOf(reply: SqliteReply): SqlOutcome {
  if (reply.type !== "done") return reply;
  const { rows, rowCount, columns } = reply;
  return {
    type: "done",
    rows: parseJson(rows) as unknown as readonly JsonObject[],
    rowCount,
    columns,
  };
}

function failed(name: string, message: string): SqlOutcome {
  return { type: "failed", name, message };
}
