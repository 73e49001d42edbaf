import type { JsonObject } from "../expression/json.ts";
import type { RolePrincipal } from "./caller.ts";
import type { ParentTask } from "./store.ts";

/** The service's own API, for the integrations that call it (`states:startExecution`, `aws-sdk:sfn:*`). */
export interface StepFunctionsPort {
  /**
   * Performs an API operation (`StartExecution`) with its input and output as on the wire. `parent` links a started
   * execution to the task that waits for its end, which the engine then reports to that task. `principal` is the task
   * that calls.
   * Throws a {@link ServiceError} for what the API answers as an error.
   */
  call(
    operation: string,
    input: JsonObject,
    options: { readonly principal: RolePrincipal; readonly parent?: ParentTask },
  ): Promise<JsonObject>;
}

/** An error that the API answers with: its code (`ExecutionDoesNotExist`) and AWS's wording. */
export interface ServiceError extends Error {
  readonly code: string;
  readonly statusCode: number;
}
