import { designerTry } from "../../../api/designer-try.ts";
import { server } from "../../../api/client.ts";
import type { Starter } from "./starter.ts";

/** Saves a starter with its test cases as a workflow of this name and starts it; resolves with the execution's ARN. */
export async function runStarter(
  { type, definition, input, cases }: Starter,
  name: string,
  roleArn: string,
): Promise<string> {
  const { stateMachineArn } = await server.call<{ readonly stateMachineArn: string }>(
    "CreateStateMachine",
    { name, type, definition, roleArn },
  );
  await designerTry.putTestCases(stateMachineArn, { cases });
  const { executionArn } = await server.call<{ readonly executionArn: string }>("StartExecution", {
    stateMachineArn,
    input,
  });
  return executionArn;
}
