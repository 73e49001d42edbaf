import type { JsonObject } from "../../expression/json.ts";
import { textOf } from "../text-of.ts";
import type { ProviderContext } from "../providers/provider.ts";
import { callCustomResource } from "./call-custom-resource.ts";
import { type CustomResourceResponse, readResponse } from "./read-response.ts";

/** How often it is looked for the answer. Our choice. */
const lookMs = 250;
/** *Documented*: the ServiceTimeout that a resource has by itself, and the most that it may have. */
const usualSeconds = 3_600;

export interface CustomResourceRequest {
  readonly RequestType: "Create" | "Update" | "Delete";
  readonly ResourceType: string;
  readonly PhysicalResourceId?: string;
  readonly ResourceProperties: JsonObject;
  readonly OldResourceProperties?: JsonObject;
}

/** What is stored of a request before it is sent. */
interface SentRequest {
  readonly requestId: string;
  /** The secret part of the URL that is answered at. */
  readonly secret: string;
  /** When it is too late, in milliseconds since 1970. */
  readonly until: number;
}

/**
 * Asks a custom resource, and waits for its answer. A process that goes on with it waits for the same answer, and asks once more with the same
 * RequestId: whether the function still runs is not known.
 */
export async function requestResponse(
  request: CustomResourceRequest,
  context: ProviderContext,
): Promise<CustomResourceResponse> {
  const { responses, stack, logicalId, progress } = context;
  const sent =
    (progress.saved as SentRequest | undefined) ?? newRequest(request.ResourceProperties, context);
  const ResponseURL = responses.url(sent.secret);
  await progress.save({ ...sent });
  await responses.expect(sent.secret);
  const asked = {
    StackId: stack.stackId,
    RequestId: sent.requestId,
    LogicalResourceId: logicalId,
  };
  const text = await answerTo(sent, context, () =>
    callCustomResource({ ...request, ...asked, ResponseURL }, context),
  );
  await responses.forget(sent.secret);
  return readResponse(text, asked);
}

function newRequest({ ServiceTimeout }: JsonObject, { newId, now }: ProviderContext): SentRequest {
  const seconds = ServiceTimeout === undefined ? usualSeconds : Number(textOf(ServiceTimeout));
  if (!(Number.isInteger(seconds) && seconds >= 1 && seconds <= usualSeconds)) {
    throw new Error(
      `Property validation failure: ServiceTimeout is from 1 to ${usualSeconds} seconds`,
    );
  }
  return { requestId: newId(), secret: newId(), until: now() + seconds * 1_000 };
}

async function answerTo(
  { secret, requestId, until }: SentRequest,
  context: ProviderContext,
  send: () => Promise<void>,
): Promise<string> {
  let failure: Error | undefined;
  let isSent = false;
  for (;;) {
    const failed = failure;
    const answer = await context.responses.answer(secret);
    if (answer !== undefined) return answer;
    // Whoever has failed answers no more, and nobody has to wait for him.
    if (failed !== undefined || context.now() >= until) {
      await context.responses.forget(secret);
      throw failed ?? new Error(noResponse(requestId));
    }
    let ended: Promise<void> | undefined;
    if (!isSent) {
      isSent = true;
      ended = send().catch((error: unknown) => {
        failure = error instanceof Error ? error : new Error(String(error));
      });
    }
    const wait = context.wait(Math.min(lookMs, until - context.now()));
    await (ended === undefined ? wait : Promise.race([wait, ended]));
  }
}

/** *Observed*: CloudFormation's words. */
function noResponse(requestId: string): string {
  return `CloudFormation did not receive a response from your Custom Resource. Please check your logs for requestId [${requestId}]. If you are using the Python cfn-response module, you may need to update your Lambda function code so that CloudFormation can attach the updated version.`;
}
