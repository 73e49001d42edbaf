import {
  parseStatesArn,
  splitQualifiedArn,
  versionNumber,
  type QualifiedArn,
  type StatesArn,
} from "../machine/arns.ts";
import { errors } from "./errors/errors.ts";

type ResourceType = "stateMachine" | "execution" | "express" | "activity" | "mapRun";

/**
 * Splits an ARN that a caller gave and refuses one of another resource type.
 *
 * Observed: the wordings for a text that is no ARN and for a type that does not fit. Our choice: the one for an ARN
 * that is cut short.
 */
export function parseArn(arn: string, ...types: readonly ResourceType[]): StatesArn {
  if (!arn.startsWith("arn:")) throw errors.invalidArn(`Invalid ARN prefix: ${arn}`);
  const parsed = parseStatesArn(arn);
  if (parsed === undefined) throw errors.invalidArn(`Invalid ARN format: ${arn}`);
  if (!types.some((type) => type === parsed.type)) {
    throw errors.invalidArn(`Resource type not valid in this context: ${parsed.type}`);
  }
  return parsed;
}

/** Refuses the ARN of anything but a state machine. A version's or alias's ARN passes: it may not exist. */
export function checkStateMachineArn(arn: string): void {
  parseArn(arn, "stateMachine");
}

/** Refuses the ARN of a distributed Map inside a machine, for the operations that want the machine. */
export function refuseLabelledArn(arn: string): void {
  const parsed = parseArn(arn, "stateMachine");
  if (parsed.resource[0]?.includes("/") === true) {
    throw errors.validation(
      `This operation does not support the ARN of a distributed Map state: '${arn}'`,
      "API_DOES_NOT_SUPPORT_LABELED_ARNS",
    );
  }
}

/** Splits the ARN of a version. Our choice: the wording for another ARN. */
export function parseVersionArn(arn: string): {
  readonly stateMachineArn: string;
  readonly version: number;
} {
  const { stateMachineArn, qualifier } = parseQualifiedArn(arn);
  const version = versionNumber(qualifier);
  if (version === undefined) throw errors.invalidArn(`Invalid ARN format: ${arn}`);
  return { stateMachineArn, version };
}

/** Splits the ARN of an alias. Our choice: the wording for another ARN. */
export function parseAliasArn(arn: string): {
  readonly stateMachineArn: string;
  readonly name: string;
} {
  const { stateMachineArn, qualifier } = parseQualifiedArn(arn);
  if (/^\d+$/.test(qualifier)) throw errors.invalidArn(`Invalid ARN format: ${arn}`);
  return { stateMachineArn, name: qualifier };
}

function parseQualifiedArn(arn: string): QualifiedArn {
  parseArn(arn, "stateMachine");
  const parts = splitQualifiedArn(arn);
  if (parts === undefined) throw errors.invalidArn(`Invalid ARN format: ${arn}`);
  return parts;
}

/** Refuses the ARN of anything but a Standard execution. */
export function checkExecutionArn(arn: string): void {
  if (parseArn(arn, "execution").resource.length !== 2) {
    throw errors.invalidArn(`Invalid ARN format: ${arn}`);
  }
}

/**
 * Refuses what cannot be described as an execution. Documented: a Standard execution, and an Express one that a Map Run has
 * started.
 */
export function checkDescribableArn(arn: string): void {
  const { type, resource } = parseArn(arn, "execution", "express");
  if (type === "execution" || resource[0]?.includes("/") !== true) checkExecutionArn(arn);
}

export function checkActivityArn(arn: string): void {
  if (parseArn(arn, "activity").resource.length !== 1) {
    throw errors.invalidArn(`Invalid ARN format: ${arn}`);
  }
}

/** Refuses what cannot be the ARN of an IAM role. Whether the role exists is nobody's question here. */
export function checkRoleArn(arn: string): void {
  if (!/^arn:aws[a-z-]*:iam::\d{12}:role\/\S+$/.test(arn)) throw errors.invalidRoleArn(arn);
}
