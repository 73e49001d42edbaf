import type { JsonObject } from "../expression/json.ts";
import type { TaskResult } from "../runtime/engine.ts";
import { errors } from "./errors/errors.ts";
import type { ServiceContext } from "./operation.ts";

/**
 * Tells the engine what a worker reports of its task, and the worker what came of it. Observed: the token is looked at
 * before the result is.
 */
export async function completeTask(
  { engine }: ServiceContext,
  taskToken: string,
  result: () => TaskResult,
): Promise<JsonObject> {
  if (engine.taskOf(taskToken) === undefined) throw errors.invalidToken();
  switch (await engine.completeTask(taskToken, result())) {
    case "accepted":
      return {};
    case "invalid":
      throw errors.invalidToken();
    case "timedOut":
      throw errors.taskTimedOut();
    case "unknown":
      throw errors.taskDoesNotExist();
  }
}
