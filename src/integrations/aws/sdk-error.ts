import type { SdkResponseMetadata, SdkService } from "./sdk-clients.ts";

/** A service's answer that it does not do what was asked. */
export interface SdkRefusal {
  readonly message: string;
  /** As it came: `NotFound`. */
  readonly code: string;
  /** The exception of the service's API that it is; `undefined` if its model does not list it. */
  readonly exception: string | undefined;
  readonly statusCode: number;
  readonly requestId: string;
  readonly extendedRequestId?: string | undefined;
}

interface ServiceException extends Error {
  readonly $fault: string;
  readonly $metadata: SdkResponseMetadata;
  /** The code where it is not the exception's name. */
  readonly Code?: string;
  readonly RequestId?: string;
}

/** What a client threw as the service's refusal; `undefined` if the service has said nothing. */
export function refusalOf(error: unknown, { module }: SdkService): SdkRefusal | undefined {
  if (!(error instanceof Error) || !("$fault" in error)) return undefined;
  const { $metadata, name, message, Code, RequestId } = error as ServiceException;
  const Exception = Object.hasOwn(module, name) ? module[name] : undefined;
  const isModelled = typeof Exception === "function" && error instanceof Exception;
  return {
    message,
    code: Code ?? name,
    exception: isModelled ? name : undefined,
    statusCode: $metadata.httpStatusCode ?? 0,
    requestId: $metadata.requestId ?? RequestId ?? "",
    extendedRequestId: $metadata.extendedRequestId,
  };
}

interface SystemError extends Error {
  readonly code?: string;
  readonly hostname?: string;
  readonly address?: string;
  readonly port?: number;
  /** Of a host with several addresses, each one's error. */
  readonly errors?: readonly SystemError[];
}

/**
 * Why there is no answer. *Observed*: the wording for a host that is not known; others are those of the AWS SDK for Java
 * as far as it has them.
 */
export function noAnswerMessage(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  const whole: SystemError = thrown;
  const error = whole.errors?.[0] ?? whole;
  const [message = ""] = (error.message || error.name).split("\n");
  switch (error.code) {
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return `Unable to execute HTTP request: ${error.hostname}: Name or service not known`;
    case "ECONNREFUSED":
      return `Unable to execute HTTP request: Connect to ${error.address}:${error.port} failed: Connection refused`;
    case undefined:
      // The client's own complaint about what it was to send, or about what came.
      return "$response" in error ? `Unable to unmarshall response: ${message}` : message;
    default:
      return `Unable to execute HTTP request: ${message}`;
  }
}

/** *Observed* shape: what the AWS SDK for Java, version 2, prints. */
export function sdkV2Cause(refusal: SdkRefusal, service: string): string {
  const { message, statusCode, requestId, extendedRequestId } = refusal;
  const extended =
    extendedRequestId === undefined ? "" : `, Extended Request ID: ${extendedRequestId}`;
  return `${message} (Service: ${service}, Status Code: ${statusCode}, Request ID: ${requestId}${extended}) (SDK Attempt Count: 1)`;
}
