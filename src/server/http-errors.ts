import { ApiError } from "../service/errors/api-error.ts";

/** The errors of the protocol, before an operation is reached. Our wordings, where no line says otherwise. */
export const httpErrors = {
  host: (host: string | undefined) =>
    new ApiError(
      "AccessDeniedException",
      host === undefined
        ? "The request has no Host header"
        : `This server does not serve the host '${host}'. It serves loopback names and addresses, and the hosts of its configuration.`,
      undefined,
      403,
    ),
  /** 401 tells a browser's page to ask for a sign-in; a program signs its requests instead. */
  signIn: () =>
    new ApiError(
      "MissingAuthenticationTokenException",
      "Nobody is signed in. The server asks who is calling: sign in to the console, or sign the request.",
      undefined,
      401,
    ),
  plainHttp: () =>
    new ApiError("BadRequestException", "This port speaks HTTPS: use https:// in the address"),
  method: (method: string | undefined, path: string | undefined) =>
    new ApiError(
      "UnknownOperationException",
      `There is nothing at ${method ?? ""} ${path ?? ""}: the API is at POST /`,
    ),
  contentType: () =>
    new ApiError(
      "UnsupportedMediaTypeException",
      "The Content-Type must be application/x-amz-json-1.0",
    ),
  target: (target: string | undefined) =>
    new ApiError(
      "UnknownOperationException",
      target === undefined
        ? "The request has no X-Amz-Target header: AWSStepFunctions.<Operation>"
        : `The X-Amz-Target '${target}' is not an operation of AWS Step Functions`,
    ),
  tooLarge: (limit: number) =>
    new ApiError("RequestEntityTooLargeException", `A request may have at most ${limit} bytes`),
  badRequest: (detail: string) => new ApiError("BadRequestException", detail),
  malformed: () => new ApiError("SerializationException", "The request is not valid JSON"),
  waitSeconds: (value: string) =>
    new ApiError(
      "ValidationException",
      `1 validation error detected: Value '${value}' at 'x-stepwell-wait-seconds' failed to satisfy constraint: Member must be a whole number from 1 to 60`,
    ),
  filter: (longest: number) =>
    new ApiError(
      "ValidationException",
      `1 validation error detected: Value at 'x-stepwell-filter' failed to satisfy constraint: Member must be percent-encoded and have length less than or equal to ${longest}`,
    ),
  noFilter: () =>
    new ApiError(
      "ValidationException",
      "x-stepwell-filter needs a server with a console, and the stateMachineArn of a Standard workflow",
    ),
  internal: (requestId: string) =>
    new ApiError(
      "InternalFailure",
      `The server made a mistake; its log says more about the request ${requestId}`,
    ),
  moved: () =>
    new ApiError(
      "ServiceUnavailable",
      "What this concerns has gone to another server meanwhile; whether it was done shows when it is asked for again",
    ),
  unavailable: () =>
    new ApiError("ServiceUnavailable", "The server's store does not answer; its log says more"),
} as const;
