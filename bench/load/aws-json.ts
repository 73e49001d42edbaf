import type { Request } from "./load-plan.ts";

/** The request of an operation of the Step Functions API. */
export function apiRequest(operation: string, input: object, waitSeconds?: number): Request {
  const wait = waitSeconds === undefined ? "" : `x-stepwell-wait-seconds: ${waitSeconds}\r\n`;
  return {
    path: "/",
    headers: `Content-Type: application/x-amz-json-1.0\r\nX-Amz-Target: AWSStepFunctions.${operation}\r\n${wait}`,
    body: JSON.stringify(input),
  };
}
