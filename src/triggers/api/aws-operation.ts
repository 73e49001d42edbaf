import type { JsonObject, JsonValue } from "../../expression/json.ts";
import { ApiError } from "../../service/errors/api-error.ts";
import type { Members, Shape } from "../../service/model/member.ts";
import { compileValidator } from "../../service/model/validate-input.ts";
import type { Access } from "../../ports/authorizer.ts";
import {
  type HttpBinding,
  type ServiceAnswer,
  type ServiceCall,
  ServiceError,
  type ServiceMembers,
  type ServiceOperation,
} from "../../ports/service-api.ts";

/** One operation of EventBridge or Scheduler, as the service's model and its page of permissions have it. */
export interface AwsOperation<M extends Members> {
  readonly input: M;
  readonly http?: HttpBinding;
  /** What it is asked about, from an input that keeps the model. `payload` is the body of an operation that takes one as it is. */
  access(input: Shape<M>, call: ServiceCall, payload?: Uint8Array): readonly Access[];
  perform(
    input: Shape<M>,
    call: ServiceCall,
    payload?: Uint8Array,
  ): Promise<ServiceMembers> | ServiceMembers;
}

/** *Observed*: these services name members in their messages with a small first letter. */
function shownName(member: string): string {
  return member.charAt(0).toLowerCase() + member.slice(1);
}

/** An operation whose input is checked by a table, with AWS's messages. */
export function awsOperation<const M extends Members>(
  operation: AwsOperation<M>,
): ServiceOperation {
  // Their own bounds are in the tables; there is no payload beyond them.
  const validate = compileValidator(operation.input, { payloadBytes: Infinity, shownName });
  return {
    ...(operation.http && { http: operation.http }),
    prepare({ members, payload }, call) {
      const given = operation.http === undefined ? members : fromQuery(members, operation);
      const input = asServiceError(() => validate(given)) as Shape<M>;
      return {
        access: operation.access(input, call, payload),
        async perform(): Promise<ServiceAnswer> {
          return { members: await operation.perform(input, call, payload) };
        },
      };
    },
  };
}

/** A query has texts only: numbers are written as such, and a list of one does not say that it is one. */
function fromQuery<M extends Members>(
  members: JsonObject,
  { http, input }: Pick<AwsOperation<M>, "http" | "input">,
): JsonObject {
  const given: Record<string, JsonValue> = { ...members };
  for (const name of Object.keys(http?.query ?? {})) {
    const value = given[name];
    if (typeof value !== "string") continue;
    if (input[name]?.type === "list") given[name] = [value];
    if (input[name]?.type === "integer" && /^-?\d{1,15}$/.test(value)) given[name] = Number(value);
  }
  return given;
}

function asServiceError<T>(checked: () => T): T {
  try {
    return checked();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    throw new ServiceError(error.code, error.message, error.statusCode);
  }
}
