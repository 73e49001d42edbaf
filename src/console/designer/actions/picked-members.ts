import type { PickedResource } from "../../view-types.ts";

/** What a member's value can be picked from, by the service as SDK integrations name it, and Stepwell's own. */
const picked: Readonly<Record<string, Readonly<Record<string, PickedResource>>>> = {
  dynamodb: { TableName: "table" },
  eventbridge: { EventBusName: "eventBus" },
  events: { EventBusName: "eventBus" },
  http: { ConnectionArn: "connection" },
  lambda: { FunctionName: "function" },
  s3: { Bucket: "bucket" },
  sfn: { StateMachineArn: "stateMachine", ActivityArn: "activity" },
  sns: { TopicArn: "topic" },
  sqs: { QueueUrl: "queue" },
  states: { StateMachineArn: "stateMachine" },
  stepwell: { Command: "command", Database: "database" },
};

/** `picks` of a member, if its value can be picked. */
export function pickedOf(service: string, member: string): { readonly picks?: PickedResource } {
  const members = Object.hasOwn(picked, service) ? picked[service] : undefined;
  const kind = members && Object.hasOwn(members, member) ? members[member] : undefined;
  return kind === undefined ? {} : { picks: kind };
}
