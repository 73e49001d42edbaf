import {
  isJsonObject,
  ownMember,
  type JsonObject,
  type JsonValue,
} from "../../../expression/json.ts";
import { defined, getAtt, objectMember, picked, type Resources } from "../expansion.ts";
import { made, required, stateOf, type SamEvent } from "./event.ts";

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
  return { target, resources: queue.resources };
}

function targetId(logicalId: string, suffix: string): string {
  const maximumLength = 64;
  return `${logicalId.slice(0, maximumLength - suffix.length)}${suffix}`;
}

/** A queue that is named by its ARN, or one that is made: `DeadLetterConfig: { Type: SQS }`. */
export function deadLetterQueue(event: SamEvent): {
  readonly config: JsonObject | undefined;
  readonly resources: Resources;
} {
  const config = objectMember(event.properties, "DeadLetterConfig");
  if (config === undefined) return { config: undefined, resources: {} };
  const arn = ownMember(config, "Arn");
  if (arn !== undefined) return { config: { Arn: arn }, resources: {} };
  const written = ownMember(config, "QueueLogicalId");
  const queueId = typeof written === "string" ? written : `${event.logicalId}Queue`;
  return {
    config: { Arn: getAtt(queueId, "Arn") },
    resources: {
      [queueId]: made(event, "AWS::SQS::Queue", {}),
      [`${event.logicalId}QueuePolicy`]: made(event, "AWS::SQS::QueuePolicy", {
        Queues: [{ Ref: queueId }],
        PolicyDocument: {
          Version: "2012-10-17",
          Statement: [
            {
              Effect: "Allow",
              Principal: { Service: "events.amazonaws.com" },
              Action: "sqs:SendMessage",
              Resource: getAtt(queueId, "Arn"),
              Condition: { ArnEquals: { "aws:SourceArn": getAtt(event.logicalId, "Arn") } },
            },
          ],
        },
      }),
    },
  };
}

/** A schedule of EventBridge Scheduler, without its target. */
export function scheduleProperties(event: SamEvent): JsonObject {
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
