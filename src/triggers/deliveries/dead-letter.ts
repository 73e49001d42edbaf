import type { TargetFailure, TargetRequest } from "../targets/target.ts";
import type { Exhausted } from "./deliveries.ts";
import type { Delivery } from "./delivery.ts";

/** *Our choice*: what SQS and readers take of a message. */
const longestText = 1_000;

/** The message that tells of what could not be delivered. *Documented*: EventBridge, dead-letter queues, message attributes. */
export function deadLetter(
  { request, attempts }: Delivery,
  failure: TargetFailure,
  exhausted: Exhausted,
  queueArn: string,
): TargetRequest {
  const { sourceArn, arn, input, name, service } = request;
  const texts = {
    [service === "scheduler.amazonaws.com" ? "SCHEDULE_ARN" : "RULE_ARN"]: sourceArn,
    TARGET_ARN: arn,
    ERROR_CODE: failure.code,
    ERROR_MESSAGE: failure.message.slice(0, longestText),
    ...(exhausted !== "NotTriedAgain" && { EXHAUSTED_RETRY_CONDITION: exhausted }),
    RETRY_ATTEMPTS: String(attempts - 1),
  };
  return {
    arn: queueArn,
    input,
    name,
    service,
    sourceArn,
    messageAttributes: Object.fromEntries(
      Object.entries(texts)
        .filter(([, text]) => text !== "")
        .map(([key, text]) => [key, { DataType: "String", StringValue: text }]),
    ),
  };
}
