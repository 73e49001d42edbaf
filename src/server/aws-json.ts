import type { IncomingMessage } from "node:http";
import type { JsonObject } from "../expression/json.ts";
import { CustomerKeyUnavailable } from "../ports/customer-keys.ts";
import type { Logger } from "../ports/logger.ts";
import { PartitionLost } from "../ports/partition-lost.ts";
import { StoreFailure } from "../ports/store.ts";
import { ApiError } from "../service/errors/api-error.ts";
import { customerKeyError } from "../service/errors/customer-key-error.ts";
import type { RequestContext } from "../service/operation.ts";
import type { Service } from "../service/service.ts";
import { httpErrors } from "./http-errors.ts";

/** Documented: the protocol of the service, AWS JSON 1.0. */
export const contentType = "application/x-amz-json-1.0";

const targetPrefix = "AWSStepFunctions.";

/** The operation that a request names. Throws for a request that is not of the protocol. */
export function operationOf(request: IncomingMessage): string {
  const given = request.headers["content-type"];
  if (given !== contentType && given?.split(";", 1)[0]?.trim().toLowerCase() !== contentType) {
    throw httpErrors.contentType();
  }
  const target = request.headers["x-amz-target"];
  const operation = targetOf(request);
  if (operation === undefined) {
    throw httpErrors.target(typeof target === "string" ? target : undefined);
  }
  return operation;
}

/** The operation that a request's target names, whatever else it is. */
export function targetOf(request: IncomingMessage): string | undefined {
  const target = request.headers["x-amz-target"];
  return typeof target === "string" && target.startsWith(targetPrefix)
    ? target.slice(targetPrefix.length)
    : undefined;
}

/** The document that the body is. Throws the SerializationException for one that is not JSON. */
export function parseBody(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw httpErrors.malformed();
  }
}

/** Documented, ours: `x-stepwell-wait-seconds` makes DescribeExecution wait for the end. */
export function waitSecondsOf(request: IncomingMessage, operation: string): number | undefined {
  const value = request.headers["x-stepwell-wait-seconds"];
  if (value === undefined || operation !== "DescribeExecution") return undefined;
  const text = String(value);
  const seconds = /^\d{1,2}$/.test(text) ? Number(text) : 0;
  if (seconds < 1 || seconds > 60) throw httpErrors.waitSeconds(text);
  return seconds;
}

/** Performs the operation; resolves with what to answer, whatever happens. */
export async function perform(
  service: Pick<Service, "call">,
  operation: string,
  input: unknown,
  context: RequestContext,
  requestId: string,
  logger: Logger,
): Promise<{ readonly status: number; readonly body: JsonObject }> {
  try {
    return { status: 200, body: await service.call(operation, input, context) };
  } catch (error) {
    const answer = answerOf(error, operation, requestId, logger);
    return { status: answer.statusCode, body: answer.body };
  }
}

/** What the caller gets to see of an error: its own mistakes in full, ours only as such. */
export function answerOf(
  error: unknown,
  operation: string,
  requestId: string,
  logger: Logger,
): ApiError {
  if (error instanceof ApiError) return error;
  if (error instanceof CustomerKeyUnavailable) {
    logger.warn("a customer's key cannot be used", { operation, requestId, reason: error.message });
    return customerKeyError(error);
  }
  if (error instanceof PartitionLost) {
    logger.warn("an operation lost its partition", { operation, requestId, reason: error.message });
    return httpErrors.moved();
  }
  if (error instanceof StoreFailure && error.kind === "unavailable") {
    // No mistake of ours: a node that is cut off from its database is such for as long as that lasts.
    logger.warn("an operation cannot be done at present", {
      operation,
      requestId,
      reason: error.message,
    });
    return httpErrors.unavailable();
  }
  const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
  logger.error("an operation failed unexpectedly", { operation, requestId, error: details });
  return error instanceof StoreFailure ? httpErrors.unavailable() : httpErrors.internal(requestId);
}
