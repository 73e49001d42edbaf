import { formatJson } from "../../parts/format-json.ts";
import { regionOf, server } from "../../api/client.ts";
import { qualifierOf, type StateMachine } from "./state-machine.ts";

export type SaveOutcome =
  | { readonly saved: true; readonly version?: string }
  /** Somebody else has saved another definition since `base` was read: theirs. */
  | { readonly saved: false; readonly theirs: string };

/**
 * Gives a workflow another definition, unless it has no longer the one that the change began with. UpdateStateMachine
 * takes no revision id, so this reads before it writes: what is saved between the two is not seen.
 */
export async function saveDefinition({
  machine: { stateMachineArn },
  definition,
  base,
  publish,
}: {
  readonly machine: Pick<StateMachine, "stateMachineArn">;
  readonly definition: string;
  readonly base: string;
  /** The version's description; absent: it is not published. */
  readonly publish?: string;
}): Promise<SaveOutcome> {
  const region = regionOf(stateMachineArn);
  const now = await server.call<StateMachine>("DescribeStateMachine", { stateMachineArn }, region);
  // Another role or another log level is another revision, too; it is no conflict of texts.
  if (formatJson(now.definition) !== formatJson(base))
    return { saved: false, theirs: now.definition };
  const { stateMachineVersionArn: arn } = await server.call<{
    readonly stateMachineVersionArn?: string;
  }>(
    "UpdateStateMachine",
    {
      stateMachineArn,
      definition,
      ...(publish !== undefined && { publish: true }),
      ...(publish !== undefined && publish !== "" && { versionDescription: publish }),
    },
    region,
  );
  return { saved: true, ...(arn !== undefined && { version: qualifierOf(arn) }) };
}
