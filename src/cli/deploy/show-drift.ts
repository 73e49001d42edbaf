import { textOf } from "../../deploy/text-of.ts";
import type { JsonObject } from "../../expression/json.ts";
import { styled } from "../terminal.ts";
import type { DeployClient } from "./deploy-client.ts";

/** `stepwell deploy --drift` */
export async function showDrift(
  client: DeployClient,
  stackName: string,
  { isJson }: { readonly isJson: boolean },
): Promise<number> {
  await client.call("DetectStackDrift", { StackName: stackName });
  const { StackResourceDrifts } = await client.call("DescribeStackResourceDrifts", {
    StackName: stackName,
  });
  const drifts = StackResourceDrifts as readonly JsonObject[];
  const changed = drifts.filter(({ StackResourceDriftStatus: status }) =>
    ["MODIFIED", "DELETED"].includes(textOf(status)),
  );
  if (isJson) {
    process.stdout.write(`${JSON.stringify(drifts, undefined, 2)}\n`);
    return changed.length === 0 ? 0 : 1;
  }
  if (changed.length === 0) {
    process.stdout.write(
      `${styled(process.stdout, "green", `${stackName} is as its template says.`)}\n`,
    );
    return 0;
  }
  process.stdout.write(changed.map(driftText).join(""));
  return 1;
}

function driftText(drift: JsonObject): string {
  const out = process.stdout;
  const { LogicalResourceId, ResourceType, StackResourceDriftStatus, PropertyDifferences } = drift;
  const head = `${styled(out, "yellow", textOf(StackResourceDriftStatus).padEnd(8))} ${textOf(LogicalResourceId)} ${styled(out, "dim", textOf(ResourceType))}\n`;
  const lines = (PropertyDifferences as readonly JsonObject[]).map(
    ({ PropertyPath, ExpectedValue, ActualValue }) =>
      `    ${textOf(PropertyPath)}: ${styled(out, "red", textOf(ExpectedValue))} → ${styled(out, "green", textOf(ActualValue))}\n`,
  );
  return head + lines.join("");
}
