import { isJsonObject, type JsonObject, type JsonValue } from "../expression/json.ts";
import type { ArnScope } from "../machine/arns.ts";
import type { Caller } from "../ports/caller.ts";
import {
  type ServiceAnswer,
  type ServiceApis,
  ServiceError,
  type ServiceInput,
  type ServiceMembers,
} from "../ports/service-api.ts";
import { ApiError } from "../service/errors/api-error.ts";
import { errors } from "../service/errors/errors.ts";
import type { RequestContext } from "../service/operation.ts";

export interface ServiceCallParts {
  /** Asks whether the caller may; absent: there are no such services here. */
  readonly services: ServiceApis | undefined;
  readonly scope: ArnScope;
}

/** The services whose operations pages call as they are; what they answer is JSON. */
const ofPages: ReadonlySet<string> = new Set([
  "apigateway",
  "events",
  "lambda",
  "pipes",
  "scheduler",
]);

/** Calls AWS's other services of this server as whoever looks: they ask and write down what their own APIs do. */
export class ServiceCalls {
  readonly #parts: ServiceCallParts;

  constructor(parts: ServiceCallParts) {
    this.#parts = parts;
  }

  get areThere(): boolean {
    return this.#parts.services !== undefined;
  }

  /** Rejects as Step Functions' API does. */
  async call(
    service: string,
    operation: string,
    input: ServiceInput,
    request: RequestContext,
  ): Promise<ServiceAnswer> {
    const { services, scope } = this.#parts;
    if (services === undefined) {
      throw new ApiError("ResourceNotFound", "AWS's other services are not served here.");
    }
    const caller: Caller = request.caller ?? { ...scope, principal: { type: "owner" } };
    try {
      return await services.call(service, operation, input, {
        caller,
        requestId: request.requestId ?? "",
        signal: request.signal ?? new AbortController().signal,
      });
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      throw new ApiError(error.code, error.message, undefined, error.statusCode);
    }
  }

  /** What a page asks for: `scheduler:CreateSchedule` with its members. */
  async ofPage(named: string, members: unknown, request: RequestContext): Promise<ServiceMembers> {
    const [service = "", operation = ""] = named.split(":");
    if (!ofPages.has(service)) {
      throw errors.validation(`Pages do not call '${service}'.`);
    }
    if (!isJsonObject(members as JsonValue)) {
      throw errors.validation("The input of an operation is an object.");
    }
    const input = { members: members as JsonObject };
    return (await this.call(service, operation, input, request)).members ?? {};
  }
}
