import type { JsonObject } from "../../../expression/json.ts";
import type { HttpClient } from "../../../integrations/http/http-client.ts";
import type { Authorizer } from "../../../ports/authorizer.ts";
import type { Clock } from "../../../ports/clock.ts";
import type { Logger } from "../../../ports/logger.ts";
import type { RequestContext } from "../../../service/operation.ts";
import type { TaskCalls } from "../../targets/task-call.ts";

/** What the integrations of APIs call. */
export interface BackEnds {
  /** Step Functions' API. */
  readonly stepFunctions: (
    operation: string,
    input: JsonObject,
    request: RequestContext,
  ) => Promise<JsonObject>;
  /** Functions and other services, as tasks call them. */
  readonly tasks: TaskCalls;
  /** URLs, as far as the server may ask their addresses. */
  readonly http: Pick<HttpClient, "send">;
  /** Who may call functions that an integration without a role names. */
  readonly authorizer: Authorizer;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** In whose name something is called. */
export interface ActingFor {
  /** `arn:aws:execute-api:…`, whom a role has to trust API Gateway for. */
  readonly sourceArn: string;
  /** Absent: API Gateway itself calls, which a function's own policy has to allow. */
  readonly roleArn?: string | undefined;
  readonly signal: AbortSignal;
}
