import {
  isJsonArray,
  isJsonObject,
  ownMember,
  type JsonObject,
  type JsonValue,
} from "../../expression/json.ts";
import { scalarText } from "../functions/scalar-text.ts";
import { trustOf } from "../sam/policies/execution-role.ts";
import { defined, getAtt } from "../sam/expansion.ts";
import { TemplateError } from "../template.ts";
import { memberObject } from "./service.ts";

/** Of which a state machine's end, or beginning, is told. Documented by serverless-step-functions: "Notifications". */
const statuses = ["ABORTED", "FAILED", "RUNNING", "SUCCEEDED", "TIMED_OUT"];

/** A target as one of a rule's, and what the rule's role has to do with it; without one the target lets rules in by itself. */
interface Notified {
  readonly target: JsonObject;
  readonly action?: string;
  readonly permission?: JsonObject;
}

/**
 * A rule for each status of which somebody is told, with the role that its targets need.
 *
 * Policies of topics and queues, which the plugin makes as well, are nothing that anybody asks for here.
 */
export function notificationResources(
  logicalId: string,
  name: JsonValue,
  notifications: JsonObject,
): JsonObject {
  const unknown = Object.keys(notifications).find((status) => !statuses.includes(status));
  if (unknown !== undefined) throw unknownIn(logicalId, unknown);
  const roleId = `${logicalId}NotificationsIamRole`;
  const rules: Record<string, JsonObject> = {};
  const permissions: Record<string, JsonObject> = {};
  const allowed: JsonObject[] = [];
  for (const status of statuses) {
    const written = ownMember(notifications, status) ?? [];
    const notified = (isJsonArray(written) ? written : []).map((one) => notifiedOf(one, logicalId));
    if (notified.length === 0) continue;
    const ruleId = `${logicalId}Notifications${status.replace("_", "")}EventRule`;
    const targets = notified.map(({ target, action, permission }, index) => {
      if (permission !== undefined) permissions[`${ruleId}Permission${index + 1}`] = permission;
      if (action === undefined) return { Id: `${status}-${index + 1}`, ...target };
      allowed.push({ Effect: "Allow", Action: action, Resource: target["Arn"] ?? null });
      return { Id: `${status}-${index + 1}`, ...target, RoleArn: getAtt(roleId, "Arn") };
    });
    rules[ruleId] = {
      Type: "AWS::Events::Rule",
      Properties: {
        Name: {
          "Fn::Sub": ["${Machine}-${Status}-notification", { Machine: name, Status: status }],
        },
        EventPattern: {
          source: ["aws.states"],
          "detail-type": ["Step Functions Execution Status Change"],
          detail: { status: [status], stateMachineArn: [{ Ref: logicalId }] },
        },
        Targets: targets,
      },
    };
  }
  return { ...(allowed.length > 0 && { [roleId]: roleOf(allowed) }), ...permissions, ...rules };
}

function notifiedOf(written: JsonValue, owner: string): Notified {
  const settings = isJsonObject(written) ? written : {};
  const { inputPath: InputPath, inputTransformer: _, ...types } = settings;
  const transformer = ownMember(settings, "inputTransformer");
  const [type = "", ...others] = Object.keys(types);
  const read = Object.hasOwn(targets, type) ? targets[type] : undefined;
  if (read === undefined || others.length > 0) throw unknownIn(owner, type);
  const value = types[type] ?? null;
  // A map with `arn` is no reference.
  const details = isJsonObject(value) && Object.hasOwn(value, "arn") ? value : { arn: value };
  const notified = read(details);
  const InputTransformer =
    transformer !== undefined && isJsonObject(transformer)
      ? defined({
          InputPathsMap: ownMember(transformer, "inputPathsMap"),
          InputTemplate: ownMember(transformer, "inputTemplate"),
        })
      : undefined;
  return { ...notified, target: defined({ ...notified.target, InputPath, InputTransformer }) };
}

const targets: { readonly [type: string]: (details: JsonObject) => Notified } = {
  sns: ({ arn = null }) => ({ target: { Arn: arn } }),
  sqs: ({ arn = null, messageGroupId }) => ({
    target: defined({
      Arn: arn,
      SqsParameters:
        messageGroupId === undefined
          ? undefined
          : { MessageGroupId: scalarText(messageGroupId) ?? messageGroupId },
    }),
  }),
  lambda: ({ arn = null }) => ({
    target: { Arn: arn },
    permission: {
      Type: "AWS::Lambda::Permission",
      Properties: {
        Action: "lambda:InvokeFunction",
        FunctionName: arn,
        Principal: "events.amazonaws.com",
      },
    },
  }),
  kinesis: ({ arn = null, partitionKeyPath }) => ({
    target: defined({
      Arn: arn,
      KinesisParameters:
        partitionKeyPath === undefined ? undefined : { PartitionKeyPath: partitionKeyPath },
    }),
    action: "kinesis:PutRecord",
  }),
  firehose: ({ arn = null }) => ({ target: { Arn: arn }, action: "firehose:PutRecord" }),
  stepFunctions: ({ arn = null }) => ({ target: { Arn: arn }, action: "states:StartExecution" }),
};

function roleOf(statements: readonly JsonObject[]): JsonObject {
  return {
    Type: "AWS::IAM::Role",
    Properties: {
      AssumeRolePolicyDocument: trustOf("events.amazonaws.com"),
      Policies: [
        {
          PolicyName: "notify",
          PolicyDocument: { Version: "2012-10-17", Statement: [...statements] },
        },
      ],
    },
  };
}

function unknownIn(owner: string, name: string): TemplateError {
  return new TemplateError(
    `Stepwell knows no notifications ${name} (state machine ${owner} of serverless.yml).`,
  );
}

/** Notifications of a state machine. Documented: Express Workflows have no events of their status. */
export function notificationsOf(logicalId: string, key: string, written: JsonObject): JsonObject {
  if (ownMember(written, "type") === "EXPRESS") return {};
  const name = ownMember(written, "name") ?? key;
  return notificationResources(logicalId, name, memberObject(written, "notifications"));
}
