import type { JsonObject } from "../../expression/json.ts";
import type { TaskRequest } from "../../ports/task-handler.ts";
import type { JobDescription } from "../jobs/job-description.ts";
import type { IntegrationPattern } from "../../asl/resources/resource.ts";
import type { Permission } from "./permission.ts";
import type { NullRefusal } from "./service-call.ts";
import type { CallAfter, CallBefore } from "./surrounding-calls.ts";

/**
 * An optimized integration of one service, as data: a page of it is all that a service needs.
 *
 * What a definition may say of it (actions, patterns, parameters) is in the file of the same name in
 * `asl/resources/integrations`; `A` are the actions there, so that none is left undescribed.
 */
export interface ServiceDescription<A extends string = string> {
  /** As resource ARNs name it: `events`. */
  readonly service: string;
  /** Who is called: a client of the AWS SDK, named as SDK integrations name it, `eventbridge`; or this engine's own API. */
  readonly calls: { readonly client: string } | "this engine";
  readonly wording: Wording;
  /** What the service answers where required members are null; absent: as AWS's JSON services do. */
  readonly refuseNulls?: NullRefusal;
  readonly actions: { readonly [N in A]: ActionDescription };
}

/** One action of a service. */
export interface ActionDescription {
  readonly permission: Permission;
  /** The API's operation, where it has another name than the action: `runJobFlow`. */
  readonly operation?: string;
  /** The client that has the operation, where it is not the service's. */
  readonly client?: string;
  /** Why parameters can never start the task, in sentences, beside what their table says. */
  readonly refuse?: (parameters: JsonObject) => readonly string[];
  /** Members below the parameters that take any JSON, which is sent as text; parameters of the kind `json` do anyway. */
  readonly documents?: readonly string[];
  /** What the service is sent for what the author gave: more than that, or the same in another form. */
  readonly complete?: (parameters: JsonObject, request: TaskRequest) => JsonObject;
  /** The answer in another form than the service's; `parameters` are the author's. */
  readonly answer?: (answer: JsonObject, parameters: JsonObject) => JsonObject;
  /** A call that has to be made before, for what it finds. */
  readonly before?: CallBefore;
  /** A call that takes the answer on. */
  readonly after?: CallAfter;
  /** An answer that may be another one a moment later: the call is then made again, a few times. */
  readonly again?: (answer: JsonObject) => boolean;
  /** An answer that is a failure all the same: the task fails with `error`, and the answer is the cause. */
  readonly failure?: {
    readonly when: (answer: JsonObject) => boolean;
    readonly error: string;
    /** Absent: with all of them. */
    readonly patterns?: readonly IntegrationPattern[];
  };
  /** How a job goes on after it is submitted: `.sync`. */
  readonly job?: JobDescription;
}

/**
 * Which generation of the AWS SDK for Java an integration was built on, which is what its errors and results look like.
 *
 * *Observed*. 1: `SQS.AmazonSQSException`, `… (Service: AmazonSQS; Status Code: …; Error Code: …)`, times in milliseconds, and
 * results with what HTTP said. 2: `EventBridge.…`, `… (Service: EventBridge, Status Code: …)`, times in ISO 8601, and
 * results without. Of services that nothing was recorded of, the older ones (2018 to early 2021) are taken for 1 and the
 * later ones for 2: *our choice*.
 */
export type Wording =
  | {
      readonly sdk: 1;
      /** Before the names of its errors: `DynamoDB`. */
      readonly errorPrefix: string;
      /** In its errors' causes: `AmazonDynamoDBv2`. */
      readonly serviceName: string;
      /** The error that its model does not list: `AmazonDynamoDBException`. */
      readonly baseException: string;
      /** *Observed* headers of its answers, in their order and spelling. */
      readonly headers: readonly string[];
      /** *Observed* for ECS: lists that an answer does not have are shown as empty ones. */
      readonly showsAbsentLists?: true;
    }
  | {
      readonly sdk: 2;
      /** Before the names of its errors, where it is not the client's name. */
      readonly errorPrefix?: string;
    };
