import {
  isJsonArray,
  isJsonObject,
  type JsonObject,
  type JsonValue,
} from "../../expression/json.ts";
import { textOf } from "../text-of.ts";
import type { ProviderContext } from "../providers/provider.ts";
import type { AskedResource } from "./read-response.ts";
import type { CustomResourceRequest } from "./request-response.ts";

/** A request was not taken, or its function has failed: no answer is to be waited for. */
export class CustomResourceFailed extends Error {
  override readonly name = "CustomResourceFailed";
  /** Nobody has heard of the request: there is nothing to be deleted. */
  readonly isRefused: boolean;

  constructor(message: string, isRefused: boolean) {
    super(message);
    this.isRefused = isRefused;
  }
}

/**
 * Gives the request to the function or the topic that the resource's `ServiceToken` names. Resolves when the function has ended or the topic has the
 * request; rejects with {@link CustomResourceFailed}.
 *
 * *Our choice*: a function is called once and waited for, so that its failure is known at once; AWS calls it up to three times, and waits for the answer.
 */
export async function callCustomResource(
  request: CustomResourceRequest & AskedResource & { readonly ResponseURL: string },
  context: ProviderContext,
): Promise<void> {
  const serviceToken = textOf(request.ResourceProperties["ServiceToken"]);
  const message: JsonObject = {
    ...(asTexts({ ...request }) as JsonObject),
    ServiceToken: serviceToken,
  };
  const [, , service] = serviceToken.split(":");
  switch (service) {
    case "lambda":
      return callFunction(serviceToken, message, context);
    case "sns":
      return publish(serviceToken, message, context);
    default:
      throw new CustomResourceFailed(
        `Invalid service token: '${serviceToken}' is the ARN of no Lambda function and of no Amazon SNS topic`,
        true,
      );
  }
}

async function callFunction(
  FunctionName: string,
  message: JsonObject,
  { call }: ProviderContext,
): Promise<void> {
  const payload = Buffer.from(JSON.stringify(message));
  const members = { FunctionName, InvocationType: "RequestResponse" };
  const answer = await call("lambda", "Invoke", members, { payload }).catch(refused);
  if (answer.headers?.["X-Amz-Function-Error"] === undefined) return;
  const document = Buffer.from(answer.payload ?? []).toString();
  throw new CustomResourceFailed(
    `The function of the custom resource failed without an answer: ${wordsIn(document)} (RequestId: ${textOf(message["RequestId"])})`,
    false,
  );
}

async function publish(
  TopicArn: string,
  message: JsonObject,
  { call }: ProviderContext,
): Promise<void> {
  await call("sns", "Publish", {
    TopicArn,
    Subject: "AWS CloudFormation custom resource request",
    Message: JSON.stringify({ ...message, TopicArn }),
  }).catch(refused);
}

function refused(error: unknown): never {
  throw new CustomResourceFailed(error instanceof Error ? error.message : String(error), true);
}

/** What an error document of Lambda says. */
function wordsIn(document: string): string {
  try {
    const { errorType, errorMessage } = JSON.parse(document) as JsonObject;
    return `${textOf(errorType)}: ${textOf(errorMessage)}`;
  } catch {
    return document;
  }
}

/** *Observed*: CloudFormation gives every value as a text. */
function asTexts(value: JsonValue): JsonValue {
  if (isJsonArray(value)) return value.map(asTexts);
  if (!isJsonObject(value)) return textOf(value);
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, asTexts(each)]));
}
