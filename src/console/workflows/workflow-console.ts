import type { Clock } from "../../ports/clock.ts";
import type { StateMachineRecord, Store } from "../../ports/store.ts";
import type { ExecutionIndex } from "../index/execution-index.ts";
import type { VersionOutcomesView, WorkflowFactsView, WorkflowSeriesView } from "../view-types.ts";
import { versionOutcomes } from "./version-outcomes.ts";
import { WorkflowFacts } from "./workflow-facts.ts";
import { workflowSeries } from "./workflow-series.ts";

const hourMs = 3_600_000;
/** Our choice: a week; the index has the newest executions only. */
const mostHours = 7 * 24;

/** What is told of workflows beside the list of them; who asks has been asked whether they may. */
export class WorkflowConsole {
  readonly #index: ExecutionIndex;
  readonly #clock: Clock;
  readonly #facts: WorkflowFacts;

  constructor(store: Store, index: ExecutionIndex, clock: Clock) {
    this.#index = index;
    this.#clock = clock;
    this.#facts = new WorkflowFacts(store);
  }

  facts(
    machines: AsyncIterable<StateMachineRecord>,
    shows: { readonly tags: boolean; readonly aliases: boolean },
  ): Promise<readonly WorkflowFactsView[]> {
    return this.#facts.of(machines, shows);
  }

  outcomes(stateMachineArn: string, hours: number): VersionOutcomesView {
    return versionOutcomes(this.#of(stateMachineArn), this.#clock.now(), windowOf(hours));
  }

  series(stateMachineArn: string, hours: number): WorkflowSeriesView {
    return workflowSeries(this.#of(stateMachineArn), this.#clock.now(), windowOf(hours));
  }

  #of(stateMachineArn: string) {
    return this.#index.newestFirst().filter((each) => each.stateMachineArn === stateMachineArn);
  }
}

function windowOf(hours: number): number {
  return Math.min(Math.max(hours, 1), mostHours) * hourMs;
}
