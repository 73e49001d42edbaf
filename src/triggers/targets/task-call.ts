import { parseResource } from "../../asl/resources/parse-resource.ts";
import type { JsonObject, JsonValue } from "../../expression/json.ts";
import { Payload } from "../../expression/payload.ts";
import { type AccessRequest, accessDenied, type Authorizer } from "../../ports/authorizer.ts";
import type { TaskHandler, TaskRequest } from "../../ports/task-handler.ts";
import type { TargetFailure, TargetOutcome, TargetRequest } from "./target.ts";

export interface TaskCalls {
  find(resource: TaskRequest["resource"]): TaskHandler | undefined;
}

/** What came of a call: it was made. */
type TaskOutcome = Exclude<TargetOutcome, { readonly type: "postponed" }>;

/** *Our choice*: how long a target may take to take something. */
const longestCallSeconds = 60;

/**
 * Calls a service as a Task with this resource would: the same stand-ins, clients, connections and permissions, with the trigger in the
 * place of the execution.
 */
export async function taskCall(
  tasks: TaskCalls,
  resourceText: string,
  parameters: JsonObject,
  { arn, service, sourceArn, roleArn = "" }: TargetRequest,
  signal: AbortSignal,
): Promise<TaskOutcome> {
  const { resource } = parseResource(resourceText);
  const refused = failed("ValidationException", `${arn} cannot be called`);
  if (resource === undefined || resource.kind === "activity") return refused;
  const handler = tasks.find(resource);
  if (handler === undefined) return refused;
  const outcome = await handler.run(
    {
      resource,
      parameters: Payload.ofValue(parameters),
      executionArn: sourceArn,
      stateMachineArn: sourceArn,
      stateName: "",
      taskId: 0,
      taskToken: "",
      timeoutSeconds: longestCallSeconds,
      credentialsRoleArn: undefined,
      roleArn,
      trigger: { service, sourceArn },
    },
    { signal, submitted: () => Promise.resolve() },
  );
  switch (outcome.type) {
    case "succeeded":
      return { type: "taken", output: outcome.output.value };
    case "pending":
      return { type: "taken", output: null };
    case "rejected":
      return failed("ValidationException", outcome.cause);
    case "failed":
      return failed(outcome.error, outcome.cause ?? "");
  }
}

/** How a call ends that a policy does not allow; `undefined`: it may be made. */
export async function refusedCall(
  authorizer: Pick<Authorizer, "mayAct">,
  asked: AccessRequest,
): Promise<TargetFailure | undefined> {
  const decision = await authorizer.mayAct(asked);
  return decision.allowed
    ? undefined
    : failed("AccessDeniedException", accessDenied(asked, decision));
}

/**
 * What another attempt cannot change. *Documented*: EventBridge, dead-letter queues: lacking permissions and targets that are gone are not tried
 * again.
 */
const lasting =
  /AccessDenied|NotAuthorized|NotFound|DoesNotExist|NonExistent|Validation|Invalid|Malformed|UnknownOperation/;

export function failed(code: string, message: string): TargetFailure {
  return { type: "failed", code, message, isTransient: !lasting.test(code) };
}

/** An answer of a service of this process. */
export function taken(output: JsonValue): Extract<TargetOutcome, { type: "taken" }> {
  return { type: "taken", output };
}
