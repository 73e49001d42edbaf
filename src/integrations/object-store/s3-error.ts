import { ObjectStoreError } from "../../ports/object-store.ts";

interface ServiceException {
  readonly name: string;
  readonly message: string;
  readonly $metadata: {
    readonly httpStatusCode?: number;
    readonly requestId?: string;
    readonly extendedRequestId?: string;
  };
}

/** What the SDK threw as the store's error: S3's answer, or that there was none. */
export function s3Error(error: unknown): ObjectStoreError {
  if (error instanceof ObjectStoreError) return error;
  if (!isServiceException(error)) {
    const message = error instanceof Error ? error.message || error.name : String(error);
    return new ObjectStoreError(
      {
        code: "SdkClientException",
        message: `Unable to execute HTTP request: ${message}`,
        statusCode: 0,
      },
      { cause: error },
    );
  }
  const { httpStatusCode, requestId, extendedRequestId } = error.$metadata;
  return new ObjectStoreError(
    {
      code: error.name,
      message: error.message,
      statusCode: httpStatusCode ?? 0,
      requestId,
      extendedRequestId,
    },
    { cause: error },
  );
}

/** The answer to a HEAD request has no body and so no code: these are what GET answers with. */
const codesOfHead: { readonly [statusCode: number]: readonly [code: string, message: string] } = {
  403: ["AccessDenied", "Access Denied"],
  404: ["NoSuchKey", "The specified key does not exist."],
};

/** As {@link s3Error}, for HeadObject. */
export function s3HeadError(error: unknown): ObjectStoreError {
  const { code, message, statusCode, requestId, extendedRequestId } = s3Error(error);
  const [knownCode = code, knownMessage = message] = codesOfHead[statusCode] ?? [];
  return new ObjectStoreError(
    { code: knownCode, message: knownMessage, statusCode, requestId, extendedRequestId },
    { cause: error },
  );
}

function isServiceException(error: unknown): error is ServiceException {
  return error instanceof Error && "$metadata" in error;
}
