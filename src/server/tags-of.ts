import { parseStatesArn, splitQualifiedArn } from "../machine/arns.ts";
import type { Store } from "../ports/store.ts";

/** The tags of a state machine or an activity by its ARN, for policies that ask; other resources of ours have none. */
export async function tagsOf(
  store: Pick<Store, "stateMachine" | "activity">,
  arn: string,
): Promise<{ readonly [key: string]: string } | undefined> {
  const type = parseStatesArn(arn)?.type;
  if (type === "activity") return (await store.activity(arn))?.tags;
  if (type !== "stateMachine") return undefined;
  // Versions and aliases have the tags of their state machine.
  const machineArn = splitQualifiedArn(arn)?.stateMachineArn ?? arn;
  return (await store.stateMachine(machineArn))?.tags;
}
