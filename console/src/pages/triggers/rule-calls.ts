import { regionOf } from "../../api/client.ts";
import { callService } from "../../api/triggers.ts";

/** A rule as EventBridge's operations name it. */
export function ruleName(arn: string): { readonly Name: string; readonly EventBusName?: string } {
  const path = arn
    .split(":")
    .slice(5)
    .join(":")
    .replace(/^rule\//, "");
  const slash = path.lastIndexOf("/");
  return slash === -1
    ? { Name: path }
    : { Name: path.slice(slash + 1), EventBusName: path.slice(0, slash) };
}

export interface StoredTarget {
  readonly Id: string;
  readonly Arn: string;
}

export async function targetsOf(arn: string): Promise<readonly StoredTarget[]> {
  const { Name: Rule, ...bus } = ruleName(arn);
  const { Targets } = await callService<{ readonly Targets: readonly StoredTarget[] }>(
    "events",
    "ListTargetsByRule",
    { Rule, ...bus },
    regionOf(arn),
  );
  return Targets;
}

export function removeTargets(arn: string, ids: readonly string[]): Promise<unknown> {
  const { Name: Rule, ...bus } = ruleName(arn);
  return callService("events", "RemoveTargets", { Rule, ...bus, Ids: ids }, regionOf(arn));
}

/** What a form says of a target. */
export interface GivenTarget {
  readonly arn: string;
  readonly roleArn: string;
  readonly input: string;
  readonly deadLetterArn: string;
}

export async function putTarget(arn: string, given: GivenTarget): Promise<void> {
  const { Name: Rule, ...bus } = ruleName(arn);
  const taken = new Set((await targetsOf(arn)).map(({ Id }) => Id));
  let number = taken.size + 1;
  while (taken.has(String(number))) number += 1;
  const Targets = [
    {
      Id: String(number),
      Arn: given.arn,
      ...(given.roleArn !== "" && { RoleArn: given.roleArn }),
      ...(given.input !== "" && { Input: given.input }),
      ...(given.deadLetterArn !== "" && { DeadLetterConfig: { Arn: given.deadLetterArn } }),
    },
  ];
  const { FailedEntries = [] } = await callService<{
    readonly FailedEntries?: readonly { readonly ErrorMessage: string }[];
  }>("events", "PutTargets", { Rule, ...bus, Targets }, regionOf(arn));
  const [refused] = FailedEntries;
  if (refused !== undefined) throw new Error(refused.ErrorMessage);
}

/** A rule with targets cannot be deleted: they go first. */
export async function deleteRule(arn: string): Promise<unknown> {
  const targets = await targetsOf(arn);
  if (targets.length > 0) {
    await removeTargets(
      arn,
      targets.map(({ Id }) => Id),
    );
  }
  return callService("events", "DeleteRule", ruleName(arn), regionOf(arn));
}
