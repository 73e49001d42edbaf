import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { ServerLeaves } from "../../ports/task-handler.ts";
import { JobFolder, jobScript, type ExitStatus, type OutputStream } from "./job-folder.ts";
import { OutputReader } from "./output-reader.ts";
import { isJobsProcess, signalGroup } from "./process-group.ts";

/** A command that runs beside the server, and goes on without it. */
export interface LocalJob {
  /** Names it for good: a word that can be a folder's name. */
  readonly id: string;
  /** The program and its arguments, given the job's folder. */
  readonly command: (folder: string) => readonly string[];
  readonly workingFolder: string;
  readonly environment: NodeJS.ProcessEnv;
  /** On its standard input. */
  readonly input: string;
  /** Written into the job's folder. */
  readonly files?: { readonly [name: string]: string };
  readonly timeLimitSeconds: number;
  /** Ends what a killed command leaves behind. */
  readonly cleanUp?: readonly string[];
}

export type LocalJobEnd =
  | { readonly type: "exited"; readonly status: ExitStatus }
  /** It was killed because it took too long. */
  | { readonly type: "timedOut" }
  /** It is gone, and did not say how it ended: the machine was restarted, or somebody killed it. */
  | { readonly type: "lost" }
  /** Nobody waits for it any more. */
  | { readonly type: "left" }
  /** Another node of a cluster began it, on its machine: what became of it cannot be known here. */
  | { readonly type: "elsewhere" };

/** Our choice: how often it is looked what a job has printed and whether it has ended, in the beginning and later. */
const lookEveryMs = 250;
const laterLookEveryMs = 1_000;
const beginningMs = 10_000;
/** Our choice: how long a cancelled command has to leave by itself. */
const graceMs = 10_000;
/** Our choice: what a job has printed is cut when there is more, once it is read. */
const mostOutputBytes = 16 * 1_024 * 1_024;
/** Our choice: how long an ended job can be looked into. */
const keepMs = 24 * 3_600_000;

/** The jobs of one server, each in a folder of its own. */
export class LocalJobs {
  readonly #folder: string;
  #tidiedAt = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** A name for a job that can be found again here, and that no other node of a cluster takes for one of its own. */
  idOf(uuid: string): string {
    return `${this.#place}.${uuid}`;
  }

  /** Names this folder among those of other nodes. */
  get #place(): string {
    const path = `${this.#folder}.place`;
    try {
      return readFileSync(path, "utf8");
    } catch {
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      writeFileSync(path, randomBytes(4).toString("hex"));
      return readFileSync(path, "utf8");
    }
  }

  /**
   * Lets the job run, and resolves when it has ended. One that runs already, because an earlier server started it, is
   * found again and not started a second time, and one of another node is not started here. `printed` is told what it prints while that is waited for.
   *
   * An abort ends the job, unless it is {@link ServerLeaves} and `outlives` is true.
   */
  async run(
    job: LocalJob,
    signal: AbortSignal,
    options: {
      readonly outlives: boolean;
      readonly printed: (stream: OutputStream, text: string) => void;
    },
  ): Promise<LocalJobEnd> {
    this.#tidy();
    const folder = new JobFolder(this.#folder, job.id);
    const isFound = folder.startedAt !== undefined;
    if (!isFound && (placeIn(job.id) ?? this.#place) !== this.#place) return { type: "elsewhere" };
    if (!isFound) folder.prepare({ ...job.files, input: job.input });
    const exited = isFound ? undefined : start(job, folder);
    const readers = (["stdout", "stderr"] as const).map(
      (stream) =>
        new OutputReader(folder, stream, (text) => options.printed(stream, text), isFound),
    );
    const end = await this.#watch(job, folder, signal, exited, readers);
    if (end.type !== "left" && end.type !== "timedOut") return end;
    const leaves = signal.reason instanceof ServerLeaves;
    if (end.type === "timedOut" || !leaves || !options.outlives) await this.#kill(job, folder);
    return end;
  }

  /** What the job wrote to its standard output; `undefined` if that is more than so many bytes. */
  output(id: string, mostBytes: number): string | undefined {
    const folder = new JobFolder(this.#folder, id);
    return folder.outputBytes("stdout") > mostBytes ? undefined : folder.output("stdout");
  }

  /** When it began and ended, in milliseconds since the epoch; `undefined` where that is not known. */
  times(id: string): {
    readonly startedAt: number | undefined;
    readonly endedAt: number | undefined;
  } {
    const { startedAt, endedAt } = new JobFolder(this.#folder, id);
    return { startedAt, endedAt };
  }

  /** The last that it wrote to its standard error. */
  errorTail(id: string, characters: number): string {
    return new JobFolder(this.#folder, id).output("stderr").slice(-characters);
  }

  async #watch(
    job: LocalJob,
    folder: JobFolder,
    signal: AbortSignal,
    exited: Promise<void> | undefined,
    readers: readonly OutputReader[],
  ): Promise<LocalJobEnd> {
    const begun = Date.now();
    let mayExit = exited;
    void exited?.then(() => (mayExit = undefined));
    for (;;) {
      if (signal.aborted) return { type: "left" };
      // In this order: what has ended says how before it is gone, and prints nothing after that.
      const gone = await isGone(folder, begun);
      const status = folder.exitStatus;
      for (const reader of readers) await reader.read();
      if (status !== undefined) return { type: "exited", status };
      if (gone) return { type: "lost" };
      if (Date.now() - (folder.startedAt ?? begun) > job.timeLimitSeconds * 1_000) {
        return { type: "timedOut" };
      }
      for (const stream of ["stdout", "stderr"] as const) {
        if (folder.outputBytes(stream) > mostOutputBytes) folder.forgetOutput(stream);
      }
      const pauseMs = Date.now() - begun > beginningMs ? laterLookEveryMs : lookEveryMs;
      await nextLook(pauseMs, signal, mayExit);
    }
  }

  async #kill(job: LocalJob, folder: JobFolder): Promise<void> {
    const { pid } = folder;
    if (pid !== undefined && (await isJobsProcess(pid, folder.path))) {
      signalGroup(pid, "SIGTERM");
      for (let waited = 0; waited < graceMs; waited += lookEveryMs) {
        if (!(await isJobsProcess(pid, folder.path))) break;
        await delay(lookEveryMs);
      }
      signalGroup(pid, "SIGKILL");
    }
    if (job.cleanUp === undefined) return;
    const [program = "", ...args] = job.cleanUp;
    spawn(program, args, { stdio: "ignore", detached: true })
      .on("error", () => {})
      .unref();
  }

  /** Ended jobs are forgotten after a while. */
  #tidy(): void {
    const now = Date.now();
    if (now - this.#tidiedAt < keepMs / 24) return;
    this.#tidiedAt = now;
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    for (const id of readdirSync(this.#folder)) {
      const folder = new JobFolder(this.#folder, id);
      if (now - (folder.endedAt ?? now) > keepMs) folder.remove();
    }
  }
}

/** Starts the job's shell; resolves when it has ended. */
/** The name without the place that it begins with: what a service would have called the job. */
export function bareId(id: string): string {
  return placeIn(id) === undefined ? id : id.slice(id.indexOf(".") + 1);
}

/** The place that a job's name begins with; names that were given before there were places have none. */
function placeIn(id: string): string | undefined {
  return /^([0-9a-f]{8})\./.exec(id)?.[1];
}

function start(job: LocalJob, folder: JobFolder): Promise<void> {
  const command = job.command(folder.path);
  const child = spawn("/bin/sh", ["-c", jobScript, folder.path, ...command], {
    cwd: job.workingFolder,
    env: job.environment,
    stdio: "ignore",
    // A group of its own, which goes on when the server is gone and is killed as a whole.
    detached: true,
  });
  child.unref();
  return new Promise((resolve) => {
    child.on("exit", () => resolve());
    child.on("error", () => resolve());
  });
}

async function isGone(folder: JobFolder, begun: number): Promise<boolean> {
  const { pid } = folder;
  // A shell that was started has a while to say its number.
  if (pid === undefined) return Date.now() - begun > beginningMs;
  return !(await isJobsProcess(pid, folder.path));
}

function nextLook(
  pauseMs: number,
  signal: AbortSignal,
  exited: Promise<void> | undefined,
): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", done);
      resolve();
    };
    const timer = setTimeout(done, pauseMs);
    signal.addEventListener("abort", done);
    void exited?.then(done);
  });
}
