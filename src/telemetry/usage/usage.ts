import { mapLabelled } from "./map-labelled.ts";
import type { WorkflowCounts } from "../counting/workflow-counts.ts";
import type { StateMachineType } from "../../ports/store.ts";

/** What executions of one workflow, by one version and alias, used. */
export interface Usage extends Used {
  /** The whole state machine: children of its Map Runs are counted for it. */
  readonly stateMachineArn: string;
  readonly stateMachineVersionArn?: string | undefined;
  readonly stateMachineAliasArn?: string | undefined;
  readonly type: StateMachineType;
}

export interface Used {
  readonly executions: number;
  /** Of these, children of Map Runs. */
  readonly mapRunChildren: number;
  readonly mapRuns: number;
  /** Only Standard workflows are billed for them. */
  readonly transitions: number;
  /** Express executions that were started, and memory by time as it is billed. */
  readonly requests: number;
  readonly gbSeconds: number;
}

export const nothingUsed: Used = {
  executions: 0,
  mapRunChildren: 0,
  mapRuns: 0,
  transitions: 0,
  requests: 0,
  gbSeconds: 0,
};

export function usageOf(counts: WorkflowCounts): Usage {
  const { type, started, transitions, mapRuns, gbSeconds } = counts;
  const { stateMachineVersionArn, stateMachineAliasArn } = counts;
  const { stateMachineArn, isChild } = mapLabelled(counts.stateMachineArn);
  return {
    stateMachineArn,
    ...(stateMachineVersionArn !== undefined && { stateMachineVersionArn }),
    ...(stateMachineAliasArn !== undefined && { stateMachineAliasArn }),
    type,
    executions: started,
    mapRunChildren: isChild ? started : 0,
    mapRuns,
    transitions: type === "STANDARD" ? transitions : 0,
    requests: type === "EXPRESS" ? started : 0,
    gbSeconds,
  };
}

export function bothUsed(one: Used, other: Used): Used {
  return {
    executions: one.executions + other.executions,
    mapRunChildren: one.mapRunChildren + other.mapRunChildren,
    mapRuns: one.mapRuns + other.mapRuns,
    transitions: one.transitions + other.transitions,
    requests: one.requests + other.requests,
    gbSeconds: one.gbSeconds + other.gbSeconds,
  };
}

/** The same text for what is counted together. */
export function usageKey(usage: Omit<Usage, keyof Used>): string {
  const { stateMachineArn, stateMachineVersionArn, stateMachineAliasArn, type } = usage;
  return [stateMachineArn, stateMachineVersionArn ?? "", stateMachineAliasArn ?? "", type].join(
    " ",
  );
}
