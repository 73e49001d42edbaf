import { ApiError } from "./api-error.ts";

/** What an operation answers that the service has and this version of Stepwell has not. */
export function notAvailable(what: string): ApiError {
  return new ApiError(
    "UnsupportedOperationException",
    `${what} is not available in this version of Stepwell`,
  );
}
