import type { ClusterFigures } from "./measure/cluster.ts";
import type { TakeoverFigures } from "./measure/takeover.ts";
import type { PeerFigures } from "./peers/peer-figures.ts";
import type { PeerResult, Results } from "./results.ts";

/** One line of the table. */
export interface Row {
  readonly workload: string;
  readonly figure: string;
  readonly target?: string;
  readonly met?: boolean;
  readonly restate?: string;
  readonly dbos?: string;
}

/**
 * What a figure must reach on a machine that answers about 50,000 requests of HTTP alone per second. On a slower one the
 * ratios tell more.
 */
interface Target {
  readonly text: string;
  readonly met: boolean;
}

const atLeast = (value: number, least: number, unit = ""): Target => ({
  text: `≥ ${count(least)}${unit}`,
  met: value >= least,
});
const under = (value: number, most: number, unit: string): Target => ({
  text: `< ${most.toLocaleString("en-GB")}${unit}`,
  met: value < most,
});

/** The table of one run. */
export function rowsOf(results: Results): readonly Row[] {
  const { calibration, calibrationAfter, w0, w1, w2Ms, w3, e1, startUp, parked, dmap } = results;
  const rows: Row[] = [];
  const add = (
    workload: string,
    figure: string,
    target?: Target,
    peers?: (figures: PeerFigures) => string,
  ): void => {
    const restate = peerCell(results.restate, peers);
    const dbos = peerCell(results.dbos, peers);
    rows.push({
      workload,
      figure,
      ...(target === undefined ? {} : { target: target.text, met: target.met }),
      ...(restate === undefined ? {} : { restate }),
      ...(dbos === undefined ? {} : { dbos }),
    });
  };

  for (const [when, figures] of [
    ["before", calibration],
    ["after", calibrationAfter],
  ] as const) {
    if (figures === undefined) continue;
    add(`Calibration, ${when}: 4 KiB append + fdatasync`, `${count(figures.syncsPerSecond)}/s`);
    add(`Calibration, ${when}: JSON of 1 KB there and back`, `${count(figures.jsonPerSecond)}/s`);
    add(`Calibration, ${when}: HTTP alone, 64 clients`, `${count(figures.httpPerSecond)}/s`);
  }
  if (w0 !== undefined) {
    add("W0 ten Pass states, 64 clients", rate(w0), atLeast(w0.perSecond, 10_000, "/s"));
    ofHttp("W0 requests (two each) of HTTP alone", w0.perSecond * 2);
    add("W0 latency p50 / p99", latencies(w0));
    add("W0 p50 of one client", ms(w0.aloneP50Ms));
  }
  if (w1 !== undefined) {
    add("W1 ten tasks, 64 clients", rate(w1), undefined, (peer) => rate(peer.w1));
    ratio("W1 times Restate", w1.perSecond, results.restate, 10);
    ratio("W1 times DBOS", w1.perSecond, results.dbos, 12);
    add("W1 latency p50 / p99", latencies(w1), undefined, (peer) => latencies(peer.w1));
    add("W1 p50 of one client", ms(w1.aloneP50Ms), under(w1.aloneP50Ms, 4, " ms"), (peer) =>
      ms(peer.w1.aloneP50Ms),
    );
  }
  if (w2Ms !== undefined) {
    add("W2 Map of 1,000 tasks", ms(w2Ms), under(w2Ms, 25, " ms"), (peer) => ms(peer.w2Ms));
  }
  if (w3 !== undefined) {
    const { startMs, resumeMs, grownMB } = w3;
    add(
      `W3 start ${count(w3.count)} that wait for callbacks`,
      seconds(startMs),
      secondsTarget(startMs, 0.6),
      (peer) => seconds(peer.w3.startMs),
    );
    add(`W3 memory they add`, megabytes(grownMB), under(grownMB, 30, " MB"), (peer) =>
      megabytes(peer.w3.grownMB),
    );
    add(`W3 resume them`, seconds(resumeMs), secondsTarget(resumeMs), (peer) =>
      seconds(peer.w3.resumeMs),
    );
  }
  if (e1 !== undefined) {
    add("E1 StartSyncExecution, ten Pass states", rate(e1), atLeast(e1.perSecond, 25_000, "/s"));
    ofHttp("E1 requests of HTTP alone", e1.perSecond);
    add("E1 latency p50 / p99", latencies(e1));
    add("E1 p50 of one client", ms(e1.aloneP50Ms));
  }
  const core = results.coreTransitionsPerSecond;
  if (core !== undefined) {
    add(
      "Core without IO: Pass transitions, journal packed",
      `${count(core)}/s`,
      atLeast(core, 300_000, "/s"),
    );
  }
  if (startUp !== undefined) {
    const what = `${count(startUp.count)} parked, ${count(startUp.count)} closed`;
    add(`Start-up with ${what}`, seconds(startUp.startMs), secondsTarget(startUp.startMs));
    add("Start-up with nothing", seconds(startUp.emptyMs));
    add("Memory those executions add after a start", megabytes(startUp.grownMB));
  }
  if (parked !== undefined) {
    const { grownMB } = parked;
    add(
      `Memory of ${count(parked.count)} parked on callbacks`,
      megabytes(grownMB),
      under(grownMB, 50, " MB"),
    );
  }
  if (dmap !== undefined) {
    const { pass, task } = dmap;
    const passItems = `Distributed Map, ${count(pass.items)} Express children with one Pass`;
    add(passItems, seconds(pass.elapsedMs), under(pass.elapsedMs / 1_000, 30, " s"));
    add(
      "Distributed Map, most memory meanwhile",
      megabytes(pass.peakMB),
      under(pass.peakMB, 400, " MB"),
    );
    const taskItems = `Distributed Map, ${count(task.items)} Standard children with one task`;
    add(taskItems, seconds(task.elapsedMs), under(task.elapsedMs / 1_000, 30, " s"));
    add("Distributed Map, most memory meanwhile", megabytes(task.peakMB));
  }
  if (results.console !== undefined) {
    const { without, beside, loss } = results.console;
    const lost = loss * 100;
    add(
      "W1 with an open console",
      `${count(beside)}/s, ${count(without)}/s without: ${-lost > 0 ? "+" : ""}${(-lost).toFixed(1)} %`,
      under(lost, 5, " % less"),
    );
  }
  if (results.scrapes !== undefined) {
    const { without, beside, usualLoss } = results.scrapes;
    add(
      "W1 with scrapes of Prometheus in each 0.8 s; loss where one comes every 15 s",
      `${count(beside)}/s, ${count(without)}/s without: ${(usualLoss * 100).toFixed(2)} %`,
      under(usualLoss * 100, 1, " % less"),
    );
  }
  if (results.cluster !== undefined) addCluster(results.cluster);
  if (results.takeover !== undefined) addTakeover(results.takeover);
  for (const { expression, ours, package: theirs } of results.jsonata ?? []) {
    const times = ours / theirs;
    const target = expression === filter ? atLeast(times, 10, " × package") : undefined;
    add(`JSONata ${expression}`, `${count(ours)}/s, ${times.toFixed(1)} × package`, target);
  }
  return rows;

  function addCluster({ byNodes, pinned, dbosPerSecond }: ClusterFigures): void {
    const [alone] = byNodes;
    for (const { nodes, w1, transitionsPerSecond } of byNodes) {
      const what = `Cluster of ${nodes} on PostgreSQL`;
      const ofOne = alone === undefined || nodes === 1 ? 1 : w1.perSecond / alone.w1.perSecond;
      add(`${what}: W1`, `${rate(w1)}, ${latencies(w1)}`);
      if (nodes > 1) add(`${what}: W1 of one node's`, percent(ofOne), leastShare(ofOne));
      add(
        `${what}: Pass transitions in a batch`,
        `${count(transitionsPerSecond)}/s`,
        atLeast(transitionsPerSecond, 25_000, "/s"),
      );
    }
    if (typeof dbosPerSecond === "string") {
      add("DBOS on the same PostgreSQL: W1", `not measured: ${dbosPerSecond}`);
    } else if (alone !== undefined) {
      const times = alone.w1.perSecond / dbosPerSecond;
      add("DBOS on the same PostgreSQL: W1", `${count(dbosPerSecond)}/s`);
      add("Cluster of 1: W1 times that", `${times.toFixed(1)} ×`, atLeast(times, 12, " ×"));
    }
    const cost = 1 - (pinned.first + pinned.last) / 2 / pinned.without;
    add(
      "W1 with a pinned horizon",
      `${count(pinned.first)}/s, ${count(pinned.last)}/s at last, ${count(pinned.without)}/s without`,
      under(cost * 100, 40, " % less"),
    );
    const kept = pinned.last / pinned.first;
    add("W1 with a pinned horizon: last third of first", percent(kept), leastShare(kept));
  }

  function addTakeover({
    parked,
    share,
    firstMs,
    allStoppedMs,
    allTakenMs,
  }: TakeoverFigures): void {
    const what = `Killed node of three with ${count(parked)} parked`;
    add(`${what}: its first execution is stopped after`, seconds(firstMs), takeoverTarget(firstMs));
    add(
      `${what}: one in each of its ${share} partitions`,
      seconds(allStoppedMs),
      takeoverTarget(allStoppedMs),
    );
    add(`${what}: all are taken after`, seconds(allTakenMs), takeoverTarget(allTakenMs));
  }

  /** What share of it our requests reach: comparable between machines, as the rates are not. */
  function ofHttp(name: string, perSecond: number): void {
    if (calibration === undefined || calibrationAfter === undefined) return;
    const alone = (calibration.httpPerSecond + calibrationAfter.httpPerSecond) / 2;
    add(name, `${((perSecond / alone) * 100).toFixed(0)} %`);
  }

  function ratio(name: string, value: number, peer: PeerResult | undefined, least: number): void {
    if (peer === undefined || "notMeasured" in peer) return;
    const times = value / peer.w1.perSecond;
    add(name, `${times.toFixed(1)} ×`, atLeast(times, least, " ×"));
  }
}

const filter = "$states.input.items[price > 10].name";

const takeoverTarget = (elapsedMs: number): Target => secondsTarget(elapsedMs, 15);
/** Our choice: what is less than a tenth is noise of the machine. */
const leastShare = (share: number): Target => ({ text: "≥ 90 %", met: share >= 0.9 });

function secondsTarget(elapsedMs: number, most = 2): Target {
  return under(elapsedMs / 1_000, most, " s");
}

function peerCell(
  peer: PeerResult | undefined,
  show: ((figures: PeerFigures) => string) | undefined,
): string | undefined {
  if (peer === undefined || show === undefined) return undefined;
  return "notMeasured" in peer ? "not measured" : show(peer);
}

const count = (value: number): string => Math.round(value).toLocaleString("en-GB");
const percent = (share: number): string => `${(share * 100).toFixed(0)} %`;
const ms = (value: number): string => `${value.toFixed(value < 100 ? 1 : 0)} ms`;
const seconds = (value: number): string => `${(value / 1_000).toFixed(2)} s`;
const megabytes = (value: number): string => `${value.toFixed(1)} MB`;
const rate = (figures: { readonly perSecond: number }): string => `${count(figures.perSecond)}/s`;
const latencies = (figures: { readonly p50Ms: number; readonly p99Ms: number }): string =>
  `${ms(figures.p50Ms)} / ${ms(figures.p99Ms)}`;
