import { deadLetterConfig, retryPolicy, tags } from "../buses/members.ts";
import { longestWindowMinutes } from "../../eventing/schedule/flexible-window.ts";

/** Members that operations of EventBridge Scheduler share. *Documented*: its API reference. */

const required = { required: true } as const;
export const name = {
  type: "string",
  min: 1,
  max: 64,
  pattern: /^[0-9a-zA-Z-_.]+$/,
} as const;
export const requiredName = { ...name, ...required } as const;
export const arn = { type: "string", min: 1, max: 1600 } as const;
export const clientToken = {
  type: "string",
  min: 1,
  max: 64,
  pattern: /^[a-zA-Z0-9-_]+$/,
} as const;
export const nextToken = { type: "string", min: 1, max: 2048 } as const;
export const maxResults = { type: "integer", min: 1, max: 100 } as const;
export const state = { type: "string", enum: ["ENABLED", "DISABLED"] } as const;
export { tags };

/** *Documented*: the payload of a target. */
const longestInput = 262_144;

export const target = {
  type: "structure",
  shape: "Target",
  required: true,
  members: {
    Arn: { ...arn, ...required },
    RoleArn: {
      type: "string",
      min: 1,
      max: 1600,
      pattern: /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/,
      ...required,
    },
    Input: { type: "string", min: 1, max: longestInput },
    DeadLetterConfig: deadLetterConfig,
    RetryPolicy: retryPolicy,
    SqsParameters: {
      type: "structure",
      shape: "SqsParameters",
      members: { MessageGroupId: { type: "string", min: 1, max: 128 } },
    },
    EventBridgeParameters: {
      type: "structure",
      shape: "EventBridgeParameters",
      members: {
        DetailType: { type: "string", min: 1, max: 128, ...required },
        Source: { type: "string", min: 1, max: 256, ...required },
      },
    },
  },
} as const;

/** What a schedule is given: the same when it is made and when it is changed. */
export const schedule = {
  Name: requiredName,
  GroupName: name,
  ScheduleExpression: { type: "string", min: 1, max: 256, ...required },
  ScheduleExpressionTimezone: { type: "string", min: 1, max: 50 },
  StartDate: { type: "timestamp" },
  EndDate: { type: "timestamp" },
  Description: { type: "string", max: 512 },
  State: state,
  KmsKeyArn: { type: "string", min: 1, max: 2048 },
  Target: target,
  FlexibleTimeWindow: {
    type: "structure",
    shape: "FlexibleTimeWindow",
    members: {
      Mode: { type: "string", enum: ["OFF", "FLEXIBLE"], ...required },
      MaximumWindowInMinutes: { type: "integer", min: 1, max: longestWindowMinutes },
    },
    ...required,
  },
  ClientToken: clientToken,
  ActionAfterCompletion: { type: "string", enum: ["NONE", "DELETE"] },
} as const;
