import { formatTimestamp } from "../../../expression/timestamp.ts";
import type { JsonObject, JsonValue } from "../../../expression/json.ts";

/** Where the execution would be that a sample is of. */
export interface SamplePlace {
  readonly region: string;
  readonly accountId: string;
  readonly now: number;
  readonly input: JsonValue;
}

/**
 * A context object for data that has none: the members that every state's has, in AWS's order, and those that some have.
 * *Documented*: accessing context object data.
 */
export function sampleContext({ region, accountId, now, input }: SamplePlace): JsonObject {
  const arn = (resource: string) => `arn:aws:states:${region}:${accountId}:${resource}`;
  const time = formatTimestamp(now);
  return {
    Execution: {
      Id: arn("execution:sample:sample-execution"),
      Input: input,
      StartTime: time,
      Name: "sample-execution",
      RoleArn: `arn:aws:iam::${accountId}:role/sample`,
      RedriveCount: 0,
    },
    StateMachine: { Id: arn("stateMachine:sample"), Name: "sample" },
    State: { Name: "Sample", EnteredTime: time, RetryCount: 0 },
    Task: { Token: "sample-task-token" },
    Map: { Item: { Index: 0, Value: {} } },
  };
}
