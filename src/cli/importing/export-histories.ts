import { existsSync } from "node:fs";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { textOf } from "../../deploy/text-of.ts";
import type { JsonObject } from "../../expression/json.ts";
import type { Account } from "./account.ts";

/**
 * Writes the history of each running execution of a state machine into a file of its own, as the console's import reads it. What is written already is
 * left, so that an export that was ended goes on; one that is not whole has another name. Answers how many there are.
 */
export async function exportHistories(
  account: Account,
  stateMachine: { readonly arn: string; readonly name: string },
  folder: string,
): Promise<number> {
  const into = join(folder, stateMachine.name);
  let count = 0;
  for await (const { executionArn = null, name } of runningExecutions(account, stateMachine.arn)) {
    const file = join(into, `${textOf(name)}.json`);
    count++;
    if (existsSync(file)) continue;
    await mkdir(into, { recursive: true });
    const execution = await account.call("DescribeExecution", { executionArn });
    const events: JsonObject[] = [];
    for await (const event of account.list(
      "GetExecutionHistory",
      historyOf(executionArn),
      "events",
    )) {
      events.push(event);
    }
    const partial = `${file}.partial`;
    await writeFile(partial, `${JSON.stringify({ execution, events }, undefined, 2)}\n`);
    await rename(partial, file);
  }
  return count;
}

export function runningExecutions(
  account: Account,
  stateMachineArn: string,
): AsyncGenerator<JsonObject> {
  const asked = { stateMachineArn, statusFilter: "RUNNING" };
  return account.list("ListExecutions", asked, "executions");
}

/** *Documented*: 1,000 events are the largest page. */
function historyOf(executionArn: JsonObject[string]): JsonObject {
  return { executionArn, maxResults: 1_000, includeExecutionData: true };
}
