import { isJsonObject, ownMember } from "../../expression/json.ts";
import { type AccessRequest, accessDenied, type Authorizer } from "../../ports/authorizer.ts";
import { machineArnOfExecution } from "../../machine/arns.ts";
import { taskCaller, taskPrincipal } from "../../ports/caller.ts";
import { asServiceRole } from "../../ports/service-role.ts";
import type { TaskHandler, TaskOutcome, TaskRequest } from "../../ports/task-handler.ts";
import type { Permission } from "../described/permission.ts";
import { connectionFailure } from "../http/connections/connection.ts";
import { connectionAccesses } from "./connection-access.ts";
import { type DenialOptions, deniedOutcome } from "./denied-outcome.ts";
import { permissionResources } from "./permission-resources.ts";
import { callPermissions, callsThisEngine } from "./task-permissions.ts";

export interface AuthorizedHandlerOptions extends DenialOptions {
  readonly authorizer: Authorizer;
}

/**
 * The handler, which first asks whether the task's role may make the call; if not, the task fails as if the service had
 * refused it. Tasks and TestState come by here; mocked tasks, which call nobody, do not.
 *
 * Our choice: the looks at a job and its end are not asked for. They serve a call that was allowed, and this engine makes
 * others than AWS does, which policies written for AWS do not name.
 */
export function authorizedHandler(
  handler: TaskHandler,
  options: AuthorizedHandlerOptions,
): TaskHandler {
  return {
    handles: (resource) => handler.handles(resource),
    ...(handler.refuseParameters && {
      refuseParameters: (...asked) => handler.refuseParameters?.(...asked),
    }),
    async run(request, control) {
      const denied = await denial(request, options);
      return denied ?? handler.run(request, control);
    },
    ...(handler.resume && {
      resume: (...resumed) => handler.resume?.(...resumed) ?? Promise.resolve({ type: "pending" }),
    }),
  };
}

/** How the task ends because its role may not; `undefined` if it may. */
async function denial(
  request: TaskRequest,
  options: AuthorizedHandlerOptions,
): Promise<TaskOutcome | undefined> {
  const { authorizer } = options;
  const { resource, roleArn, credentialsRoleArn } = request;
  if (credentialsRoleArn !== undefined) {
    const { executionArn } = request;
    const decision = await authorizer.mayAct({
      caller: taskCaller({ type: "role", roleArn, executionArn }),
      action: "sts:AssumeRole",
      resource: credentialsRoleArn,
      // Documented: cross-account access. What a role of another account may ask about.
      conditions: { "sts:ExternalId": machineArnOfExecution(executionArn) },
    });
    if (!decision.allowed) return notAssumed(roleArn, credentialsRoleArn);
  }
  if (callsThisEngine(resource)) return undefined;
  const refused = await refusedCall(request, options);
  return refused ?? (isHttpTask(request) ? refusedConnection(request, options) : undefined);
}

/** By the role that the task calls in. */
async function refusedCall(
  request: TaskRequest,
  options: AuthorizedHandlerOptions,
): Promise<TaskOutcome | undefined> {
  const { authorizer } = options;
  const { trigger, roleArn } = request;
  // Whoever made a trigger without a role was asked there; and who calls an API destination (`events:InvokeApiDestination`).
  if (trigger !== undefined && (roleArn === "" || isHttpTask(request))) return undefined;
  const caller =
    trigger === undefined
      ? taskCaller(taskPrincipal(request))
      : asServiceRole({ ...trigger, roleArn });
  for (const permission of callPermissions(request)) {
    const conditions = conditionsOf(permission, request);
    for (const named of permissionResources(permission, request, caller)) {
      const asked: AccessRequest = {
        caller,
        action: permission.action,
        resource: named,
        ...conditions,
      };
      const asking = authorizer.mayAct(asked);
      const decision = asking instanceof Promise ? await asking : asking;
      if (!decision.allowed) return deniedOutcome(request, accessDenied(asked, decision), options);
    }
  }
  return undefined;
}

/** *Documented*: it is the state machine's role that may retrieve a connection's credentials, whatever role calls. */
async function refusedConnection(
  { parameters, roleArn, executionArn, trigger }: TaskRequest,
  { authorizer }: AuthorizedHandlerOptions,
): Promise<TaskOutcome | undefined> {
  // *Documented*: an API destination's connection is EventBridge's to read.
  if (trigger !== undefined) return undefined;
  const caller = taskCaller({ type: "role", roleArn, executionArn });
  for (const access of connectionAccesses(parameters.value)) {
    const asked: AccessRequest = { ...access, caller };
    const decision = await authorizer.mayAct(asked);
    if (!decision.allowed) return connectionFailure("AccessDenied", accessDenied(asked, decision));
  }
  return undefined;
}

function isHttpTask({ resource }: TaskRequest): boolean {
  return resource.kind === "service" && resource.resourceType === "http";
}

function conditionsOf(
  { conditions }: Permission,
  { parameters }: TaskRequest,
): Pick<AccessRequest, "conditions"> {
  if (conditions === undefined) return {};
  const { value } = parameters;
  if (!isJsonObject(value)) return {};
  const found: Record<string, string> = {};
  for (const [key, parameter] of Object.entries(conditions)) {
    const text = ownMember(value, parameter);
    if (typeof text === "string") found[key] = text;
  }
  return { conditions: found };
}

/** *Observed*. */
function notAssumed(roleArn: string, credentialsRoleArn: string): TaskOutcome {
  return {
    type: "failed",
    error: "States.TaskFailed",
    cause: `The role ${roleArn} is not authorized to assume the task state's role, ${credentialsRoleArn}.`,
  };
}
