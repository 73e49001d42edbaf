import { isJsonArray, isJsonObject, type JsonObject, type JsonValue } from "../expression/json.ts";
import type { FormStructure, FormValue } from "../iam/operations/members.ts";
import type { IamService } from "../iam/operations/iam-service.ts";
import type { Caller } from "../ports/caller.ts";
import type { ServiceAnswer, ServiceApis, ServiceValue } from "../ports/service-api.ts";
import type { Service } from "../service/service.ts";

/** Calls an operation of a service of this endpoint. Rejects with AWS's error. */
export type AwsCall = (
  service: string,
  operation: string,
  members: JsonObject,
  more?: { readonly payload?: Uint8Array },
) => Promise<AwsAnswer>;

/** Members as JSON has them; dates are texts. */
export interface AwsAnswer {
  readonly members: JsonObject;
  readonly payload?: Uint8Array | undefined;
  readonly headers?: ServiceAnswer["headers"];
}

export interface AwsServices {
  readonly service: Pick<Service, "call">;
  readonly iam: Pick<IamService, "call">;
  readonly services: ServiceApis;
}

/** Step Functions, IAM and all others behind one function, as `caller`. */
export function awsCalls(
  { service, iam, services }: AwsServices,
  call: { readonly caller: Caller; readonly requestId: string; readonly signal: AbortSignal },
): AwsCall {
  return async (name, operation, members, { payload } = {}) => {
    const { caller, requestId } = call;
    switch (name) {
      case "states":
        return { members: await service.call(operation, members, call) };
      case "iam":
      case "sts": {
        const answer = await iam.call(name, operation, formOf(members), caller, requestId);
        return { members: plain(answer) as JsonObject };
      }
      default: {
        const input = { members, ...(payload !== undefined && { payload }) };
        return plainAnswer(await services.call(name, operation, input, call));
      }
    }
  };
}

async function plainAnswer(answer: ServiceAnswer): Promise<AwsAnswer> {
  const { members = {}, payload, stream, headers } = answer;
  return {
    members: plain(members) as JsonObject,
    payload: payload ?? (await wholeOf(stream)),
    ...(headers && { headers }),
  };
}

/** Our choice: twice what the largest template or definition may have. */
const mostPayloadBytes = 4 * 1024 * 1024;

async function wholeOf(
  stream: AsyncIterable<Uint8Array> | undefined,
): Promise<Uint8Array | undefined> {
  if (stream === undefined) return undefined;
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of stream) {
    bytes += part.length;
    if (bytes > mostPayloadBytes) {
      throw new Error(`The object has more than ${mostPayloadBytes} bytes`);
    }
    parts.push(part);
  }
  return Buffer.concat(parts);
}

function plain(value: ServiceValue): JsonValue {
  if (value === undefined || value === null) return null;
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return (value as readonly ServiceValue[]).map(plain);
  if (typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, each]) =>
      each === undefined ? [] : [[name, plain(each as ServiceValue)]],
    ),
  );
}

/** Members as a form has them: all are texts. */
function formOf(members: JsonObject): FormStructure {
  return Object.fromEntries(
    Object.entries(members).flatMap(([name, value]) =>
      value === null ? [] : [[name, formValue(value)]],
    ),
  );
}

function formValue(value: JsonValue): FormValue {
  if (isJsonArray(value)) return value.map(formValue);
  return isJsonObject(value) ? formOf(value) : String(value);
}

/** What an error of any of the services is called: `StateMachineDoesNotExist`. */
export function errorCodeOf(error: unknown): string {
  const code = (error as { readonly code?: unknown } | undefined)?.code;
  return typeof code === "string" ? code : "";
}

/** Whether a service said that there is no such thing. */
export function isNotFound(error: unknown): boolean {
  return /NotFound|DoesNotExist|NoSuch|NonExistent/.test(errorCodeOf(error));
}

/** Whether a service said that there is one already. */
export function isAlreadyThere(error: unknown): boolean {
  return /AlreadyExist|ResourceConflict|AlreadyOwned|^ConflictException$|ResourceInUse/.test(
    errorCodeOf(error),
  );
}
