import { ServiceError } from "../../ports/service-api.ts";

/** *Documented*: Lambda's errors say whose mistake it was. */
const user = { Type: "User" };

/** Lambda's refusals, by its names and in its words. */
export const lambdaErrors = {
  functionNotFound: (arn: string) => notFound(`Function not found: ${arn}`),
  notFound,
  conflict: (message: string) => new ServiceError("ResourceConflictException", message, 409, user),
  invalid: (message: string) =>
    new ServiceError("InvalidParameterValueException", message, 400, user),
  /** Our words: AWS has no such setting. */
  noCode: () =>
    new ServiceError(
      "AccessDeniedException",
      "This Stepwell takes no code of functions: 'deployedFunctions' of its configuration is false",
      403,
      user,
    ),
  /** *Documented*: `RevisionId` is not that of the resource any more. */
  precondition: () =>
    new ServiceError(
      "PreconditionFailedException",
      "The Revision Id provided does not match the latest Revision Id. Call the GetFunction/GetAlias API to retrieve the latest Revision Id",
      412,
      user,
    ),
  /** A constraint of the request's form. */
  constraint: (member: string, value: string, constraint: string) =>
    new ServiceError(
      "ValidationException",
      `1 validation error detected: Value '${value.slice(0, 256)}' at '${member}' failed to satisfy constraint: Member must ${constraint}`,
    ),
};

function notFound(message: string): ServiceError {
  return new ServiceError("ResourceNotFoundException", message, 404, user);
}

/** Refuses where the caller wants to change another revision than there is. */
export function checkRevision(wanted: string | undefined, revisionId: string): void {
  if (wanted !== undefined && wanted !== revisionId) throw lambdaErrors.precondition();
}
