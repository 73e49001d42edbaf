import type { EpochMs } from "../../machine/ids.ts";
import { scopeOfArn } from "../../machine/arns.ts";
import type { MapRunRecord } from "../../ports/map-run-store.ts";
import type { Page, StateMachineRecord, Store } from "../../ports/store.ts";
import {
  type Dimensions,
  type MetricSeries,
  statesNamespace,
  usageNamespace,
} from "./metric-series.ts";
import { repeated } from "./tally.ts";

export interface ServiceLevelsOptions {
  readonly store: Pick<
    Store,
    | "partitions"
    | "stateMachines"
    | "activities"
    | "openExecutions"
    | "runningMapRuns"
    | "versions"
    | "aliases"
  >;
  /** The Region that is told of even where nothing is in it. */
  readonly region: string;
  /** Whether this node tells what is the same at all of them. */
  readonly isTeller: () => boolean;
}

/** *Documented*: quotas of an account in one Region. Nothing is refused here beyond them. */
const openExecutionLimit = 1_000_000;
const openMapRunLimit = 1_000;

const pageItems = 500;
/** Our choices: state machines whose versions and aliases are counted, of how many each, and how often. */
const mostVersioned = 1_000;
const mostVersions = 1_000;
const versionsEveryMs = 600_000;

interface RegionLevels {
  stateMachines: number;
  activities: number;
  openExecutions: number;
  /** By their ARNs, of those of which some are open, or were when it was last looked. */
  readonly openByMachine: Map<string, number>;
  openMapRuns: number;
  mapRunBacklog: number;
}

/**
 * Metrics that are looked at, not counted: what there is at the moment, in all partitions. One node of a cluster tells them, since
 * the values of several would be added up.
 */
export class ServiceLevels {
  readonly #options: ServiceLevelsOptions;
  #versions: readonly MetricSeries[] = [];
  #versionsAt = Number.NEGATIVE_INFINITY;
  /** State machines that had open executions when it was last looked: that there are none is told once. */
  #busy: ReadonlySet<string> = new Set();

  constructor(options: ServiceLevelsOptions) {
    this.#options = options;
  }

  async read(now: EpochMs): Promise<readonly MetricSeries[]> {
    const { store, region, isTeller } = this.#options;
    if (!isTeller()) return [];
    const levels = new Map<string, RegionLevels>();
    const of = (arn: string): RegionLevels => levelsOf(levels, scopeOfArn(arn).region);
    levelsOf(levels, region);
    const machines: string[] = [];
    for await (const page of pagesOf((after) => store.stateMachines("arn:", after))) {
      for (const { stateMachineArn } of page) of(stateMachineArn).stateMachines++;
      const standard = page.filter(isStandard).map(({ stateMachineArn }) => stateMachineArn);
      const open = await store.openExecutions(standard);
      for (const [index, arn] of standard.entries()) {
        const count = open[index] ?? 0;
        of(arn).openExecutions += count;
        if (count > 0 || this.#busy.has(arn)) of(arn).openByMachine.set(arn, count);
      }
      machines.push(...page.map(({ stateMachineArn }) => stateMachineArn));
    }
    const byMachine = [...levels.values()].flatMap(({ openByMachine }) => [...openByMachine]);
    this.#busy = new Set(byMachine.filter(([, count]) => count > 0).map(([arn]) => arn));
    for await (const page of pagesOf((after) => store.activities("arn:", after))) {
      for (const { activityArn } of page) of(activityArn).activities++;
    }
    for (const { mapRunArn, itemCounts } of await this.#runningMapRuns()) {
      const counts = of(mapRunArn);
      counts.openMapRuns++;
      counts.mapRunBacklog += itemCounts.pending;
    }
    if (now >= this.#versionsAt + versionsEveryMs) {
      this.#versions = await this.#countVersions(machines.slice(0, mostVersioned));
      this.#versionsAt = now;
    }
    return [...[...levels].flatMap(levelSeries), ...this.#versions];
  }

  async #runningMapRuns(): Promise<readonly MapRunRecord[]> {
    const { store } = this.#options;
    const found: MapRunRecord[] = [];
    for (let partition = 0; partition < store.partitions; partition++) {
      found.push(...(await store.runningMapRuns(partition)));
    }
    return found;
  }

  async #countVersions(stateMachineArns: readonly string[]): Promise<readonly MetricSeries[]> {
    const { store } = this.#options;
    const found: MetricSeries[] = [];
    for (const arn of stateMachineArns) {
      const { items } = await store.versions(arn, { limit: mostVersions });
      const aliases = await store.aliases(arn);
      const id = {
        region: scopeOfArn(arn).region,
        namespace: statesNamespace,
        dimensions: { ResourceArn: arn },
      };
      found.push({ ...id, name: "VersionCount", statistics: repeated(items.length) });
      found.push({ ...id, name: "AliasCount", statistics: repeated(aliases.length) });
    }
    return found;
  }
}

function isStandard({ type }: StateMachineRecord): boolean {
  return type === "STANDARD";
}

function levelsOf(levels: Map<string, RegionLevels>, region: string): RegionLevels {
  let known = levels.get(region);
  if (known === undefined) {
    known = {
      stateMachines: 0,
      activities: 0,
      openExecutions: 0,
      openByMachine: new Map(),
      openMapRuns: 0,
      mapRunBacklog: 0,
    };
    levels.set(region, known);
  }
  return known;
}

async function* pagesOf<T>(
  read: (page: { readonly limit: number; readonly after?: string }) => Promise<Page<T>>,
): AsyncGenerator<readonly T[]> {
  let after: string | undefined;
  do {
    const page = await read({ limit: pageItems, ...(after !== undefined && { after }) });
    yield page.items;
    after = page.next;
  } while (after !== undefined);
}

function levelSeries([region, levels]: readonly [string, RegionLevels]): readonly MetricSeries[] {
  const states = (name: string, value: number): MetricSeries => ({
    region,
    namespace: statesNamespace,
    name,
    dimensions: {},
    statistics: repeated(value),
  });
  const usage = (resource: string, value: number, more: Dimensions = {}): MetricSeries => ({
    region,
    namespace: usageNamespace,
    name: "ResourceCount",
    dimensions: { Service: "States", Type: "Resource", Resource: resource, Class: "None", ...more },
    statistics: repeated(value),
  });
  return [
    states("OpenExecutionCount", levels.openExecutions),
    states("OpenExecutionLimit", openExecutionLimit),
    states("ApproximateOpenMapRunCount", levels.openMapRuns),
    states("OpenMapRunLimit", openMapRunLimit),
    states("ApproximateMapRunBacklogSize", levels.mapRunBacklog),
    usage("StateMachineCount", levels.stateMachines),
    usage("ActivityCount", levels.activities),
    // Our choice: the dimension that says which state machine.
    ...[...levels.openByMachine].map(([arn, count]) =>
      usage("OpenExecutionCountPerStateMachine", count, { ResourceArn: arn }),
    ),
  ];
}
