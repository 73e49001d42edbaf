import type { ActivityTaskRecord } from "../../ports/store.ts";
import type { RowKind } from "./row-kind.ts";

const columns = { task_id: "bigint", activity_arn: "text" } as const;

/** Tasks in the queues of activities as rows. Each store has a number for the execution; reads give `execution_arn`. */
export const activityTaskRow: RowKind<ActivityTaskRecord, keyof typeof columns> = {
  table: "activity_tasks",
  columns,
  recordOf: (row) => ({
    activityArn: row["activity_arn"] as string,
    executionArn: row["execution_arn"] as string,
    taskId: row["task_id"] as number,
  }),
  rowOf: ({ taskId, activityArn }) => ({ task_id: taskId, activity_arn: activityArn }),
};
