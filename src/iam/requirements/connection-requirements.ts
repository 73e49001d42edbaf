import { connectionArnOf } from "../../integrations/http/http-parameters.ts";
import { scopeOfArn } from "../../machine/arns.ts";
import type { Requirement } from "./requirement.ts";
import type { CalledTask } from "./task-requirements.ts";
import { knownResource, unknownValue } from "./written-value.ts";

/**
 * What an HTTP Task needs beside its call: its connection, and the secret that EventBridge keeps for it. *Documented*: call HTTPS
 * APIs, IAM permissions.
 */
export function connectionRequirements(task: CalledTask): readonly Requirement[] {
  const { resource, parameters, stateMachineArn } = task;
  if (resource.kind !== "service" || resource.resourceType !== "http") return [];
  const { partition } = scopeOfArn(stateMachineArn);
  const connection = connectionArnOf(parameters) ?? unknownValue;
  const secret = `arn:${partition}:secretsmanager:*:*:secret:events!connection/*`;
  return [
    { action: "events:RetrieveConnectionCredentials", ...knownResource(connection) },
    { action: "secretsmanager:DescribeSecret", resource: secret },
    { action: "secretsmanager:GetSecretValue", resource: secret },
  ];
}
