import type { Store } from "../ports/store.ts";
import type { ActivityPollers } from "../service/activity-pollers.ts";
import type { LiveExecution } from "./execution/live-executions.ts";
import type { ActivityRow } from "./view-types.ts";

/** Our choice: tasks of one activity that are counted; more are `isMore`. */
const mostCounted = 1_000;
const pageSize = 500;

/** Every activity with its queue. `peek` reads an execution that nobody looks at. */
export async function activityRows(
  store: Pick<Store, "activities" | "activityTasks">,
  pollers: Pick<ActivityPollers, "count" | "workers">,
  peek: (executionArn: string) => Promise<LiveExecution | undefined>,
): Promise<readonly ActivityRow[]> {
  const rows: ActivityRow[] = [];
  let after: string | undefined;
  do {
    const page = await store.activities("arn:", {
      limit: pageSize,
      ...(after !== undefined && { after }),
    });
    for (const { activityArn, name, createdAt } of page.items) {
      const tasks = await store.activityTasks(activityArn, mostCounted + 1);
      const [first] = tasks;
      // The queue does not say since when: the execution does.
      const live = first && (await peek(first.executionArn));
      const oldest = first && live?.fold.waitingTask(first.taskId)?.scheduledAt;
      rows.push({
        activityArn,
        name,
        creationDate: createdAt,
        queued: Math.min(tasks.length, mostCounted),
        isMore: tasks.length > mostCounted,
        ...(oldest !== undefined && { oldest }),
        pollers: pollers.count(activityArn),
        workers: pollers.workers(activityArn),
      });
    }
    after = page.next;
  } while (after !== undefined);
  return rows;
}
