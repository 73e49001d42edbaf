import { sdkErrorCause } from "../sdk-metadata.ts";
import type { LambdaAnswer, LambdaRefusal } from "./lambda-call.ts";

/** What Lambda would refuse, of a function that runs here: a task's error, as the AWS SDK has it. */
export function localRefusal(refusal: LambdaRefusal, requestId: string): LambdaAnswer {
  return {
    type: "refused",
    error: `Lambda.${refusal.code}`,
    cause: sdkErrorCause({ ...refusal, service: "AWSLambda", requestId }),
    refusal,
  };
}

export function functionNotFound(qualifiedArn: string, requestId: string): LambdaAnswer {
  const message = `Function not found: ${qualifiedArn}`;
  return localRefusal({ statusCode: 404, code: "ResourceNotFoundException", message }, requestId);
}

/** *Documented*: a function whose reserved concurrency is 0 is throttled. */
export function throttled(requestId: string): LambdaAnswer {
  const refusal = { statusCode: 429, code: "TooManyRequestsException", message: "Rate Exceeded." };
  return localRefusal(refusal, requestId);
}
