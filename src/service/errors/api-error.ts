import type { JsonObject } from "../../expression/json.ts";
import type { ServiceError } from "../../ports/step-functions.ts";

/**
 * What the API answers as an error.
 *
 * `extra` are the members that a few errors have beside their message (`resourceName`).
 */
export class ApiError extends Error implements ServiceError {
  override readonly name = "ApiError";
  readonly code: string;
  readonly statusCode: number;
  readonly extra: JsonObject | undefined;

  constructor(code: string, message: string, extra?: JsonObject, statusCode?: number) {
    super(message);
    this.code = code;
    this.statusCode = statusCode ?? statusCodes.get(code) ?? 400;
    this.extra = extra;
  }

  /** The body of the answer. */
  get body(): JsonObject {
    return { __type: this.code, message: this.message, ...this.extra };
  }
}

/**
 * Documented: the errors of the service that are not 400; those of the protocol are our choice. Observed: 400 for
 * AccessDeniedException.
 */
const statusCodes: ReadonlyMap<string, number> = new Map([
  ["RequestEntityTooLargeException", 413],
  ["UnsupportedMediaTypeException", 415],
  ["ConflictException", 409],
  ["ResourceNotFound", 404],
  ["ServiceQuotaExceededException", 402],
  ["InternalFailure", 500],
  ["ServiceUnavailable", 503],
]);
