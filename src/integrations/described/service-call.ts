import type { JsonObject } from "../../expression/json.ts";
import type { RolePrincipal } from "../../ports/caller.ts";
import type { ParentTask } from "../../ports/store.ts";
import type { ValueStyle } from "../aws/member-names.ts";
import type { SdkAnswer } from "../aws/sdk-call.ts";
import type { SdkRefusal } from "../aws/sdk-error.ts";
import type { TaskRole } from "../aws/task-role.ts";

/** One call of an operation of a service. */
export interface ServiceRequest {
  /** As ARNs name it, `sendMessage`. */
  readonly operation: string;
  readonly parameters: JsonObject;
  readonly style: ValueStyle;
  readonly signal: AbortSignal;
  /** What the service answers where required members are null; absent: as AWS's JSON services do. */
  readonly refuseNulls?: NullRefusal;
  /** Bytes of a streamed answer at most; absent: four times what any result may be. */
  readonly mostBytes?: number;
  /** The task that calls, for a service that asks who it is: this engine's own. */
  readonly principal?: RolePrincipal;
  /** The task that waits for the end of the execution that is started. */
  readonly parent?: ParentTask;
}

export type NullRefusal = (members: readonly string[]) => Pick<SdkRefusal, "message" | "code">;

/** What came of it; `errorPrefix` is the service's name in the errors of SDK integrations, `DynamoDb`. */
export type ServiceAnswer =
  | ((SdkAnswer | { readonly type: "unconfigured" }) & { readonly errorPrefix: string })
  | { readonly type: "notInstalled"; readonly packageName: string }
  /** The role that the call was to be made with. */
  | { readonly type: "notAssumed"; readonly cause: string };

/** A service in one Region as its caller sees it: AWS's, behind a client of the AWS SDK, or this engine's own API. */
export type ServiceCall = (request: ServiceRequest) => Promise<ServiceAnswer>;

/** A service in any Region, called with a role; absent: with the configured credentials. */
export type Service = (region: string, role?: TaskRole) => ServiceCall;
