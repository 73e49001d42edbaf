import type { Limits } from "../../machine/limits.ts";
import type { Clock } from "../../ports/clock.ts";
import type { RequestContext } from "../../service/operation.ts";
import type { ConsoleAccess } from "../access.ts";
import type { ExecutionIndex, IndexedExecution } from "../index/execution-index.ts";
import type { ExecutionSearch } from "../index/execution-search.ts";
import { errorGroupsOf, histogramOf, rowOf, stuckOnes, workflowRow } from "../index/summaries.ts";
import { executionsNearLimit, nearestFirst } from "../limits/near-limits.ts";
import type { ResourceLimits } from "../limits/resource-limits.ts";
import type { QuestionDesk } from "../questions/question-desk.ts";
import type { HomeView, TimeWindow, WorkflowRow } from "../view-types.ts";
import type { WorkflowDesk } from "../workflows/workflow-desk.ts";
import { bars, dayOf } from "./day.ts";
import { Outcomes } from "./outcomes.ts";

const hourMs = 3_600_000;
/** Our choice: rows of each list of the page. */
const listed = 8;
/** Failures whose journals are read for the state that failed. */
const explainedAtOnce = 100;

/** What the page is made of. */
export interface HomeParts {
  readonly access: ConsoleAccess;
  readonly index: ExecutionIndex;
  readonly search: ExecutionSearch;
  readonly questions: Pick<QuestionDesk, "list">;
  readonly workflows: Pick<WorkflowDesk, "list">;
  readonly resources: ResourceLimits;
  readonly limits: Limits;
  readonly clock: Clock;
}

/** What the home page shows: what needs somebody now, and how a day, or a window of it, went. */
export class HomeDesk {
  readonly #parts: HomeParts;

  constructor(parts: HomeParts) {
    this.#parts = parts;
  }

  /** `window` narrows how it went; what needs somebody does not depend on it. */
  async view(window: TimeWindow | undefined, request: RequestContext): Promise<HomeView> {
    const { access, index, search, questions, workflows, resources, limits, clock } = this.#parts;
    await access.mayList(request);
    const now = clock.now();
    const executions = index.newestFirst();
    const day = new Outcomes(dayOf(now));
    const chosen = window === undefined ? day : new Outcomes(window);
    const running: IndexedExecution[] = [];
    const grouped = new Map<string, IndexedExecution[]>();
    // One walk: there are many of them, and a page that is open asks again and again.
    for (const execution of executions) {
      day.add(execution);
      if (chosen !== day) chosen.add(execution);
      if (execution.status === "RUNNING") running.push(execution);
      const same = grouped.get(execution.stateMachineArn);
      if (same === undefined) grouped.set(execution.stateMachineArn, [execution]);
      else same.push(execution);
    }
    const failed = chosen === day ? day.failed : [...new Set([...day.failed, ...chosen.failed])];
    await search.explain(failed.slice(0, explainedAtOnce));
    const rows = await workflows.list(request, grouped);
    const mayListActivities = await access.isAllowed("states:ListActivities", "*", request);
    const nearLimits = nearestFirst([
      ...executionsNearLimit(running, limits, now),
      ...(await resources.near(limits)).filter(
        ({ limit }) => limit !== "pollers" || mayListActivities,
      ),
    ]);
    const failing = errorGroupsOf(day.failed, listed);
    const ofHour = day.failed.filter(({ startDate }) => startDate > now - hourMs);
    return {
      failing,
      // There may be thousands of kinds; those that are not listed are not told.
      failingInLastHour: errorGroupsOf(ofHour, Infinity).filter((group) =>
        failing.some(
          ({ error, stateMachineArn, failedState }) =>
            error === group.error &&
            stateMachineArn === group.stateMachineArn &&
            failedState === group.failedState,
        ),
      ),
      waiting: (await questions.list(request, running)).slice(0, listed),
      stuck: stuckOnes(grouped, now).slice(0, listed).map(rowOf),
      nearLimits: nearLimits.slice(0, listed),
      histogram: histogramOf(day.all, bars, { from: day.window.from, to: day.window.to - 1 }),
      isEmpty: executions.length === 0,
      counts: {
        running: window === undefined ? running.length : chosen.running,
        succeeded: chosen.succeeded,
        failed: chosen.failed.length,
      },
      workflows: ranked(window === undefined ? rows : rowsOf(rows, chosen.all, window)).slice(
        0,
        listed,
      ),
      recent: (window === undefined ? executions : chosen.all).slice(0, listed).map(rowOf),
      ...(window !== undefined && { failures: errorGroupsOf(chosen.failed, listed) }),
    };
  }
}

/** The workflows that have an execution among these, with the figures of these alone. */
function rowsOf(
  rows: readonly WorkflowRow[],
  executions: readonly IndexedExecution[],
  { to }: TimeWindow,
): readonly WorkflowRow[] {
  const grouped = Map.groupBy(executions, ({ stateMachineArn }) => stateMachineArn);
  return rows.flatMap(({ stateMachineArn, name, type, creationDate }) => {
    const own = grouped.get(stateMachineArn);
    const machine = { stateMachineArn, name, type, creationDate };
    return own === undefined ? [] : [workflowRow(machine, own, to)];
  });
}

function ranked(rows: readonly WorkflowRow[]): readonly WorkflowRow[] {
  return [...rows].sort((a, b) => (b.lastStart ?? 0) - (a.lastStart ?? 0));
}
