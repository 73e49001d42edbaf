import type * as LambdaSdk from "@aws-sdk/client-lambda";
import type { InvokeCommandOutput, LambdaClient } from "@aws-sdk/client-lambda";
import type { Logger } from "../../ports/logger.ts";
import type { AssumedRoles } from "../aws/assumed-roles.ts";
import { type AwsConfiguration, awsPlace } from "../aws/aws-configuration.ts";
import { type AwsConnection, createAwsConnections } from "../aws/aws-connections.ts";
import { BoundedMap } from "../http/connections/bounded-map.ts";
import { asJson } from "../functions/json-text.ts";
import type { LambdaAnswer, LambdaCall } from "./lambda-call.ts";
import { exceptionName, sdkErrorCause, sdkMetadataMembers } from "../sdk-metadata.ts";

export interface LambdaEndpoint {
  invoke(call: LambdaCall): Promise<LambdaAnswer | LambdaNowhere>;
  close(): void;
}

/** There is nobody to ask. */
export interface LambdaNowhere {
  readonly type: "nowhere";
  readonly because: string;
}

type Sdk = typeof LambdaSdk;
type Headers = { readonly [name: string]: string };

/** Our choice: calls wait for their function for minutes, so many are open at a time. */
const maxSockets = 1_000;
const mostRoleClients = 100;
/** The account of ARNs where nobody named one: AWS has none of this number. */
const noAccount = ":000000000000:";

/** *Observed* spelling and order of the headers of Lambda's answers; Node gives them in lower case. */
const shownHeaders = [
  "X-Amz-Log-Result",
  "X-Amz-Executed-Version",
  "X-Amz-Function-Error",
  "x-amzn-Remapped-Content-Length",
  "Connection",
  "x-amzn-RequestId",
  "Content-Length",
  "Date",
  "X-Amzn-Trace-Id",
  "Content-Type",
];

/**
 * The Lambda service that the AWS SDK's configuration names: AWS itself or a stand-in. The client is loaded on first use.
 * A function of the account 000000000000 can only be a stand-in's: AWS is never asked for it. It never repeats a call by itself: whether a function
 * may run twice is for the author's `Retry` to say.
 */
export function createLambdaEndpoint(options: {
  readonly logger: Logger;
  readonly aws?: AwsConfiguration | undefined;
  /** Absent: functions are called with the configured credentials. */
  readonly roles?: AssumedRoles | undefined;
}): LambdaEndpoint {
  let sdk: Sdk | undefined;
  const place = awsPlace(options.aws, "lambda");
  // One that is forgotten holds nothing: its connections are those of the client that it was made after.
  const roleClients = new BoundedMap<string, LambdaClient>(mostRoleClients);
  const connections = createAwsConnections<LambdaClient>({
    logger: options.logger,
    place: () => place,
    async create(region, settings) {
      sdk ??= await import("@aws-sdk/client-lambda");
      return new sdk.LambdaClient({
        region,
        maxAttempts: 1,
        requestHandler: { httpAgent: { maxSockets }, httpsAgent: { maxSockets } },
        ...settings,
      });
    },
  });

  return {
    async invoke(call) {
      const connection = await connections.to(call.scope.region);
      if (connection.type === "nowhere") return connection;
      if (connection.to === "AWS" && call.functionName.includes(noAccount)) {
        return {
          type: "nowhere",
          because: "its ARN has the account 000000000000, which AWS has not",
        };
      }
      const client = await clientOf(connection, call);
      return "cause" in client
        ? { type: "refused", error: "States.TaskFailed", cause: client.cause }
        : send(sdk as Sdk, client, call);
    },
    close: () => connections.close(),
  };

  async function clientOf(
    { client, to }: Extract<AwsConnection<LambdaClient>, { type: "connected" }>,
    { role, scope: { region } }: LambdaCall,
  ): Promise<LambdaClient | { readonly cause: string }> {
    if (role === undefined || options.roles === undefined) return client;
    const assumed = await options.roles.assume(role, region, to);
    if (assumed.type === "notAssumed") return assumed;
    if (assumed.type === "configured") return client;
    const { credentials } = assumed;
    const key = `${region} as ${credentials.accessKeyId}`;
    const known = roleClients.get(key);
    if (known !== undefined) return known;
    const made = new (sdk as Sdk).LambdaClient({
      region,
      maxAttempts: 1,
      requestHandler: client.config.requestHandler,
      ...place,
      credentials,
    });
    roleClients.set(key, made);
    return made;
  }
}

async function send(sdk: Sdk, client: LambdaClient, call: LambdaCall): Promise<LambdaAnswer> {
  const command = new sdk.InvokeCommand({
    FunctionName: call.functionName,
    InvocationType: call.invocationType,
    ...(call.qualifier === undefined ? {} : { Qualifier: call.qualifier }),
    ...(call.logType === undefined ? {} : { LogType: call.logType }),
    ...(call.clientContext === undefined
      ? {}
      : { ClientContext: Buffer.from(call.clientContext).toString("base64") }),
    ...(call.payload === undefined ? {} : { Payload: call.payload }),
  });
  let headers: Headers = {};
  command.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      headers = (result.response as { readonly headers: Headers }).headers;
      return result;
    },
    { step: "deserialize", priority: "low" },
  );
  try {
    return answer(await client.send(command, { abortSignal: call.signal }), headers);
  } catch (error) {
    return refusal(error, sdk);
  }
}

function answer(output: InvokeCommandOutput, headers: Headers): LambdaAnswer {
  const statusCode = output.StatusCode ?? 200;
  const body = output.Payload?.transformToString() ?? "";
  return {
    type: "answered",
    statusCode,
    // Runtimes answer in JSON; what is not becomes a string rather than a broken history.
    payload: body === "" ? "" : asJson(body),
    metadata: () =>
      sdkMetadataMembers({
        requestId: output.$metadata.requestId ?? "",
        statusCode,
        headers: shownHeaders.flatMap((name) => {
          const value = headers[name.toLowerCase()];
          return value === undefined ? [] : [[name, value] as const];
        }),
      }),
    ...(output.FunctionError === undefined ? {} : { functionError: output.FunctionError }),
    ...(output.ExecutedVersion === undefined ? {} : { executedVersion: output.ExecutedVersion }),
    ...(output.LogResult === undefined ? {} : { logResult: output.LogResult }),
  };
}

/** *Observed*: errors that the service's model does not know have the name of its base class. */
function refusal(error: unknown, sdk: Sdk): LambdaAnswer {
  if (error instanceof sdk.LambdaServiceException) {
    const known = Object.hasOwn(sdk, error.name) ? exceptionName(error.name) : "AWSLambdaException";
    return {
      type: "refused",
      error: `Lambda.${known}`,
      cause: sdkErrorCause({
        message: error.message,
        service: "AWSLambda",
        statusCode: error.$metadata.httpStatusCode ?? 0,
        code: error.name,
        requestId: error.$metadata.requestId ?? "",
      }),
    };
  }
  const message = error instanceof Error ? error.message || error.name : String(error);
  return {
    type: "refused",
    error: "Lambda.SdkClientException",
    cause: `Unable to execute HTTP request: ${message}`,
  };
}
