import { textOf } from "../../deploy/text-of.ts";
import { styled } from "../terminal.ts";
import type { DeployClient } from "./deploy-client.ts";
import { describe, followStack, newestEvent } from "./follow-stack.ts";

/** `stepwell deploy --delete` */
export async function deleteStack(
  client: DeployClient,
  stackName: string,
  { tell, isJson }: { readonly tell: (text: string) => void; readonly isJson: boolean },
): Promise<number> {
  const stackId = textOf((await describe(client, stackName))["StackId"]);
  const since = await newestEvent(client, stackId);
  await client.call("DeleteStack", { StackName: stackId });
  const { stack, failures } = await followStack(client, stackId, since, (line) =>
    tell(`${line}\n`),
  );
  const status = textOf(stack["StackStatus"]);
  if (isJson)
    process.stdout.write(`${JSON.stringify({ stackName, status, failures }, undefined, 2)}\n`);
  if (status === "DELETE_COMPLETE") {
    tell(`${styled(process.stdout, "green", `${stackName} is deleted.`)}\n`);
    return 0;
  }
  tell(
    `${styled(process.stdout, "red", `${stackName} could not be deleted.`)}\n` +
      failures.map(({ logicalId, reason }) => `  ${logicalId}: ${reason}\n`).join("") +
      "Remove the cause, and delete it once more.\n",
  );
  return 1;
}
