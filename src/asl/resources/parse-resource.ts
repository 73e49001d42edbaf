import { isOptimizedIntegration } from "./optimized-integrations.ts";
import type { IntegrationPattern, TaskResource } from "./resource.ts";
import { isSdkAction } from "./unsupported-sdk-actions.ts";
import { wording } from "../diagnostics/wording.ts";

/** The resource that the text names, or why it names none. */
export type ParsedResource =
  { readonly resource: TaskResource } | { readonly resource: undefined; readonly message: string };

/**
 * Parses a Task's `Resource`.
 *
 * A Lambda function is named by its ARN, with a version or an alias or without. Our choice: the short forms
 * `Lambda:Name`, `function:Name` and `123456789012:function:Name` do as well, for functions that run beside the
 * engine. A bare word does not: the service refuses it, and it is more often a mistake than a function.
 */
export function parseResource(text: string): ParsedResource {
  const resource = lambdaFunction(text) ?? activity(text) ?? ownService(text) ?? service(text);
  if (resource !== undefined) return { resource };
  const isArn = /^arn:[^:]*:[^:]+:/.test(text);
  const message = isArn ? wording.resourceNotRecognized(text) : wording.notAnArn;
  return { resource: undefined, message };
}

const lambdaName =
  /^(?:arn:[^:]+:lambda:[^:]*:[^:]*:function|(?:\d{12}:)?function|[Ll]ambda):[A-Za-z0-9_-]+(?::(?:\$LATEST|[A-Za-z0-9_-]+))?$/;

function lambdaFunction(text: string): TaskResource | undefined {
  return lambdaName.test(text) ? { kind: "lambda", arn: text } : undefined;
}

function activity(text: string): TaskResource | undefined {
  return /^arn:[^:]+:states:[^:]*:[^:]*:activity:[^:]+$/.test(text)
    ? { kind: "activity", arn: text }
    : undefined;
}

/** What is Stepwell's own has a prefix of its own. *Our choice*: so AWS refuses a definition with it by its name. */
const ownArn = /^arn:stepwell:states:::([A-Za-z]+)(?:\.(sync|waitForTaskToken))?$/;

function ownService(text: string): TaskResource | undefined {
  const [, action = "", suffix] = ownArn.exec(text) ?? [];
  const pattern = (suffix ?? "requestResponse") as IntegrationPattern;
  if (!isOptimizedIntegration("stepwell", action, pattern)) return undefined;
  const resource = suffix === undefined ? action : `${action}.${suffix}`;
  return { kind: "service", arn: text, resourceType: "stepwell", action, pattern, resource };
}

/** Partition, Region and account (mostly empty), service, action, pattern. */
const serviceArn =
  /^arn:[^:]+:states:[^:]*:[^:]*:((?:aws-sdk:)?[A-Za-z0-9-]+):([A-Za-z0-9]+)(?:\.(sync|sync:2|waitForTaskToken))?$/;

const sdk = "aws-sdk:";

function service(text: string): TaskResource | undefined {
  const parts = serviceArn.exec(text);
  if (parts === null) return undefined;
  const [resourceType, action] = [parts[1] as string, parts[2] as string];
  if (resourceType === "stepwell") return undefined;
  const pattern = (parts[3] ?? "requestResponse") as IntegrationPattern;
  const exists = resourceType.startsWith(sdk)
    ? (pattern === "requestResponse" || pattern === "waitForTaskToken") &&
      isSdkAction(resourceType.slice(sdk.length), action)
    : isOptimizedIntegration(resourceType, action, pattern);
  if (!exists) return undefined;
  const resource = parts[3] === undefined ? action : `${action}.${pattern}`;
  return { kind: "service", arn: text, resourceType, action, pattern, resource };
}
