/** The HTTP answer of a service call, as the optimized integrations put it into their results. */
export interface SdkMetadata {
  readonly requestId: string;
  readonly statusCode: number;
  /** Headers in the order in which they are shown, each with one value. */
  readonly headers: readonly (readonly [name: string, value: string])[];
}

/**
 * The members `SdkHttpMetadata` and `SdkResponseMetadata` as JSON text, without braces.
 *
 * *Observed*: `AllHttpHeaders` has lists in no particular order, `HttpHeaders` has strings ordered by name without
 * regard to case.
 */
export function sdkMetadataMembers(metadata: SdkMetadata): string {
  let all = "";
  let sorted = "";
  for (const [name, value] of metadata.headers) {
    all += `${all === "" ? "" : ","}${JSON.stringify(name)}:[${JSON.stringify(value)}]`;
  }
  const byName = metadata.headers.toSorted(([a], [b]) =>
    a.toLowerCase() < b.toLowerCase() ? -1 : 1,
  );
  for (const [name, value] of byName) {
    sorted += `${sorted === "" ? "" : ","}${JSON.stringify(name)}:${JSON.stringify(value)}`;
  }
  return (
    `"SdkHttpMetadata":{"AllHttpHeaders":{${all}},"HttpHeaders":{${sorted}},"HttpStatusCode":${metadata.statusCode}},` +
    `"SdkResponseMetadata":{"RequestId":${JSON.stringify(metadata.requestId)}}`
  );
}

/** *Observed* shape of an optimized integration's error cause: what the AWS SDK for Java, version 1, prints. */
export function sdkErrorCause(error: {
  readonly message: string;
  readonly service: string;
  readonly statusCode: number;
  readonly code: string;
  readonly requestId: string;
}): string {
  return `${error.message} (Service: ${error.service}; Status Code: ${error.statusCode}; Error Code: ${error.code}; Request ID: ${error.requestId}; Proxy: null)`;
}

/** `StateMachineDoesNotExist` → `StateMachineDoesNotExistException`: error names always end so. *Observed*. */
export function exceptionName(code: string): string {
  return code.endsWith("Exception") ? code : `${code}Exception`;
}
