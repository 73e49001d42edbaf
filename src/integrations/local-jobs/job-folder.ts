import { mkdirSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** How a job's command ended: its exit status, or 128 and the signal's number. */
export type ExitStatus = number;

/**
 * A folder that says all of one job, so that any process can find out about it: its input, what it has printed, the
 * process that runs it, and how it ended. It is written by the job's own shell, which outlives the server.
 */
export class JobFolder {
  readonly path: string;

  constructor(parent: string, id: string) {
    this.path = join(parent, id);
  }

  /** Makes the folder with these files, unless it is there. Nobody else may read them: they hold what tasks are given. */
  prepare(files: { readonly [name: string]: string }): void {
    mkdirSync(this.path, { recursive: true, mode: 0o700 });
    for (const [name, text] of Object.entries(files)) {
      writeFileSync(join(this.path, name), text, { mode: 0o600 });
    }
  }

  /** The process that leads the job's group; `undefined` before it has begun. */
  get pid(): number | undefined {
    const pid = Number(this.#text("pid"));
    return Number.isSafeInteger(pid) && pid > 0 ? pid : undefined;
  }

  /** When it began, in milliseconds since the epoch. */
  get startedAt(): number | undefined {
    return statSync(join(this.path, "started"), { throwIfNoEntry: false })?.mtimeMs;
  }

  get exitStatus(): ExitStatus | undefined {
    const text = this.#text("status");
    return text === undefined || text.trim() === "" ? undefined : Number(text);
  }

  /** When it ended, in milliseconds since the epoch. */
  get endedAt(): number | undefined {
    return statSync(join(this.path, "status"), { throwIfNoEntry: false })?.mtimeMs;
  }

  outputPath(stream: OutputStream): string {
    return join(this.path, stream);
  }

  outputBytes(stream: OutputStream): number {
    return statSync(this.outputPath(stream), { throwIfNoEntry: false })?.size ?? 0;
  }

  output(stream: OutputStream): string {
    return this.#text(stream) ?? "";
  }

  /** Makes room: the command goes on at the beginning of the file. */
  forgetOutput(stream: OutputStream): void {
    truncateSync(this.outputPath(stream));
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }

  #text(name: string): string | undefined {
    try {
      return readFileSync(join(this.path, name), "utf8");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
      throw error;
    }
  }
}

export type OutputStream = "stdout" | "stderr";

/**
 * What runs a job: `sh -c <this> <folder> <command> …`. Only the first shell that makes `started` runs the command, so
 * that one which was asked for twice, because nobody knows whether it began, runs once. Output is appended, so that it
 * can be cut while the command runs. The shell outlives a signal that its command does not, to say how that ended.
 */
export const jobScript = `
trap : TERM INT HUP
mkdir "$0/started" 2>/dev/null || exit 0
echo $$ > "$0/pid"
"$@" < "$0/input" >> "$0/stdout" 2>> "$0/stderr"
echo $? > "$0/status.part" && mv "$0/status.part" "$0/status"
`;
