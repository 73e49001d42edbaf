import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { bucket, type ItemCall, resultsKey } from "./map-run-machines.ts";
import { listed, type Victim } from "./victim.ts";

/** A child as ListExecutions shows it. */
export interface Child {
  readonly executionArn: string;
  readonly status: string;
  readonly redriveCount: number;
}

type Counts = Readonly<Record<string, number>>;

/** What DescribeMapRun says, as far as it is looked at. */
export interface DescribedMapRun {
  readonly status: string;
  readonly itemCounts: Counts;
  readonly executionCounts: Counts;
  readonly redriveCount: number;
}

export async function describeMapRun(victim: Victim, mapRunArn: string): Promise<DescribedMapRun> {
  return (await victim.ask("DescribeMapRun", { mapRunArn })) as unknown as DescribedMapRun;
}

export async function childrenOf(victim: Victim, mapRunArn: string): Promise<readonly Child[]> {
  return listed<Child>(victim, "ListExecutions", { mapRunArn }, "executions");
}

/** The counters of a run that has ended must be those of its children, each of which has one item. */
export function checkCounts(
  victim: Victim,
  mapRunArn: string,
  run: DescribedMapRun,
  children: readonly Child[],
): void {
  const byStatus = new Map<string, number>();
  for (const { status } of children) byStatus.set(status, (byStatus.get(status) ?? 0) + 1);
  const expected: Counts = {
    pending: 0,
    running: 0,
    pendingRedrive: 0,
    succeeded: byStatus.get("SUCCEEDED") ?? 0,
    failed: byStatus.get("FAILED") ?? 0,
    timedOut: 0,
    aborted: byStatus.get("ABORTED") ?? 0,
    total: children.length,
    resultsWritten: children.length,
  };
  for (const counts of ["itemCounts", "executionCounts"] as const) {
    for (const [name, count] of Object.entries(expected)) {
      const shown = run[counts][name];
      if (shown !== count) {
        victim.violations.push(`${mapRunArn}: ${counts}.${name} is ${shown}, and it has ${count}`);
      }
    }
  }
}

interface Manifest {
  readonly MapRunArn: string;
  readonly ResultFiles: Readonly<
    Record<string, readonly { readonly Key: string; readonly Size: number }[]>
  >;
}

interface WrittenResult {
  readonly ExecutionArn: string;
  readonly Input: string;
  readonly Status: string;
  readonly Output?: string;
}

/** The files that the manifest names must have every child once, as it ended. */
export function checkOutput(
  victim: Victim,
  mapRunArn: string,
  redriveCount: number,
  children: readonly Child[],
): void {
  const { folder, violations } = victim;
  const violation = (text: string): void => void violations.push(`${mapRunArn}: ${text}`);
  const pathOf = (key: string): string => join(folder, "s3", bucket, key);
  const manifest = JSON.parse(
    readFileSync(pathOf(resultsKey(mapRunArn, redriveCount)), "utf8"),
  ) as Manifest;
  if (manifest.MapRunArn !== mapRunArn) violation(`the manifest is of ${manifest.MapRunArn}`);
  const left = new Map(children.map((child) => [child.executionArn, child.status]));
  const ids = new Set<number>();
  for (const [status, files] of Object.entries(manifest.ResultFiles)) {
    for (const { Key, Size } of files) {
      if (statSync(pathOf(Key)).size !== Size) violation(`${Key} has another size than ${Size}`);
      const results = JSON.parse(readFileSync(pathOf(Key), "utf8")) as readonly WrittenResult[];
      for (const { ExecutionArn, Input, Status, Output } of results) {
        const { id } = JSON.parse(Input) as { id: number };
        const shown = left.get(ExecutionArn);
        if (!left.delete(ExecutionArn)) violation(`${ExecutionArn} is in the results twice`);
        else if (shown !== Status)
          violation(`${ExecutionArn} is ${shown}, its result says ${Status}`);
        if (ids.has(id)) violation(`item ${id} is in the results twice`);
        ids.add(id);
        if ((Status === "SUCCEEDED") !== (status === "SUCCEEDED")) {
          violation(`${ExecutionArn} is ${Status}, in a file of ${status}`);
        }
        if (Status === "SUCCEEDED" && Output !== `{"id":${id}}`) {
          violation(`item ${id} has the output ${Output}`);
        }
      }
    }
  }
  if (left.size > 0) violation(`${left.size} children are not in the results`);
}

export function readItemCalls(file: string): readonly ItemCall[] {
  const lines = readFileSync(file, "utf8").split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as ItemCall);
}

/** No attempt may have been called twice. */
export function checkCalls(victim: Victim, calls: readonly ItemCall[]): void {
  const seen = new Set<string>();
  for (const { execution, redrive, retry } of calls) {
    const key = `${execution} redrive ${redrive} retry ${retry}`;
    if (seen.has(key)) victim.violations.push(`called twice: ${key}`);
    seen.add(key);
  }
}
