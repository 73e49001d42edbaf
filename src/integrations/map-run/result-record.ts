import { parseJson } from "../../expression/parse-json.ts";
import { isJsonArray } from "../../expression/json.ts";
import { formatTimestamp } from "../../expression/timestamp.ts";
import type { ChildResult } from "../../ports/map-run-io.ts";

export type Transformation = "NONE" | "COMPACT" | "FLATTEN";

/**
 * The JSON texts that one child's result becomes: one, but for `FLATTEN`, where each element of an array is one.
 *
 * *Documented*: what did not succeed is always written whole.
 */
export function resultTexts(
  result: ChildResult,
  transformation: Transformation,
): readonly string[] {
  if (result.status !== "SUCCEEDED" || transformation === "NONE") {
    return [JSON.stringify(resultRecord(result))];
  }
  const output = result.output ?? "null";
  if (transformation === "COMPACT") return [compact(output)];
  const value = parseJson(output);
  return isJsonArray(value) ? value.map((item) => JSON.stringify(item)) : [compact(output)];
}

/** *Observed*: the members in alphabetical order; a child that was never started has its input only. */
function resultRecord(result: ChildResult): object {
  const included = { Included: true };
  if (result.status === "PENDING") {
    return { Input: result.input, InputDetails: included, Status: result.status };
  }
  return {
    Cause: result.cause,
    Error: result.error,
    ExecutionArn: result.executionArn,
    Input: result.input,
    InputDetails: included,
    Name: result.name,
    Output: result.output,
    OutputDetails: included,
    RedriveCount: result.redriveCount,
    RedriveDate: date(result.redriveDate),
    RedriveStatus: result.redriveStatus,
    RedriveStatusReason: result.redriveStatusReason,
    StartDate: date(result.startDate),
    StateMachineArn: result.stateMachineArn,
    Status: result.status,
    StopDate: date(result.stopDate),
  };
}

function date(ms: number | undefined): string | undefined {
  return ms === undefined ? undefined : formatTimestamp(ms);
}

/** A value on one line, as JSON Lines need it: text that came with newlines is written again. */
function compact(text: string): string {
  return /[\n\r]/.test(text) ? JSON.stringify(parseJson(text)) : text;
}
