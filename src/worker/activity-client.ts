import { type AwsCredentials, signedHeaders } from "../integrations/aws/signature.ts";

/** The calls that a worker makes; the AWS SDK's client has the same. */
export type WorkerOperation =
  "GetActivityTask" | "SendTaskSuccess" | "SendTaskFailure" | "SendTaskHeartbeat";

/** Step Functions, as far as a worker needs it. */
export interface ActivityClient {
  /** Throws a {@link ServiceRefusal} for what the service answers as an error, and anything else for no answer. */
  call(
    operation: WorkerOperation,
    input: { readonly [name: string]: string },
    signal: AbortSignal,
  ): Promise<{ readonly [name: string]: unknown }>;
}

/** What the service answers as an error. */
export class ServiceRefusal extends Error {
  override readonly name = "ServiceRefusal";
  /** `TaskTimedOut`. */
  readonly code: string;
  readonly statusCode: number;

  constructor(code: string, message: string, statusCode: number) {
    super(message);
    this.code = code;
    this.statusCode = statusCode;
  }
}

/** *Documented*: GetActivityTask takes 60 s; a client has to wait for 65 at least. */
const pollTimeoutMs = 75_000;
const callTimeoutMs = 30_000;

/**
 * Signs and sends the calls: these four are not worth the SDK's client. Credentials are found where the SDK finds them; for a server
 * that is not AWS, and asks nobody for any, it does without.
 */
export function createActivityClient(options: {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: () => Promise<AwsCredentials>;
}): ActivityClient {
  const { region, credentials } = options;
  const url = new URL(options.endpoint);
  return {
    async call(operation, input, signal) {
      const body = JSON.stringify(input);
      const headers = {
        "content-type": "application/x-amz-json-1.0",
        "x-amz-target": `AWSStepFunctions.${operation}`,
      };
      const signed = await signedHeaders(
        { method: "POST", url, headers, body },
        { service: "states", region, credentials: await credentials(), at: Date.now() },
      );
      const timeoutMs = operation === "GetActivityTask" ? pollTimeoutMs : callTimeoutMs;
      const response = await fetch(url, {
        method: "POST",
        headers: signed,
        body,
        redirect: "error",
        signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
      });
      const answer = objectOf(await response.text());
      if (response.ok) return answer;
      const { __type: type, message, Message = message } = answer;
      const code = typeof type === "string" ? type.replace(/^.*#/, "") : `HTTP ${response.status}`;
      throw new ServiceRefusal(code, typeof Message === "string" ? Message : code, response.status);
    },
  };
}

function objectOf(text: string): { readonly [name: string]: unknown } {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

/** Whether the service is AWS's own, and not something that stands in for it. */
export function isAws(endpoint: string): boolean {
  return /\.amazonaws\.com(?:\.cn)?$/.test(new URL(endpoint).hostname);
}

const local: AwsCredentials = { accessKeyId: "local", secretAccessKey: "local" };

/** Finds the credentials in all the ways that the SDK does, and again when they have run out. */
export function sdkCredentials(
  endpoint: string,
  region: string,
  environment: NodeJS.ProcessEnv,
): () => Promise<AwsCredentials> {
  const { AWS_ACCESS_KEY_ID, AWS_PROFILE } = environment;
  if (!isAws(endpoint) && !AWS_ACCESS_KEY_ID && !AWS_PROFILE) return () => Promise.resolve(local);
  let provider: Promise<() => Promise<AwsCredentials>> | undefined;
  return async () => {
    // Any client has them; this one is there.
    provider ??= import("@aws-sdk/client-lambda").then(({ LambdaClient }) => {
      const { credentials } = new LambdaClient({ region }).config;
      return () => credentials();
    });
    return (await provider)();
  };
}
