import { customerKeyOf } from "../../ports/customer-key-of.ts";
import { checkActivityArn } from "../arns.ts";
import { errors } from "../errors/errors.ts";
import type { Operation } from "../operation.ts";

/** Documented: how long a worker waits for a task before the answer is empty. */
const longPollMs = 60_000;

/** Takes the next task of an activity. Documented: `taskToken` is null if none came in time. */
export const getActivityTask: Operation<"GetActivityTask"> = async (input, context, request) => {
  const arn = input.activityArn;
  checkActivityArn(arn);
  const activity = await context.store.activity(arn);
  if (activity === undefined) throw errors.activityDoesNotExist(arn);
  const key = customerKeyOf(arn, activity);
  if (key !== undefined) await context.customerKeys.check(key);
  const signal = request.signal ?? new AbortController().signal;
  const task = await context.activityPollers.during(
    arn,
    () => context.engine.takeActivityTask(arn, input.workerName, longPollMs, signal),
    input.workerName,
  );
  if (task === undefined) return { taskToken: null };
  return { taskToken: task.taskToken, input: task.input.text };
};
