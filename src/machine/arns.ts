/** Where resources are: the parts of their ARNs that all of them share. */
export interface ArnScope {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
}

export function scopeOf(region: string, accountId: string): ArnScope {
  return { partition: partitionOf(region), region, accountId };
}

/** Where a resource is by its ARN. */
export function scopeOfArn(arn: string): ArnScope {
  const [, partition = "", , region = "", accountId = ""] = arn.split(":", 5);
  return { partition, region, accountId };
}

/** Documented: `arn:PARTITION:states:REGION:ACCOUNT:stateMachine:NAME`. */
export function stateMachineArn(scope: ArnScope, name: string): string {
  return `${regionPrefix(scope)}${scope.accountId}:stateMachine:${name}`;
}

export function activityArn(scope: ArnScope, name: string): string {
  return `${regionPrefix(scope)}${scope.accountId}:activity:${name}`;
}

/** What the ARNs of all resources of the service in a Region begin with. */
export function regionPrefix({ partition, region }: Omit<ArnScope, "accountId">): string {
  return `arn:${partition}:states:${region}:`;
}

/** The ARN of a Standard execution: `…:execution:MACHINE:NAME`. */
export function standardExecutionArn(machineArn: string, name: string): string {
  return `${machineArn.replace(":stateMachine:", ":execution:")}:${name}`;
}

/**
 * The ARN of an Express execution: `…:express:MACHINE:NAME:UUID`.
 *
 * The UUID makes it unique, because the names of Express executions can be used again at once.
 */
export function expressExecutionArn(machineArn: string, name: string, uuid: string): string {
  return `${machineArn.replace(":stateMachine:", ":express:")}:${name}:${uuid}`;
}

/**
 * What an ARN of the service names: `stateMachine`, `execution`, `express`, `mapRun`, `activity`; of a Task's integration its service.
 * A machine or an execution may have each of these words for its name. `undefined`: it is no ARN of the service.
 */
export function typeOfArn(arn: string): string | undefined {
  const [prefix, , service, , , type] = arn.split(":", 6);
  return prefix === "arn" && service === "states" ? type : undefined;
}

/** Whether an execution is an Express one. */
export function isExpressExecution(executionArn: string): boolean {
  return typeOfArn(executionArn) === "express";
}

/** The ARN of a Map Run: `…:mapRun:MACHINE/LABEL:UUID`. */
export function mapRunArn(machineArn: string, label: string, uuid: string): string {
  return `${machineArn.replace(":stateMachine:", ":mapRun:")}/${label}:${uuid}`;
}

/** The ARN of a version or an alias: the state machine's with a number or a name behind it. */
export function qualifiedArn(machineArn: string, qualifier: string | number): string {
  return `${machineArn}:${qualifier}`;
}

/** The ARN of a version or an alias, split. */
export interface QualifiedArn {
  readonly stateMachineArn: string;
  /** The version's number or the alias's name. */
  readonly qualifier: string;
}

/** Splits the ARN of a version or an alias; `undefined` for any other text. */
export function splitQualifiedArn(arn: string): QualifiedArn | undefined {
  const parsed = parseStatesArn(arn);
  if (parsed?.type !== "stateMachine" || parsed.resource.length !== 2) return undefined;
  const end = arn.lastIndexOf(":");
  return { stateMachineArn: arn.slice(0, end), qualifier: arn.slice(end + 1) };
}

/** The number of a version, if the qualifier is one: the name of an alias is never all digits. */
export function versionNumber(qualifier: string): number | undefined {
  return /^[1-9]\d{0,14}$/.test(qualifier) ? Number(qualifier) : undefined;
}

/** An ARN of the service, split. `resource` is what follows the type: `["MACHINE", "NAME"]` of an execution. */
export interface StatesArn {
  readonly region: string;
  readonly accountId: string;
  /** `stateMachine`, `execution`, `express`, `mapRun`, `activity`. */
  readonly type: string;
  readonly resource: readonly string[];
}

/** The ARN of the machine that an execution, Standard or Express, runs; for a Map Run's child that of the whole machine. */
export function machineArnOfExecution(executionArn: string): string {
  const [arn, partition, service, region, accountId, , machine = ""] = executionArn.split(":");
  const [name] = machine.split("/");
  return [arn, partition, service, region, accountId, "stateMachine", name].join(":");
}

/**
 * The partition that a Region is in. Documented: the prefixes of its Regions; every other Region is in `aws`.
 */
export function partitionOf(region: string): string {
  return partitions.find(([prefix]) => region.startsWith(prefix))?.[1] ?? "aws";
}

const partitions = [
  ["cn-", "aws-cn"],
  ["us-gov-", "aws-us-gov"],
  ["us-isob-", "aws-iso-b"],
  ["us-isof-", "aws-iso-f"],
  ["eu-isoe-", "aws-iso-e"],
  ["us-iso-", "aws-iso"],
  ["eusc-", "aws-eusc"],
] as const;

/** Splits an ARN of the service; `undefined` if it is not one. Names are not checked. */
export function parseStatesArn(arn: string): StatesArn | undefined {
  const [prefix, partition, service, region, accountId, type, ...resource] = arn.split(":");
  if (prefix !== "arn" || service !== "states" || type === undefined) return undefined;
  if (!/^aws[a-z-]*$/.test(partition ?? "")) return undefined;
  if (region === undefined || !/^[a-z0-9-]+$/.test(region)) return undefined;
  // Documented: an account has twelve digits.
  if (accountId === undefined || !/^\d{12}$/.test(accountId)) return undefined;
  if (resource.length === 0 || resource.includes("")) return undefined;
  return { region, accountId, type, resource };
}

/** The last part of a machine's or an activity's ARN. */
export function nameOfArn(arn: string): string {
  return arn.slice(arn.lastIndexOf(":") + 1);
}
