import { createHash } from "node:crypto";
import type { RestStageRecord } from "./rest-records.ts";

/**
 * The stage as one request finds it: its own deployment, or for a part of all requests the canary's with the canary's variables. Which of
 * the two is told by the request's id alone. *Documented*: canary release deployments.
 */
export function stageFor(stage: RestStageRecord, requestId: string): RestStageRecord {
  const { canarySettings, ...rest } = stage;
  if (canarySettings?.deploymentId === undefined) return stage;
  const { deploymentId, percentTraffic = 0, stageVariableOverrides } = canarySettings;
  if (shareOf(requestId) * 100 >= percentTraffic) return stage;
  return {
    ...rest,
    deploymentId,
    variables: { ...stage.variables, ...stageVariableOverrides },
  };
}

/** A number from 0 to 1 that is spread evenly over ids. */
function shareOf(requestId: string): number {
  return createHash("sha256").update(requestId).digest().readUInt32BE(0) / 2 ** 32;
}
