import { ownMember, type JsonObject, type JsonValue } from "../../../expression/json.ts";
import { defined, objectMember, picked, type Resources } from "../expansion.ts";
import { deadLetterQueue, queuePolicy } from "./dead-letter-queue.ts";
import { required, stateOf, type SamEvent } from "./event.ts";

/** A rule for a schedule or for events, without its target. */
export function scheduleRule(event: SamEvent): JsonObject {
  return {
    ScheduleExpression: required(event, "Schedule"),
    ...picked(event.properties, ["Name", "Description"]),
    ...stateOf(event),
  };
}

export function patternRule(event: SamEvent): JsonObject {
  return defined({
    EventPattern: required(event, "Pattern"),
    EventBusName: ownMember(event.properties, "EventBusName"),
    Name: ownMember(event.properties, "RuleName"),
    ...stateOf(event),
  });
}

/**
 * A rule's target, and the dead-letter queue that SAM makes where it is asked for one.
 *
 * `suffix` ends the target's id. Observed: `<event>StepFunctionsTarget`, `<event>LambdaTarget`.
 */
export function ruleTarget(
  event: SamEvent,
  suffix: string,
  roleArn: JsonValue | undefined,
): { readonly target: JsonObject; readonly resources: Resources } {
  const named = objectMember(event.properties, "Target");
  const queue = deadLetterQueue(event);
  const target = defined({
    Arn: event.target.arn,
    // Documented: at most 64 characters.
    Id: (named && ownMember(named, "Id")) ?? targetId(event.logicalId, suffix),
    RoleArn: roleArn,
    ...picked(event.properties, ["Input", "InputPath", "InputTransformer", "RetryPolicy"]),
    DeadLetterConfig: queue.config,
  });
  return { target, resources: { ...queue.resources, ...queuePolicy(event, queue) } };
}

function targetId(logicalId: string, suffix: string): string {
  const maximumLength = 64;
  return `${logicalId.slice(0, maximumLength - suffix.length)}${suffix}`;
}
