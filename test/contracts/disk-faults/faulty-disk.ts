import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";

/** What goes wrong; `faults.c` says what each is. */
export const faultKinds = ["eio", "dead", "enospc", "short", "fsync", "power"] as const;
export type FaultKind = (typeof faultKinds)[number];

export interface DiskFault {
  readonly kind: FaultKind;
  /** At which of the operations that the kind is about, from 1. 0: at none. */
  readonly at: number;
  readonly seed: number;
}

/** What came of a process whose disk failed. */
export interface FaultyRun {
  /** Acknowledged commits, which count from 1. */
  readonly acknowledged: number;
  /** What it told besides, such as the kind of a failure. */
  readonly told: readonly string[];
  /** The operation that went wrong; absent where there were fewer. */
  readonly fault?: string;
  /** How many operations of each sort there were; empty for one that lost its power. */
  readonly counts: ReadonlyMap<string, number>;
  /** What it wrote to standard error, without what the disk said. */
  readonly errors: string;
  /** Its exit code, or the signal that ended it. */
  readonly end: number | string;
  /** The data directory as the process left it. */
  readonly dataDir: string;
  /** The data directory as it is if the power fails in the moment the process ends. */
  readonly diskDir: string;
}

/** The library that lets a disk fail, compiled into a directory, or why there is none here. */
export function compileFaults(directory: string): { library: string } | { missing: string } {
  if (process.platform !== "linux") return { missing: "files fail by LD_PRELOAD only on Linux" };
  const library = join(directory, "faults.so");
  const source = join(import.meta.dirname, "faults.c");
  const options = ["-shared", "-fPIC", "-O1", "-o", library, source, "-ldl", "-lpthread"];
  const { error, status, stderr } = spawnSync("cc", options, { encoding: "utf8" });
  if (error !== undefined) return { missing: "there is no C compiler `cc`" };
  return status === 0 ? { library } : { missing: `cc fails: ${stderr.split("\n")[0]}` };
}

/** Runs `child.ts` in a new directory within `directory`, on a disk that fails. */
export async function runOnFaultyDisk(
  library: string,
  directory: string,
  { kind, at, seed }: DiskFault,
): Promise<FaultyRun> {
  const own = mkdtempSync(join(directory, "run-"));
  const [dataDir, diskDir] = [join(own, "data"), join(own, "disk")];
  mkdirSync(join(diskDir, "pending"), { recursive: true });
  const child = spawn(
    process.execPath,
    ["--disable-warning=ExperimentalWarning", join(import.meta.dirname, "child.ts"), dataDir],
    {
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...process.env,
        LD_PRELOAD: library,
        FAULT_DIRECTORY: dataDir,
        FAULT_DISK: diskDir,
        FAULT_KIND: kind,
        FAULT_AT: String(at),
        FAULT_SEED: String(seed),
      },
    },
  );
  const [output, errors, [code, signal]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "exit") as Promise<[number | null, string | null]>,
  ]);
  const lines = output.split("\n").filter((line) => line !== "");
  const said = errors.split("\n");
  const fault = said.find((line) => line.startsWith("fault "));
  const counted = said.find((line) => line.startsWith("counts ")) ?? "";
  return {
    acknowledged: lines.filter((line) => /^\d+$/.test(line)).length,
    told: lines.filter((line) => !/^\d+$/.test(line)),
    ...(fault === undefined ? {} : { fault }),
    counts: new Map(
      [...counted.matchAll(/(\w+)=(\d+)/g)].map(([, sort = "", count]) => [sort, Number(count)]),
    ),
    errors: said
      .filter((line) => line !== fault && line !== counted)
      .join("\n")
      .trim(),
    end: code ?? signal ?? "",
    dataDir,
    diskDir,
  };
}
