import { refusalCodes } from "../../iam/signature/refusal.ts";
import type { Logger } from "../../ports/logger.ts";
import { ObjectStoreError } from "../../ports/object-store.ts";
import { PartitionLost } from "../../ports/partition-lost.ts";
import { ServiceError } from "../../ports/service-api.ts";
import { StoreFailure } from "../../ports/store.ts";
import { ApiError } from "../../service/errors/api-error.ts";
import { SignatureError } from "../authentication/authenticator.ts";
import type { Protocol } from "./protocol.ts";

/** What the caller gets to see of an error: its own mistakes in full, ours only as such. */
export function serviceErrorOf(
  thrown: unknown,
  protocol: Protocol,
  { operation, requestId, logger }: { operation: string; requestId: string; logger: Logger },
): ServiceError {
  if (thrown instanceof ServiceError) return thrown;
  if (thrown instanceof SignatureError) return signatureError(thrown, protocol);
  if (thrown instanceof ApiError || thrown instanceof ObjectStoreError) {
    return new ServiceError(thrown.code, thrown.message, thrown.statusCode);
  }
  const details = thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
  logger.error("an operation of a service failed unexpectedly", {
    operation,
    requestId,
    error: details,
  });
  return thrown instanceof StoreFailure || thrown instanceof PartitionLost
    ? new ServiceError(
        "ServiceUnavailable",
        "The server's store does not answer; its log says more",
        503,
      )
    : new ServiceError(
        "InternalFailure",
        `The server made a mistake; its log says more about the request ${requestId}`,
        500,
      );
}

/** *Documented*: common errors of each protocol, and S3's error responses. */
function signatureError(
  { refusal: { refused, message } }: SignatureError,
  { signatureErrors }: Protocol,
): ServiceError {
  const { json, query } = refusalCodes[refused];
  switch (signatureErrors) {
    case "json":
      return new ServiceError(json, message, 400);
    case "rest-json":
      return new ServiceError(json, message, 403);
    case "query":
      return new ServiceError(query, message, refused === "incomplete" ? 400 : 403);
    case "rest-xml":
      return refused === "missing"
        ? new ServiceError("AccessDenied", "Access Denied", 403)
        : new ServiceError(query, message, refused === "incomplete" ? 400 : 403);
  }
}
