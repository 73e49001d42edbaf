import { expect, test } from "vitest";
import { Payload } from "../../expression/payload.ts";
import type { EpochMs, TaskId } from "../../machine/ids.ts";
import type { ActivityTaskRecord } from "../../ports/store.ts";
import type { Delivered } from "../partition/event.ts";
import { ActivityTasks } from "./activity-tasks.ts";
import { createTaskTokens } from "./task-token.ts";

const activityArn = "arn:aws:states:us-east-1:000000000000:activity:a";
const never = new AbortController().signal;

/** The queue of an activity over a store with these tasks; `asked` are the executions that a task was begun in. */
function queueOver(stored: readonly ActivityTaskRecord[]) {
  const asked: string[] = [];
  const tasks = new ActivityTasks({
    store: { activityTasks: async (_, limit) => stored.slice(0, limit) },
    clock: { now: () => Date.now() as EpochMs } as never,
    tokens: createTaskTokens(Buffer.alloc(32, 7).toString("base64")),
    deliver: async (executionArn): Promise<Delivered | undefined> => {
      asked.push(executionArn);
      const isOpen = stored.some((task) => task.executionArn === executionArn);
      return isOpen ? ({ taskInput: Payload.ofText("1") } as Delivered) : undefined;
    },
  });
  const take = () => tasks.take(activityArn, "w", 1_000, never);
  return { tasks, take, asked };
}

const taskOf = (name: string): ActivityTaskRecord =>
  ({ activityArn, executionArn: name, taskId: 1 as TaskId }) as ActivityTaskRecord;

test("tasks that have timed out in the queue are dropped together once one of them is met", async () => {
  const open = [taskOf("open 1"), taskOf("open 2")];
  const { tasks, take, asked } = queueOver(open);
  for (let n = 0; n < 1_000; n++) tasks.offer(taskOf(`over ${n}`));
  for (const task of open) tasks.offer(task);
  expect((await take())?.input.text).toBe("1");
  expect((await take())?.input.text).toBe("1");
  expect(asked).toEqual(["over 0", "open 1", "open 2"]);
});

test("what is offered while ended tasks are dropped stays", async () => {
  const open: ActivityTaskRecord[] = [];
  const { tasks, take, asked } = queueOver(open);
  for (const name of ["over 1", "over 2"]) tasks.offer(taskOf(name));
  const taken = take();
  open.push(taskOf("open"));
  tasks.offer(taskOf("open"));
  expect((await taken)?.input.text).toBe("1");
  expect(asked.at(-1)).toBe("open");
});
