import { hidden } from "../../ports/audit-trail.ts";

/**
 * The errors whose words name only what the record names anyway. Others may quote what was sent: a member of an input, a line of
 * a definition.
 */
const shownErrors =
  /^(AccessDenied|.*(DoesNotExist|AlreadyExists|Exists|LimitExceeded|NotFound|Deleting|NotSupported)$|NoSuchEntity|DeleteConflict|Throttling|MissingAuthenticationToken|UnrecognizedClient|IncompleteSignature|ExpiredToken|UnknownOperation)/;

export function shownMessage({
  code,
  message,
}: {
  readonly code: string;
  readonly message: string;
}): string {
  return shownErrors.test(code) ? message : hidden;
}
