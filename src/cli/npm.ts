import { spawn } from "node:child_process";
import { CommandFailure } from "./errors.ts";

export interface NpmResult {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Our choice: output of npm that is kept; a list of a package's versions has some ten thousand characters. */
const mostOutput = 4 * 1024 * 1024;

/** Runs npm in a folder to its end: the one that runs this, or the one on the path. */
export function runNpm(args: readonly string[], folder: string): Promise<NpmResult> {
  const own = process.env["npm_execpath"];
  const isNpm = own !== undefined && /npm-cli\.c?js$/.test(own);
  const [program, first] = isNpm ? [process.execPath, [own]] : ["npm", []];
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...first, ...args], {
      cwd: folder,
      stdio: ["ignore", "pipe", "pipe"],
      // What is passed are options and names of packages that have been checked; npm is a script of the shell there.
      shell: process.platform === "win32" && !isNpm,
    });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      if (stdout.length < mostOutput) stdout += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      if (stderr.length < mostOutput) stderr += text;
    });
    child.on("error", (error) => {
      const message = `npm cannot be run (${error.message}). It comes with Node: see that it is on the PATH.`;
      reject(new CommandFailure(message, { cause: error }));
    });
    child.on("close", (status) => resolve({ status, stdout, stderr }));
  });
}

/** What npm says is wrong, without its codes and the place of its log. */
export function npmProblem({ stdout, stderr }: NpmResult): string {
  const lines = `${stderr}\n${stdout}`
    .split("\n")
    .map((line) => line.replace(/^npm (?:error|ERR!)\s*/, "").trim())
    .filter(
      (line) => line !== "" && !/^(?:code |npm warn|A complete log|errno|syscall)/.test(line),
    );
  return lines.slice(0, 5).join(" ");
}
