import type { ActivityRecord, Store } from "../../ports/store.ts";
import type { RequestContext } from "../../service/operation.ts";
import type { Service } from "../../service/service.ts";
import type { ConsoleAccess } from "../access.ts";
import { allPages } from "../all-pages.ts";
import type { LiveExecutions } from "../execution/live-executions.ts";
import type { ExecutionIndex } from "../index/execution-index.ts";
import type { ActivityRow } from "../view-types.ts";

/** Our choice: tasks of one activity that are counted; more are `isMore`. */
const mostCounted = 1_000;

export interface ActivityDeskParts {
  readonly access: ConsoleAccess;
  readonly store: Pick<Store, "activities" | "activityTasks">;
  readonly pollers: Service["activityPollers"];
  readonly index: Pick<ExecutionIndex, "loaded">;
  /** Reads executions that nobody looks at. */
  readonly live: Pick<LiveExecutions, "peek">;
}

/** Activities with their queues. */
export class ActivityDesk {
  readonly #parts: ActivityDeskParts;

  constructor(parts: ActivityDeskParts) {
    this.#parts = parts;
  }

  /** Every activity of all Regions, by ARN. */
  async list(request: RequestContext): Promise<readonly ActivityRow[]> {
    const { access, index, store } = this.#parts;
    await access.may("states:ListActivities", "*", request);
    await index.loaded();
    const rows: ActivityRow[] = [];
    for await (const activity of allPages((page) => store.activities("arn:", page))) {
      rows.push(await this.#row(activity));
    }
    return rows;
  }

  async #row({ activityArn, name, createdAt }: ActivityRecord): Promise<ActivityRow> {
    const { store, pollers, live } = this.#parts;
    const tasks = await store.activityTasks(activityArn, mostCounted + 1);
    const [first] = tasks;
    // The queue does not say since when: the execution does.
    const execution = first && (await live.peek(first.executionArn));
    const oldest = first && execution?.fold.waitingTask(first.taskId)?.scheduledAt;
    return {
      activityArn,
      name,
      creationDate: createdAt,
      queued: Math.min(tasks.length, mostCounted),
      isMore: tasks.length > mostCounted,
      ...(oldest !== undefined && { oldest }),
      pollers: pollers.count(activityArn),
      workers: pollers.workers(activityArn),
    };
  }
}
