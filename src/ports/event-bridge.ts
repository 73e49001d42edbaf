import type { JsonObject } from "../expression/json.ts";
import type { ServiceMembers } from "./service-api.ts";

/** EventBridge as this process has it, for the tasks that call it. */
export interface EventBridgeHere {
  /**
   * `always`: tasks call this one; `unconfigured`: where the services are answered from memory, or the AWS SDK knows nobody whom it could
   * call; `never`.
   */
  readonly when: "always" | "unconfigured" | "never";
  /** Performs an operation for who has been asked already. Rejects with a `ServiceError`. */
  call(
    operation: string,
    members: JsonObject,
    region: string,
    signal: AbortSignal,
  ): Promise<ServiceMembers>;
}
