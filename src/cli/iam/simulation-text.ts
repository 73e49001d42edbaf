import type { Requirement } from "../../iam/requirements/requirement.ts";
import { tableOf } from "../table.ts";
import { styled } from "../terminal.ts";

/** An access that is needed. `isAllowed` is absent where nobody says what the role may. */
export interface SimulatedNeed extends Requirement {
  /** The name of the state, after those of the states that it is in; empty: it is the workflow that needs it. */
  readonly state: readonly string[];
  readonly isAllowed?: boolean;
}

/** A role of `Credentials` that was looked at, and why the workflow's role cannot be it. */
export interface AssumedRole {
  readonly roleArn: string;
  readonly problem?: "noRole" | "notTrusted" | undefined;
}

export interface Simulation {
  readonly stateMachineArn: string;
  readonly roleArn: string | undefined;
  /** Whether the role lets Step Functions be it. */
  readonly isTrusted: boolean | undefined;
  readonly assumed: readonly AssumedRole[];
  readonly needs: readonly SimulatedNeed[];
}

/** What a workflow needs, for people. `written` is the file that has the least policy now. */
export function simulationText(
  { stateMachineArn, roleArn, isTrusted, assumed, needs }: Simulation,
  written: string | undefined,
): string {
  const isOfOther = needs.some((need) => need.roleArn !== undefined);
  const rows = needs.map((need) => [
    answer(need),
    need.state.length === 0 ? "(the workflow)" : need.state.join(" / "),
    need.action,
    need.resource,
    ...(isOfOther ? [need.roleArn ?? ""] : []),
  ]);
  const head = ["", "STATE", "ACTION", "RESOURCE", ...(isOfOther ? ["BY THE ROLE"] : [])];
  return [
    needs.length === 0 ? "" : `${tableOf(head, rows)}\n`,
    isTrusted === false
      ? `${styled(process.stdout, "red", "The role does not trust Step Functions")} (states.amazonaws.com) for ${stateMachineArn}.\n`
      : "",
    ...assumed.map((one) => problemText(one, roleArn)),
    verdict(needs, roleArn),
    written === undefined ? "" : `The least policy for it is in ${written}.\n`,
  ].join("");
}

function problemText({ roleArn, problem }: AssumedRole, by: string | undefined): string {
  if (problem === undefined) return "";
  const what = problem === "noRole" ? "does not exist" : `does not trust ${by}`;
  return `${styled(process.stdout, "red", `The role ${roleArn}`)} of Credentials ${what}.\n`;
}

function answer({ isAllowed }: SimulatedNeed): string {
  return isAllowed === undefined ? "" : isAllowed ? "allowed" : "MISSING";
}

function verdict(needs: readonly SimulatedNeed[], roleArn: string | undefined): string {
  const role = roleArn ?? "The role";
  const missing = needs.filter(({ isAllowed }) => isAllowed === false);
  if (needs.length === 0) return "The workflow needs nothing of its role.\n";
  if (needs.every(({ isAllowed }) => isAllowed === undefined)) {
    return "Name a --role or a --policy to see what it lacks, --write-policy FILE for the least policy.\n";
  }
  const isOwn = missing.every((need) => need.roleArn === undefined);
  return missing.length === 0
    ? `${styled(process.stdout, "green", "OK")}: ${role} may do all that the workflow needs.\n`
    : `${styled(process.stdout, "red", "FAIL")}: ${isOwn ? `${role} lacks` : "The roles lack"} ${missing.length} of ${needs.length} accesses.\n`;
}
