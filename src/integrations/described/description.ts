import type { JsonObject } from "../../expression/json.ts";
import type { TaskRequest } from "../../ports/task-handler.ts";
import type { JobDescription } from "../jobs/job-description.ts";
import type { Permission } from "./permission.ts";
import type { NullRefusal } from "./service-call.ts";

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
  /** Members below the parameters that take any JSON, which is sent as text; parameters of the kind `json` do anyway. */
  readonly documents?: readonly string[];
  /** What the service sends beside what the author gave. */
  readonly complete?: (parameters: JsonObject, request: TaskRequest) => JsonObject;
  /** An answer that is a failure all the same: the task fails with `error`, and the answer is the cause. */
  readonly failure?: { readonly when: (answer: JsonObject) => boolean; readonly error: string };
  /** How a job goes on after it is submitted: `.sync`. */
  readonly job?: JobDescription;
}

/**
 * Which generation of the AWS SDK for Java an integration was built on, which is what its errors and results look like.
 *
 * *Observed*. 1: `SQS.AmazonSQSException`, `… (Service: AmazonSQS; Status Code: …; Error Code: …)`, times in milliseconds, and
 * results with what HTTP said. 2: `EventBridge.…`, `… (Service: EventBridge, Status Code: …)`, times in ISO 8601, and
 * results without.
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
    }
  | { readonly sdk: 2 };
