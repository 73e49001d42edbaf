import type { CustomerKeyUnavailable } from "../../ports/customer-keys.ts";
import { type OperationName, serviceModel } from "../model/service-model.ts";
import type { ApiError } from "./api-error.ts";
import { errors } from "./errors.ts";

/** What the API answers where a customer's key cannot be had. */
export function customerKeyError({ kmsKeyId, errorName, state }: CustomerKeyUnavailable): ApiError {
  switch (errorName) {
    case "KmsAccessDeniedException":
      return errors.kmsAccessDenied(kmsKeyId);
    case "KmsThrottlingException":
      return errors.kmsThrottling(kmsKeyId);
    case "KmsInvalidStateException":
      return errors.kmsInvalidState(kmsKeyId, state);
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
