import { textOf } from "../../deploy/text-of.ts";
import type { JsonObject } from "../../expression/json.ts";
import { styled, type Style } from "../terminal.ts";
import { DeployRefusal, type DeployClient } from "./deploy-client.ts";

/** How often a server is asked what has happened. Our choice: a person sees no difference. */
const lookMs = 150;

export interface StackEnd {
  readonly stack: JsonObject;
  /** What failed first, by their logical ids. */
  readonly failures: readonly { readonly logicalId: string; readonly reason: string }[];
}

/** Tells what happens to a stack until it has come to an end. `since`: only what is newer than that event. */
export async function followStack(
  client: DeployClient,
  stackId: string,
  since: string | undefined,
  tell: (line: string) => void,
): Promise<StackEnd> {
  const seen = new Set<string>();
  const failures: { logicalId: string; reason: string }[] = [];
  for (;;) {
    const stack = await describe(client, stackId);
    for (const event of await eventsSince(client, stackId, since)) {
      const id = textOf(event["EventId"]);
      if (seen.has(id)) continue;
      seen.add(id);
      tell(eventText(event));
      const { ResourceStatus, ResourceStatusReason, LogicalResourceId, ResourceType } = event;
      const isOfStack =
        ResourceType === "AWS::CloudFormation::Stack" && event["PhysicalResourceId"] === stackId;
      // What stands in no resource's way alone, a reference that leads nowhere say, is told of the stack.
      const isReasonOfStack =
        isOfStack &&
        failures.length === 0 &&
        ResourceStatusReason !== undefined &&
        textOf(ResourceStatus).endsWith("ROLLBACK_IN_PROGRESS");
      if (isReasonOfStack || (textOf(ResourceStatus).endsWith("_FAILED") && !isOfStack)) {
        failures.push({
          logicalId: textOf(LogicalResourceId),
          reason: textOf(ResourceStatusReason ?? ""),
        });
      }
    }
    if (!isGoingOn(textOf(stack["StackStatus"]))) return { stack, failures };
    await new Promise((resolve) => setTimeout(resolve, lookMs));
  }
}

function isGoingOn(status: string): boolean {
  return status.endsWith("_IN_PROGRESS") && status !== "REVIEW_IN_PROGRESS";
}

export async function describe(client: DeployClient, stackName: string): Promise<JsonObject> {
  const { Stacks } = await client.call("DescribeStacks", { StackName: stackName });
  const [stack = {}] = Stacks as readonly JsonObject[];
  return stack;
}

/** The stack, or `undefined` if there is none. */
export async function describeIfThere(
  client: DeployClient,
  stackName: string,
): Promise<JsonObject | undefined> {
  try {
    return await describe(client, stackName);
  } catch (error) {
    if (error instanceof DeployRefusal && error.message.endsWith("does not exist"))
      return undefined;
    throw error;
  }
}

/** The id of the newest event; ids of newer ones are smaller. */
export async function newestEvent(
  client: DeployClient,
  stackId: string,
): Promise<string | undefined> {
  const { StackEvents } = await client.call("DescribeStackEvents", { StackName: stackId });
  const [newest] = StackEvents as readonly JsonObject[];
  return newest && textOf(newest["EventId"]);
}

async function eventsSince(
  client: DeployClient,
  stackId: string,
  since: string | undefined,
): Promise<readonly JsonObject[]> {
  const events: JsonObject[] = [];
  let NextToken: string | undefined;
  do {
    const answer = await client.call("DescribeStackEvents", {
      StackName: stackId,
      ...(NextToken !== undefined && { NextToken }),
    });
    const page = answer["StackEvents"] as readonly JsonObject[];
    const newer = page.filter(({ EventId }) => since === undefined || textOf(EventId) < since);
    events.push(...newer);
    NextToken = newer.length === page.length ? (answer["NextToken"] as string) : undefined;
  } while (NextToken !== undefined);
  return events.toReversed();
}

function eventText(event: JsonObject): string {
  const { ResourceStatus, LogicalResourceId, ResourceType, ResourceStatusReason } = event;
  const status = textOf(ResourceStatus);
  const style: Style = status.endsWith("_FAILED")
    ? "red"
    : status.includes("ROLLBACK")
      ? "yellow"
      : status.endsWith("_COMPLETE")
        ? "green"
        : "dim";
  const reason =
    ResourceStatusReason === undefined || ResourceStatusReason === "User Initiated"
      ? ""
      : `  ${textOf(ResourceStatusReason)}`;
  const padded = status.padEnd(20);
  return `${styled(process.stdout, style, padded)} ${textOf(LogicalResourceId)} ${styled(process.stdout, "dim", textOf(ResourceType))}${reason}`;
}
