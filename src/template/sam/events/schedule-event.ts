import {
  isJsonObject,
  ownMember,
  type JsonObject,
  type JsonValue,
} from "../../../expression/json.ts";
import { defined, getAtt, picked, type Resources } from "../expansion.ts";
import { trustOf } from "../policies/execution-role.ts";
import { deadLetterQueue } from "./dead-letter-queue.ts";
import { made, required, type SamEvent } from "./event.ts";

/** What the role of a schedule that SAM makes may do. */
export interface SchedulePermission {
  readonly policyName: string;
  readonly action: string;
  readonly resource: JsonValue;
}

/** `ScheduleV2`: a schedule of EventBridge Scheduler, with a role unless one is given. */
export function scheduleEvent(event: SamEvent, permission: SchedulePermission): Resources {
  const roleId = `${event.logicalId}Role`;
  const role = ownMember(event.properties, "RoleArn");
  const queue = deadLetterQueue(event);
  return {
    [event.logicalId]: made(event, "AWS::Scheduler::Schedule", {
      ...scheduleProperties(event),
      Target: defined({
        Arn: event.target.arn,
        RoleArn: role ?? getAtt(roleId, "Arn"),
        ...picked(event.properties, ["Input", "RetryPolicy"]),
        DeadLetterConfig: queue.config,
      }),
    }),
    ...(role === undefined && { [roleId]: roleOf(event, permission, queue.config) }),
    ...queue.resources,
  };
}

function roleOf(
  event: SamEvent,
  { policyName, action, resource }: SchedulePermission,
  queue: JsonObject | undefined,
): JsonObject {
  const policies = [policy(policyName, action, resource)];
  if (queue !== undefined) {
    policies.push(policy(`${event.logicalId}SQSPolicy`, "sqs:SendMessage", queue["Arn"] ?? "*"));
  }
  const boundary = ownMember(event.properties, "PermissionsBoundary");
  const own = ownMember(event.resource.properties, "PermissionsBoundary");
  return made(
    event,
    "AWS::IAM::Role",
    defined({
      AssumeRolePolicyDocument: trustOf("scheduler.amazonaws.com"),
      Policies: policies,
      PermissionsBoundary: boundary ?? own,
    }),
  );
}

function policy(PolicyName: string, Action: string, Resource: JsonValue): JsonObject {
  return {
    PolicyName,
    PolicyDocument: { Statement: [{ Effect: "Allow", Action, Resource }] },
  };
}

/** The schedule, without its target. */
function scheduleProperties(event: SamEvent): JsonObject {
  const { properties } = event;
  const omitsName = ownMember(properties, "OmitName") === true;
  const window = ownMember(properties, "FlexibleTimeWindow");
  return defined({
    ...picked(properties, [
      "Description",
      "EndDate",
      "GroupName",
      "KmsKeyArn",
      "ScheduleExpressionTimezone",
      "StartDate",
      "State",
    ]),
    ScheduleExpression: required(event, "ScheduleExpression"),
    FlexibleTimeWindow: window !== undefined && isJsonObject(window) ? window : { Mode: "OFF" },
    Name: ownMember(properties, "Name") ?? (omitsName ? undefined : event.logicalId),
  });
}
