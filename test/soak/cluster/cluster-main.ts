import { type ClusterSoakResult, percentile, runClusterSoak } from "./run-cluster-soak.ts";

/** Our choices: a lease that a node which is alive keeps even on a busy machine, and a load that leaves it something. */
const usual = { leaseSeconds: 3, partitions: 256, clients: 6, pauseMs: 300, pulses: 48 };

/** Runs the soak of a cluster, prints what came of it, and gives the exit status. */
export async function clusterMain(options: {
  readonly minutes: number;
  readonly seed: number;
  readonly faults: readonly string[];
}): Promise<number> {
  const { minutes, seed, faults } = options;
  console.log(`cluster: seed ${seed}, ${minutes} min, ${faults.join(", ")}`);
  const result = await runClusterSoak({ ...usual, minutes, seed, faults, log: console.log });
  if (typeof result === "string") {
    console.error(`There is no PostgreSQL for it: ${result}`);
    return 1;
  }
  console.log(`\n${table(result)}\n`);
  console.log(
    `${result.starts} starts; ${result.executions} executions (children included): ${result.succeeded} succeeded, ` +
      `${result.cut} failed because an attempt was cut that nobody retries; ${result.events} events, ${result.calls} calls of ` +
      `functions, ${result.acceptedResults} results from outside; ${result.answeredCalls} calls of the API were answered, ` +
      `${result.unansweredCalls} had to be repeated`,
  );
  const { violations, folder } = result;
  for (const violation of violations.slice(0, 20)) console.log(`VIOLATION ${violation}`);
  if (violations.length === 0) {
    console.log("Nothing was lost, nothing has ended twice, and no attempt was called twice.");
    return 0;
  }
  console.log(`${violations.length} violations with seed ${seed}; evidence in ${folder}`);
  return 1;
}

function table({ suffered, takeoverLimitMs }: ClusterSoakResult): string {
  const takeovers = [...suffered.values()]
    .filter(({ measures }) => measures === "takeover")
    .flatMap(({ times }) => times);
  const rows = [...suffered].map(([name, { strikes, times, settled, unanswered }]) => [
    name,
    String(strikes),
    ...timesOf(times),
    seconds(percentile(settled, 1)),
    String(unanswered),
  ]);
  const head = ["FAULT", "TIMES", "WENT ON", "P50 s", "P99 s", "MAX s", "ALL READY s", "REPEATED"];
  const all = [
    "takeovers",
    "",
    ...timesOf(takeovers),
    `(p99 at most ${seconds(takeoverLimitMs)})`,
    "",
  ];
  const lines = [head, ...rows, all];
  const widths = head.map((_, column) => Math.max(...lines.map((line) => line[column]!.length)));
  return lines
    .map((line) =>
      line
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!),
        )
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function timesOf(times: readonly number[]): readonly string[] {
  return [
    String(times.length),
    ...[0.5, 0.99, 1].map((share) => seconds(percentile(times, share))),
  ];
}

function seconds(ms: number): string {
  return Number.isNaN(ms) ? "" : (ms / 1_000).toFixed(1);
}
