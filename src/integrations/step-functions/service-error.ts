import type { ServiceError } from "../../ports/step-functions.ts";

/** Whether it is what the API answers, and not a mistake of ours. */
export function isServiceError(error: unknown): error is ServiceError {
  return (
    error instanceof Error &&
    typeof Reflect.get(error, "code") === "string" &&
    typeof Reflect.get(error, "statusCode") === "number"
  );
}
