import type { WrittenTask } from "../../asl/resources/written-tasks.ts";
import type { TaskResource } from "../../asl/resources/resource.ts";
import { isJsonObject, type JsonValue, ownMember } from "../../expression/json.ts";
import { Payload } from "../../expression/payload.ts";
import { permissionResources } from "../../integrations/access/permission-resources.ts";
import { callPermissions, taskPermissions } from "../../integrations/access/task-permissions.ts";
import type { Permission } from "../../integrations/described/permission.ts";
import { scopeOfArn } from "../../machine/arns.ts";
import { connectionRequirements } from "./connection-requirements.ts";
import { jobRequirements } from "./job-requirements.ts";
import type { MachineContext, Requirement } from "./requirement.ts";
import {
  isUnknownAt,
  knownResource,
  knownText,
  knownValue,
  unknownAt,
  unknownValue,
} from "./written-value.ts";

/** What a Task needs: of the machine's role, or of the role that it takes on and that the machine's has to be allowed to. */
export function taskRequirements(
  task: WrittenTask,
  { stateMachineArn }: MachineContext,
): readonly Requirement[] {
  const { resource, location } = task;
  // Who works on an activity asks for its tasks by himself.
  if (resource.kind === "activity") return [];
  const called: CalledTask = {
    resource,
    stateMachineArn,
    parameters: parametersOf(task),
  };
  const needed = [
    ...permissionsOf(called).flatMap((permission) => ofPermission(permission, called)),
    ...jobRequirements(called),
  ];
  // Documented: the machine's role retrieves a connection's credentials, whatever role calls.
  const ofMachine = connectionRequirements(called).map((one) => ({ ...one, location }));
  const credentials = ownMember(task.state, "Credentials");
  if (credentials === undefined) {
    return [...needed.map((one) => ({ ...one, location })), ...ofMachine];
  }
  const roleArn = knownText(credentials, "RoleArn", task.language) ?? unknownValue;
  const assume = { action: "sts:AssumeRole", ...knownResource(roleArn), location };
  return [assume, ...needed.map((one) => ({ ...one, location, roleArn })), ...ofMachine];
}

/** A task with what is known of its parameters. */
export interface CalledTask {
  readonly resource: Exclude<TaskResource, { kind: "activity" }>;
  readonly stateMachineArn: string;
  readonly parameters: JsonValue;
}

/** Where a Task has no parameters, its input is what the service is given. */
function parametersOf({ parameters, language }: WrittenTask): JsonValue {
  return parameters === undefined ? unknownValue : knownValue(parameters, language);
}

/**
 * The calls of a task. Where nobody knows yet whether one is made beside its own, it may be; a job's looks and its end are
 * needed wherever they may come.
 */
function permissionsOf({ resource, parameters }: CalledTask): readonly Permission[] {
  const all = taskPermissions(resource);
  if (!isJsonObject(parameters)) return all;
  const made = callPermissions({ resource, parameters: Payload.ofValue(parameters) });
  if (made.length === 0 && resource.kind === "service" && resource.resourceType === "apigateway") {
    return [];
  }
  return all;
}

function ofPermission(permission: Permission, called: CalledTask): readonly Requirement[] {
  const { resource, stateMachineArn, parameters } = called;
  const paths = permission.resource?.parameters ?? [];
  const isUnknown = paths.some((path) => isUnknownAt(parameters, path));
  const value = isUnknown ? unknownIn(parameters, paths) : parameters;
  const scope = scopeOfArn(stateMachineArn);
  const resources = permissionResources(
    permission,
    { resource, parameters: Payload.ofValue(value), stateMachineArn },
    scope,
  );
  const conditions = conditionsOf(permission, parameters);
  return resources.map((named) => ({
    action: permission.action,
    ...(permission.resource === undefined ? { resource: named } : knownResource(named)),
    ...(conditions && { conditions }),
  }));
}

/** What is known, and the values of `paths` where the way to them is not. */
function unknownIn(parameters: JsonValue, paths: readonly string[]): JsonValue {
  const lost = paths.filter((path) => isUnknownAt(parameters, path));
  return isJsonObject(parameters) ? { ...parameters, ...unknownAt(lost) } : unknownAt(lost);
}

function conditionsOf(
  { conditions }: Permission,
  parameters: JsonValue,
): Requirement["conditions"] {
  if (conditions === undefined || !isJsonObject(parameters)) return undefined;
  const known = Object.entries(conditions).flatMap(([key, name]) => {
    const value = ownMember(parameters, name);
    return typeof value === "string" && !value.includes(unknownValue)
      ? [[key, value] as const]
      : [];
  });
  return known.length === 0 ? undefined : Object.fromEntries(known);
}
