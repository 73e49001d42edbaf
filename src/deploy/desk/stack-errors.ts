import { ServiceError } from "../../ports/service-api.ts";

/** The errors of CloudFormation. *Observed*: the words, which tools look for. */
export const stackErrors = {
  validation: (message: string) => new ServiceError("ValidationError", message),
  noSuch: (name: string) =>
    new ServiceError("ValidationError", `Stack with id ${name} does not exist`),
  noStack: (name: string) => new ServiceError("ValidationError", `Stack [${name}] does not exist`),
  exists: (name: string) =>
    new ServiceError("AlreadyExistsException", `Stack [${name}] already exists`),
  wrongStatus: (stackId: string, status: string, verb: string) =>
    new ServiceError(
      "ValidationError",
      `Stack:${stackId} is in ${status} state and can not be ${verb}.`,
    ),
  noUpdates: () => new ServiceError("ValidationError", "No updates are to be performed."),
  isProtected: (name: string) =>
    new ServiceError(
      "ValidationError",
      `Stack [${name}] cannot be deleted while TerminationProtection is enabled`,
    ),
  noChangeSet: (name: string) =>
    new ServiceError("ChangeSetNotFound", `ChangeSet [${name}] does not exist`, 404),
  changeSetExists: (name: string) =>
    new ServiceError("AlreadyExistsException", `ChangeSet ${name} already exists`),
  changeSetStatus: (name: string, status: string) =>
    new ServiceError(
      "InvalidChangeSetStatus",
      `ChangeSet [${name}] cannot be executed in its current status of [${status}]`,
    ),
  capabilities: (wanted: string) =>
    new ServiceError("InsufficientCapabilitiesException", `Requires capabilities : [${wanted}]`),
  raced: (name: string) =>
    new ServiceError(
      "OperationInProgressException",
      `Another operation changes the stack ${name} at this moment`,
    ),
} as const;
