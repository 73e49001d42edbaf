import type { ScheduleView } from "../../../../src/console/view-types.ts";
import { regionOf } from "../../api/client.ts";
import { callService } from "../../api/triggers.ts";
import { ruleName } from "./rule-calls.ts";

/** A schedule as Scheduler's API has it: whatever of it a form does not know stays as it is. */
export type StoredSchedule = Readonly<Record<string, unknown>> & {
  readonly Target: Readonly<Record<string, unknown>>;
};

interface Named {
  readonly arn: string;
  readonly name: string;
  readonly group?: string;
}

export async function readSchedule({ arn, name, group }: Named): Promise<StoredSchedule> {
  const {
    Arn: _,
    CreationDate: __,
    LastModificationDate: ___,
    ...stored
  } = await callService<StoredSchedule>(
    "scheduler",
    "GetSchedule",
    { Name: name, GroupName: group },
    regionOf(arn),
  );
  return stored as StoredSchedule;
}

/** Turns a schedule, or a rule with an expression, on or off. */
export async function switchSchedule(schedule: ScheduleView, isOn: boolean): Promise<unknown> {
  const { arn, group } = schedule;
  if (group === undefined) {
    const operation = isOn ? "EnableRule" : "DisableRule";
    return callService("events", operation, ruleName(arn), regionOf(arn));
  }
  const stored = await readSchedule({ ...schedule, group });
  const State = isOn ? "ENABLED" : "DISABLED";
  return callService("scheduler", "UpdateSchedule", { ...stored, State }, regionOf(arn));
}

export function deleteSchedule({ arn, name, group }: Named): Promise<unknown> {
  return callService(
    "scheduler",
    "DeleteSchedule",
    { Name: name, GroupName: group },
    regionOf(arn),
  );
}
