import type { JsonObject, JsonValue } from "../../expression/json.ts";
import { scopeOfArn } from "../../machine/arns.ts";
import type { Caller } from "../../ports/caller.ts";
import type { Clock } from "../../ports/clock.ts";
import { asServiceRole } from "../../ports/service-role.ts";
import type { StartTarget } from "../targets/target.ts";
import { taskCall, type TaskCalls } from "../targets/task-call.ts";
import type { PipeRecord } from "./pipe-record.ts";
import { PipeFailure } from "./pipe-source.ts";

/** What a pipe calls. */
export interface PipeServices {
  readonly startTarget: StartTarget;
  /** Step Functions' API. */
  readonly stepFunctions: (
    operation: string,
    input: JsonObject,
    caller: Caller,
  ) => Promise<JsonObject>;
  readonly tasks: TaskCalls;
  readonly clock: Clock;
}

/** Who acts: the pipe's role; without one the server's owner, who has configured the pipe. */
export function pipeCaller(pipe: PipeRecord): Caller {
  const { service, sourceArn, roleArn } = ofPipe(pipe);
  return roleArn === undefined
    ? { ...scopeOfArn(sourceArn), principal: { type: "owner" } }
    : asServiceRole({ service, roleArn, sourceArn });
}

/** What every request of a pipe says of itself. */
export function ofPipe({ Arn, RoleArn, Mapping }: PipeRecord) {
  const service = Mapping === undefined ? "pipes.amazonaws.com" : "lambda.amazonaws.com";
  return { service, sourceArn: Arn, roleArn: RoleArn } as const;
}

/** Calls a service as a Task would, and answers its output. Rejects with a {@link PipeFailure}. */
export async function calledAsTask(
  { tasks }: Pick<PipeServices, "tasks">,
  pipe: PipeRecord,
  resource: string,
  parameters: JsonObject,
  signal: AbortSignal,
): Promise<JsonValue> {
  const about = { ...ofPipe(pipe), arn: resource, input: "", name: "" };
  const outcome = await taskCall(tasks, `arn:aws:states:::${resource}`, parameters, about, signal);
  if (outcome.type === "failed") throw new PipeFailure(`${outcome.code}: ${outcome.message}`);
  return outcome.output;
}
