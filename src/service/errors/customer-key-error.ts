import type { CustomerKeyUnavailable } from "../../ports/customer-keys.ts";
import { type OperationName, serviceModel } from "../model/service-model.ts";
import type { ApiError } from "./api-error.ts";
import { errors } from "./errors.ts";

/** What the API answers where a customer's key cannot be had. Our choice: a key whose keeper does not answer is unavailable, as KMS says of stores of keys. */
export function customerKeyError({ kmsKeyId, problem, state }: CustomerKeyUnavailable): ApiError {
  switch (problem) {
    case "denied":
    case "wrong":
      return errors.kmsAccessDenied(kmsKeyId);
    case "throttled":
      return errors.kmsThrottling(kmsKeyId);
    case "invalid":
    case "unreachable":
      return errors.kmsInvalidState(kmsKeyId, state ?? "UNAVAILABLE");
  }
}

/** The same from one operation. Documented: those that are given a key do not know the error of its state; such a key cannot be configured. */
export function customerKeyErrorOf(
  operation: OperationName,
  reason: CustomerKeyUnavailable,
): ApiError {
  const error = customerKeyError(reason);
  const known: readonly string[] = serviceModel[operation].errors;
  return !known.includes(error.code) && known.includes("InvalidEncryptionConfiguration")
    ? errors.encryption(error.message)
    : error;
}
