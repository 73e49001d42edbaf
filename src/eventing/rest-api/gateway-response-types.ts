/** Why API Gateway itself answers a request of a REST API. */
export type GatewayResponseType = keyof typeof gatewayResponseTypes;

interface GatewayResponseDefault {
  readonly status: number;
  /** What `$context.error.message` is where nothing more special is said; empty: `null`. */
  readonly message: string;
  /** What the header `x-amzn-errortype` says. */
  readonly errorType: string;
}

/** *Documented*: gateway response types. *Observed* by others: the messages, and the types of errors. */
export const gatewayResponseTypes = {
  ACCESS_DENIED: {
    status: 403,
    message: "User is not authorized to access this resource",
    errorType: "AccessDeniedException",
  },
  API_CONFIGURATION_ERROR: {
    status: 500,
    message: "Internal server error",
    errorType: "InternalServerErrorException",
  },
  AUTHORIZER_CONFIGURATION_ERROR: {
    status: 500,
    message: "",
    errorType: "AuthorizerConfigurationException",
  },
  AUTHORIZER_FAILURE: {
    status: 500,
    message: "",
    errorType: "AuthorizerConfigurationException",
  },
  BAD_REQUEST_PARAMETERS: {
    status: 400,
    message: "Missing required request parameters",
    errorType: "BadRequestException",
  },
  BAD_REQUEST_BODY: {
    status: 400,
    message: "Invalid request body",
    errorType: "BadRequestException",
  },
  EXPIRED_TOKEN: {
    status: 403,
    message: "The security token included in the request is expired",
    errorType: "ExpiredTokenException",
  },
  INTEGRATION_FAILURE: {
    status: 504,
    message: "Network error communicating with endpoint",
    errorType: "InternalServerErrorException",
  },
  INTEGRATION_TIMEOUT: {
    status: 504,
    message: "Endpoint request timed out",
    errorType: "InternalServerErrorException",
  },
  INVALID_API_KEY: { status: 403, message: "Forbidden", errorType: "ForbiddenException" },
  INVALID_SIGNATURE: {
    status: 403,
    message: "The request signature we calculated does not match the signature you provided.",
    errorType: "InvalidSignatureException",
  },
  MISSING_AUTHENTICATION_TOKEN: {
    status: 403,
    message: "Missing Authentication Token",
    errorType: "MissingAuthenticationTokenException",
  },
  QUOTA_EXCEEDED: {
    status: 429,
    message: "Limit Exceeded",
    errorType: "LimitExceededException",
  },
  REQUEST_TOO_LARGE: {
    status: 413,
    message: "Request Too Long",
    errorType: "RequestTooLargeException",
  },
  RESOURCE_NOT_FOUND: { status: 404, message: "Not Found", errorType: "NotFoundException" },
  THROTTLED: { status: 429, message: "Too Many Requests", errorType: "TooManyRequestsException" },
  UNAUTHORIZED: { status: 401, message: "Unauthorized", errorType: "UnauthorizedException" },
  UNSUPPORTED_MEDIA_TYPE: {
    status: 415,
    message: "Unsupported Media Type",
    errorType: "BadRequestException",
  },
} as const satisfies { readonly [type: string]: GatewayResponseDefault };

/** What holds for each type that an API says nothing of. */
export const fallbackTypes = ["DEFAULT_4XX", "DEFAULT_5XX"] as const;

/** Whether an API may say how this is answered. WAF is not here, and what it would say is kept, and never used. */
export function isGatewayResponseType(text: string): boolean {
  return (
    Object.hasOwn(gatewayResponseTypes, text) ||
    fallbackTypes.some((type) => type === text) ||
    text === "WAF_FILTERED"
  );
}

export function fallbackOf(type: GatewayResponseType): (typeof fallbackTypes)[number] {
  return gatewayResponseTypes[type].status < 500 ? "DEFAULT_4XX" : "DEFAULT_5XX";
}
