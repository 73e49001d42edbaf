import { CommandFailure } from "../errors.ts";
import type { DeployClient } from "./deploy-client.ts";

/** Where the console shows a stack; `undefined`: the server has no console, or does not say where. */
export async function stackAddress(
  client: Pick<DeployClient, "consoleUrl">,
  stackId: string,
): Promise<string | undefined> {
  try {
    const console = await client.consoleUrl();
    return console && `${console}stacks?open=${encodeURIComponent(stackId)}`;
  } catch (error) {
    // What has been deployed is deployed, whoever answers after it.
    if (error instanceof CommandFailure) return undefined;
    throw error;
  }
}
