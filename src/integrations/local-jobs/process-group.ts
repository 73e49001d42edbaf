import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { promisify } from "node:util";

/**
 * Whether the process still is the job's: its arguments name the job's folder. A number alone may be another process's by
 * now.
 */
export async function isJobsProcess(pid: number, folder: string): Promise<boolean> {
  return (await commandLine(pid)).includes(folder);
}

/** The arguments of a process; empty if it is gone. */
async function commandLine(pid: number): Promise<string> {
  if (existsSync("/proc/self/cmdline")) {
    return readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
  }
  // Where there is no such file system: macOS.
  const { stdout } = await promisify(execFile)("ps", [
    "-ww",
    "-o",
    "command=",
    "-p",
    String(pid),
  ]).catch(() => ({ stdout: "" }));
  return stdout;
}

/** Sends a signal to a process and all that it has started; nothing if they are gone. */
export function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}
