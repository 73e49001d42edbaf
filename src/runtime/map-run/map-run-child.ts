import { createHash } from "node:crypto";
import type { JsonValue } from "../../expression/json.ts";
import { Payload } from "../../expression/payload.ts";
import type { EpochMs } from "../../machine/ids.ts";
import type { MapRunSettings } from "../../machine/map-run/map-run-settings.ts";
import { uuidFrom } from "../../machine/uuid-from.ts";
import type { ExecutionRecord } from "../../ports/store.ts";
import type { Resident } from "../partition/resident.ts";
import type { Batch } from "./map-run-batches.ts";

/** The execution that a batch becomes: its row before it starts, and its input. */
export function mapRunChild(
  run: {
    readonly mapRunArn: string;
    readonly parent: Resident;
    readonly settings: MapRunSettings;
  },
  { index, items }: Batch,
  startDate: EpochMs,
): { readonly record: ExecutionRecord; readonly input: Payload } {
  const { mapRunArn, parent, settings } = run;
  const [base] = parent.machine.identity.stateMachineArn.split("/");
  const stateMachineArn = `${base as string}/${settings.label}`;
  const name = childName(mapRunArn, index);
  const kind = settings.executionType === "EXPRESS" ? ":express:" : ":execution:";
  const { revisionId, testCase } = parent.record;
  return {
    record: {
      executionArn: `${stateMachineArn.replace(":stateMachine:", kind)}:${name}`,
      stateMachineArn,
      revisionId,
      name,
      status: "RUNNING",
      startDate,
      mapRun: { mapRunArn, index, itemCount: items.length },
      ...(testCase === undefined ? {} : { testCase }),
    },
    input: childInput(items, settings.batcher),
  };
}

/** *Observed*: the batch's own input comes first. */
function childInput(items: readonly JsonValue[], batcher: MapRunSettings["batcher"]): Payload {
  if (batcher === undefined) return Payload.ofValue(items[0] as JsonValue);
  const { input } = batcher;
  return Payload.ofValue({ ...(input === undefined ? {} : { BatchInput: input }), Items: items });
}

/** The name of a child in the form of a UUID; the same run and index always have the same. */
function childName(mapRunArn: string, index: number): string {
  return uuidFrom(createHash("sha256").update(`${mapRunArn} ${index}`).digest("hex"));
}
