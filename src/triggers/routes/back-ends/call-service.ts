import { isJsonObject, type JsonObject, type JsonValue } from "../../../expression/json.ts";
import { taskCall } from "../../targets/task-call.ts";
import type { ServiceTarget } from "../rest/integration-target.ts";
import type { BackEndRequest } from "../rest/integration-request.ts";
import type { ActingFor, BackEnds } from "./back-ends.ts";
import { formMembers } from "./form-members.ts";

/** What a service answered, as API Gateway's integrations of it see it. */
export interface ServiceCallAnswer {
  readonly status: number;
  readonly body: JsonObject;
}

/** Calls an operation of a service as a Task would: AWS's, or what stands in for it here. */
export async function callService(
  { tasks }: Pick<BackEnds, "tasks">,
  target: ServiceTarget,
  request: BackEndRequest,
  { sourceArn, roleArn, signal }: ActingFor,
  requestId: string,
): Promise<ServiceCallAnswer> {
  const { service, queueUrl } = target;
  const asked = askedOperation(target, request);
  if (asked === undefined) {
    return failure(target, "SerializationException", "The request names no operation", 400);
  }
  const { operation, isForm } = asked;
  const members = queueUrl === undefined ? asked.members : { QueueUrl: queueUrl, ...asked.members };
  const camel = operation.charAt(0).toLowerCase() + operation.slice(1);
  const outcome = await taskCall(
    tasks,
    `arn:aws:states:::aws-sdk:${service}:${camel}`,
    members,
    {
      arn: `${service}:${operation}`,
      service: "apigateway.amazonaws.com",
      sourceArn,
      roleArn,
      input: "",
      name: "",
    },
    signal,
  );
  if (outcome.type === "failed") {
    const { code, message, isTransient } = outcome;
    const status = isTransient ? 500 : /AccessDenied|NotAuthorized/.test(code) ? 403 : 400;
    return failure(target, code.replace(/^[^.]*\./, ""), message, status);
  }
  const output = isJsonObject(outcome.output) ? outcome.output : {};
  if (!isForm) return { status: 200, body: output };
  // *Observed*: what speaks XML is asked for JSON, and answers in the elements of its XML.
  return {
    status: 200,
    body: {
      [`${operation}Response`]: {
        [`${operation}Result`]: output,
        ResponseMetadata: { RequestId: requestId },
      },
    },
  };
}

function failure(
  { protocol }: ServiceTarget,
  code: string,
  message: string,
  status: number,
): ServiceCallAnswer {
  return {
    status,
    body:
      protocol === "query"
        ? { Error: { Code: code, Message: message, Type: status < 500 ? "Sender" : "Receiver" } }
        : { __type: code, message },
  };
}

interface AskedOperation {
  readonly operation: string;
  readonly members: JsonObject;
  readonly isForm: boolean;
}

/** The operation and its input: of a JSON body, or of a form in the body or in the query. */
function askedOperation(
  target: ServiceTarget,
  { headers, query, body }: BackEndRequest,
): AskedOperation | undefined {
  const [, named] = /\.(\w+)$/.exec(headers["x-amz-target"] ?? "") ?? [];
  const isForm = target.protocol === "query" && named === undefined && jsonOf(body) === undefined;
  if (!isForm && (target.protocol === "json" || named !== undefined)) {
    const members = jsonOf(body);
    const operation = target.operation ?? named;
    return operation === undefined || members === undefined
      ? undefined
      : { operation, members, isForm: false };
  }
  const form = new URLSearchParams(isForm ? body : "");
  for (const [name, value] of Object.entries(query)) form.set(name, value);
  const operation = form.get("Action") ?? target.operation;
  if (operation === undefined || operation === null) return undefined;
  return { operation, members: formMembers(form), isForm: true };
}

function jsonOf(text: string): JsonObject | undefined {
  try {
    const value = JSON.parse(text) as JsonValue;
    return isJsonObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
