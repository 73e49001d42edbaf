import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";

/** Where `npm run tools` has put the packages of npm that tests use; `undefined` if they could not be had. */
export const npmTools: string | undefined = process.env["STEPWELL_TEST_NPM_TOOLS"];

/** The same of PyPI's. */
export const pythonTools: string | undefined = process.env["STEPWELL_TEST_PYTHON_TOOLS"];

/** Our choice: some ten processes, each of which takes seconds, on a machine that does other things as well. */
export const longestMs = 600_000;

/** A folder that is gone when the test is over. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "stepwell-tools-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A copy of a folder beside this file, with the fetched packages of npm, if there are, as its own. */
export function projectOf(name: string): string {
  const folder = join(temporaryFolder(), "project");
  cpSync(join(import.meta.dirname, name), folder, { recursive: true });
  if (npmTools !== undefined) {
    symlinkSync(join(npmTools, "node_modules"), join(folder, "node_modules"));
  }
  return folder;
}

export interface Ran {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Whatever a person's own configuration says of AWS is not for tests. */
const ownAws = /^AWS_|^TF_|^SAM_/;

/** The environment of a tool that is to take this server for AWS. */
export function environmentFor(endpoint: string): { readonly [name: string]: string | undefined } {
  const others = Object.entries(process.env).filter(([name]) => !ownAws.test(name));
  return {
    ...Object.fromEntries(others),
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: "us-east-1",
    AWS_DEFAULT_REGION: "us-east-1",
    AWS_ACCESS_KEY_ID: "local",
    AWS_SECRET_ACCESS_KEY: "local",
    AWS_CONFIG_FILE: "/nonexistent",
    AWS_SHARED_CREDENTIALS_FILE: "/nonexistent",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_PAGER: "",
    NO_COLOR: "1",
  };
}

/** Runs a program to its end. */
export function ran(
  command: string,
  args: readonly string[],
  options: {
    readonly cwd: string;
    readonly env: { readonly [name: string]: string | undefined };
  },
): Promise<Ran> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
    let [stdout, stderr] = ["", ""];
    child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
    child.once("error", reject);
    child.once("close", (status) => resolve({ status, stdout, stderr }));
  });
}

/** The same of one that has to succeed: what it printed. */
export async function output(...asked: Parameters<typeof ran>): Promise<string> {
  const { status, stdout, stderr } = await ran(...asked);
  if (status === 0) return stdout;
  const [command, args] = asked;
  throw new Error(`${command} ${args.join(" ")} ended with ${status}:\n${stdout}\n${stderr}`);
}
