import { scopeOfArn } from "../../machine/arns.ts";
import { encryptionContextKey } from "../../ports/customer-key-access.ts";
import type { MachineContext, Requirement } from "./requirement.ts";

/** *Documented*: logging with CloudWatch Logs, IAM policies. They have no resource. */
const logActions = [
  "logs:CreateLogDelivery",
  "logs:CreateLogStream",
  "logs:DeleteLogDelivery",
  "logs:DescribeLogGroups",
  "logs:DescribeResourcePolicies",
  "logs:GetLogDelivery",
  "logs:ListLogDeliveries",
  "logs:PutLogEvents",
  "logs:PutResourcePolicy",
  "logs:UpdateLogDelivery",
];

/** *Documented*: tracing with X-Ray, IAM policies. */
const traceActions = [
  "xray:GetSamplingRules",
  "xray:GetSamplingTargets",
  "xray:PutTelemetryRecords",
  "xray:PutTraceSegments",
];

/** *Documented*: encryption at rest, the execution role. */
const keyActions = ["kms:Decrypt", "kms:GenerateDataKey"];

/** What the settings of a machine need of its role, whatever its states do. */
export function machineRequirements(context: MachineContext): readonly Requirement[] {
  const { logs = false, traces = false, kmsKeyId } = context;
  const anywhere = [...(logs ? logActions : []), ...(traces ? traceActions : [])];
  return [
    ...anywhere.map((action) => ({ action, resource: "*" })),
    ...(kmsKeyId === undefined
      ? []
      : keyActions.map((action) => ({
          action,
          resource: keyArn(kmsKeyId, context),
          conditions: { [encryptionContextKey(context.stateMachineArn)]: context.stateMachineArn },
        }))),
  ];
}

/** *Documented*: policies name keys by their ids; what an alias stands for may change. */
function keyArn(kmsKeyId: string, { stateMachineArn }: MachineContext): string {
  const { partition, region, accountId } = scopeOfArn(stateMachineArn);
  const keys = `arn:${partition}:kms:${region}:${accountId}:key/`;
  if (/(?:^|:)alias\//.test(kmsKeyId)) return `${keys}*`;
  return kmsKeyId.startsWith("arn:") ? kmsKeyId : keys + kmsKeyId;
}
