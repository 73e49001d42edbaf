import { isJsonObject, type JsonValue, ownMember } from "../../expression/json.ts";
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
  const connection = connectionOf(parameters);
  const secret = `arn:${partition}:secretsmanager:*:*:secret:events!connection/*`;
  return [
    { action: "events:RetrieveConnectionCredentials", ...knownResource(connection) },
    { action: "secretsmanager:DescribeSecret", resource: secret },
    { action: "secretsmanager:GetSecretValue", resource: secret },
  ];
}

function connectionOf(parameters: JsonValue): string {
  const holders = ["Authentication", "InvocationConfig"].map((name) =>
    isJsonObject(parameters) ? ownMember(parameters, name) : undefined,
  );
  const arns = holders.map((holder) =>
    isJsonObject(holder) ? ownMember(holder, "ConnectionArn") : undefined,
  );
  const arn = arns.find((one) => typeof one === "string");
  return typeof arn === "string" ? arn : unknownValue;
}
