import type { TaskResource } from "../../asl/resources/resource.ts";
import type { JsonValue } from "../../expression/json.ts";

const nowhere = "arn:aws:states:us-east-1:000000000000:execution:simulated:simulated";
const someTime = "2026-01-01T00:00:00.000Z";

/**
 * What a task without a mock is answered with. Our choice: of integrations that most workflows look into, the members that
 * their answers always have; of all others an empty object. A task that waits for its token gets what somebody sends,
 * which is anything.
 */
export function assumedAnswer(resource: TaskResource): JsonValue {
  if (resource.kind !== "service" || resource.pattern === "waitForTaskToken") return {};
  const { resourceType, action, pattern } = resource;
  switch (`${resourceType}:${action}`) {
    case "lambda:invoke":
      return { ExecutedVersion: "$LATEST", Payload: {}, StatusCode: 200 };
    case "http:invoke":
      return { Headers: {}, ResponseBody: {}, StatusCode: 200, StatusText: "OK" };
    case "states:startExecution":
      if (pattern === "requestResponse") return { ExecutionArn: nowhere, StartDate: someTime };
      return {
        ExecutionArn: nowhere,
        Input: pattern === "sync" ? "{}" : {},
        Name: "simulated",
        Output: pattern === "sync" ? "{}" : {},
        StartDate: someTime,
        Status: "SUCCEEDED",
        StopDate: someTime,
      };
    case "sqs:sendMessage":
    case "sns:publish":
      return { MessageId: "00000000-0000-4000-8000-000000000000" };
    default:
      return {};
  }
}
