import type { TaskRequest } from "../../ports/task-handler.ts";
import { type AwsConfiguration, usualAssumeRoles } from "./aws-configuration.ts";

/** The role that a task's calls are made with. */
export interface TaskRole {
  /** Roles that are assumed, each with the credentials of the one before; the last is the one that calls. At least one. */
  readonly chain: readonly string[];
  /** The state machine's own. */
  readonly roleArn: string;
  readonly sessionName: string;
}

/** The role to assume for the task; `undefined`: it is performed with the configured credentials. */
export function taskRole(
  request: Pick<TaskRequest, "roleArn" | "credentialsRoleArn" | "executionArn">,
  configuration: AwsConfiguration | undefined,
): TaskRole | undefined {
  const { roleArn, credentialsRoleArn, executionArn } = request;
  const mode = configuration?.assumeRoles ?? usualAssumeRoles;
  const chain = [
    ...(mode === "always" ? [roleArn] : []),
    ...(mode === "never" || credentialsRoleArn === undefined ? [] : [credentialsRoleArn]),
  ];
  if (chain.length === 0) return undefined;
  return { chain, roleArn, sessionName: sessionName(executionArn) };
}

/** *Documented*: AssumeRole, RoleSessionName: 2 to 64 of these characters. */
const notInSessionName = /[^\w+=,.@-]/g;

/** The execution's name, so that a trail of calls leads back to it. */
function sessionName(executionArn: string): string {
  const name = executionArn.split(":")[7] ?? "stepwell";
  return name.replaceAll(notInSessionName, "_").slice(0, 64).padEnd(2, "_");
}
