import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { inject, onTestFinished, vi } from "vitest";

export const root = fileURLToPath(new URL("../..", import.meta.url));

// Each test starts processes, which a busy machine can make slow.
vi.setConfig({ testTimeout: 60_000 });

export interface Finished {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

interface Options {
  /** A fresh folder if absent. */
  readonly cwd?: string;
  readonly stdin?: string;
  readonly env?: { readonly [name: string]: string };
}

/** Runs the command line to its end, in a process of its own. */
export async function stepwell(args: readonly string[], options: Options = {}): Promise<Finished> {
  const child = start(args, options);
  child.stdin?.end(options.stdin ?? "");
  return await finished(child);
}

export interface RunningServer {
  readonly url: string;
  readonly child: ChildProcess;
  /** What it has printed so far. */
  stdout(): string;
  /** Sends the signal; resolves when the process has ended. */
  end(signal: NodeJS.Signals): Promise<Finished>;
}

/** Runs `stepwell start` on a free port; resolves when it says that it serves. It ends with the test. */
export async function startServer(
  args: readonly string[],
  options: Options = {},
): Promise<RunningServer> {
  const child = start(["start", "--port", "0", ...args], options);
  const ended = finished(child);
  let stdout = "";
  child.stdout?.on("data", (text: string) => (stdout += text));
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await ended;
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout?.on("data", () => {
      const found = /at (http:\S+)[\s\S]*Ctrl\+C/.exec(stdout)?.[1];
      if (found !== undefined) resolve(found);
    });
    void ended.then(({ stderr }) => reject(new Error(`the server ended: ${stderr}`)));
  });
  return {
    url,
    child,
    stdout: () => stdout,
    end(signal) {
      child.kill(signal);
      return ended;
    },
  };
}

/** A command that runs until the signal. It ends with the test. */
export function runningCommand(
  args: readonly string[],
  options: Options = {},
): Pick<RunningServer, "end"> & { readonly stderr: () => string } {
  const child = start(args, options);
  const ended = finished(child);
  let stderr = "";
  child.stderr?.on("data", (text: string) => (stderr += text));
  onTestFinished(async () => {
    child.kill("SIGKILL");
    await ended;
  });
  return {
    stderr: () => stderr,
    end(signal) {
      child.kill(signal);
      return ended;
    },
  };
}

/** A folder that is gone when the test is over. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "stepwell-cli-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Calls an operation of the API. */
export async function call(
  url: string,
  operation: string,
  input: object,
  headers: { readonly [name: string]: string } = {},
): Promise<Record<string, unknown>> {
  const response = await fetch(url, {
    method: "POST",
    headers: {
      "Content-Type": "application/x-amz-json-1.0",
      "X-Amz-Target": `AWSStepFunctions.${operation}`,
      ...headers,
    },
    body: JSON.stringify(input),
  });
  const answer = (await response.json()) as Record<string, unknown>;
  if (!response.ok) throw new Error(JSON.stringify(answer));
  return answer;
}

/** Resolves with the description of an execution once it is closed. */
export async function closed(url: string, executionArn: string): Promise<Record<string, unknown>> {
  return await call(
    url,
    "DescribeExecution",
    { executionArn },
    { "x-stepwell-wait-seconds": "15" },
  );
}

/** Variables that would change what is tested. */
const unwanted = [
  "AWS_REGION",
  "AWS_DEFAULT_REGION",
  "AWS_ENDPOINT_URL_SFN",
  "FORCE_COLOR",
  "SFN_MOCK_CONFIG",
  "WAIT_TIME_SCALE",
];

function start(args: readonly string[], options: Options): ChildProcess {
  const inherited = Object.entries(process.env).filter(([name]) => !unwanted.includes(name));
  const child = spawn(process.execPath, [inject("commandLine"), ...args], {
    cwd: options.cwd ?? temporaryFolder(),
    env: { ...Object.fromEntries(inherited), NO_COLOR: "1", ...options.env },
    stdio: "pipe",
  });
  child.stdout.setEncoding("utf8");
  child.stderr.setEncoding("utf8");
  return child;
}

function finished(child: ChildProcess): Promise<Finished> {
  let stdout = "";
  let stderr = "";
  child.stdout?.on("data", (text: string) => (stdout += text));
  child.stderr?.on("data", (text: string) => (stderr += text));
  return new Promise((resolve) => {
    child.once("close", (status) => resolve({ status, stdout, stderr }));
  });
}
