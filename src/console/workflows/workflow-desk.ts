import type { Clock } from "../../ports/clock.ts";
import type { Store } from "../../ports/store.ts";
import type { Telemetry } from "../../telemetry/telemetry.ts";
import type { RequestContext } from "../../service/operation.ts";
import type { ConsoleAccess } from "../access.ts";
import type { ExecutionIndex, IndexedExecution } from "../index/execution-index.ts";
import { workflowRow } from "../index/summaries.ts";
import type { StateStatistics } from "../statistics/state-statistics.ts";
import type {
  StateStatisticsView,
  VersionOutcomesView,
  WorkflowFactsView,
  WorkflowRow,
  WorkflowSeriesView,
} from "../view-types.ts";
import { countedSeries } from "./counted-series.ts";
import { stateMachines } from "./state-machines.ts";
import { versionOutcomes } from "./version-outcomes.ts";
import { WorkflowFacts } from "./workflow-facts.ts";
import { workflowSeries } from "./workflow-series.ts";

const hourMs = 3_600_000;
/** Our choice: a week; the index has the newest executions only. */
const mostHours = 7 * 24;

export interface WorkflowDeskParts {
  readonly access: ConsoleAccess;
  readonly store: Pick<Store, "stateMachines" | "revision" | "aliases">;
  readonly index: ExecutionIndex;
  readonly statistics: StateStatistics;
  readonly clock: Clock;
  /** What is counted by minutes; absent: nothing is. */
  readonly counted?: Pick<Telemetry, "points"> | undefined;
}

/** Workflows: the list of them, and how the executions of each went. */
export class WorkflowDesk {
  readonly #parts: WorkflowDeskParts;
  readonly #facts: WorkflowFacts;

  constructor(parts: WorkflowDeskParts) {
    this.#parts = parts;
    this.#facts = new WorkflowFacts(parts.store);
  }

  /** `executions` are those that are remembered, by workflow, where the caller has them at hand. */
  async list(
    request: RequestContext,
    executions?: ReadonlyMap<string, readonly IndexedExecution[]>,
  ): Promise<readonly WorkflowRow[]> {
    const { access, store, index, clock } = this.#parts;
    await access.may("states:ListStateMachines", "*", request);
    await access.mayList(request);
    const now = clock.now();
    const grouped =
      executions ?? Map.groupBy(index.newestFirst(), ({ stateMachineArn }) => stateMachineArn);
    const rows: WorkflowRow[] = [];
    for await (const { stateMachineArn, name, type, createdAt, status } of stateMachines(store)) {
      if (status === "DELETING") continue;
      const machine = { stateMachineArn, name, type, creationDate: createdAt };
      rows.push(workflowRow(machine, grouped.get(stateMachineArn) ?? [], now));
    }
    return rows;
  }

  /** What the list shows beside the figures. Who may not list tags, or describe aliases, is shown none. */
  async facts(request: RequestContext): Promise<readonly WorkflowFactsView[]> {
    const { access, store } = this.#parts;
    await access.may("states:ListStateMachines", "*", request);
    return this.#facts.of(stateMachines(store), {
      tags: await access.isAllowed("states:ListTagsForResource", "*", request),
      aliases: await access.isAllowed("states:DescribeStateMachineAlias", "*", request),
    });
  }

  async outcomes(
    stateMachineArn: string,
    hours: number,
    request: RequestContext,
  ): Promise<VersionOutcomesView> {
    await this.#parts.access.mayRead(stateMachineArn, request);
    return versionOutcomes(this.#of(stateMachineArn), this.#parts.clock.now(), windowOf(hours));
  }

  async series(
    stateMachineArn: string,
    hours: number,
    request: RequestContext,
  ): Promise<WorkflowSeriesView> {
    const { access, clock, counted } = this.#parts;
    await access.mayRead(stateMachineArn, request);
    const executions = this.#of(stateMachineArn);
    const [now, windowMs] = [clock.now(), windowOf(hours)];
    return counted === undefined
      ? workflowSeries(executions, now, windowMs)
      : countedSeries(counted, stateMachineArn, executions, { now, windowMs });
  }

  /** What the last 24 hours were for each of its states. */
  async states(stateMachineArn: string, request: RequestContext): Promise<StateStatisticsView> {
    await this.#parts.access.mayRead(stateMachineArn, request);
    return this.#parts.statistics.view(stateMachineArn);
  }

  #of(stateMachineArn: string) {
    return this.#parts.index
      .newestFirst()
      .filter((each) => each.stateMachineArn === stateMachineArn);
  }
}

function windowOf(hours: number): number {
  return Math.min(Math.max(hours, 1), mostHours) * hourMs;
}
