import type { JsonObject, JsonValue } from "../../expression/json.ts";
import type { EpochMs } from "../../machine/ids.ts";
import type { TriggerService } from "../../ports/service-role.ts";

/** What is to be given to whom, by which trigger. */
export interface TargetRequest {
  /** A state machine, version or alias, a bus, a queue, a topic, a function, a log group, an API destination; of Scheduler `arn:aws:scheduler:::aws-sdk:…`. */
  readonly arn: string;
  /** The text that it is given: JSON, but for what a transformer makes of an event. */
  readonly input: string;
  /** Made of the cause, so that the same cause twice is one execution; also the id for what knows none twice. */
  readonly name: string;
  readonly service: TriggerService;
  /** The rule, the schedule or the pipe: whom the role has to trust the service for. */
  readonly sourceArn: string;
  /** Absent: the target has none, and whoever made it was asked whether he may call it. */
  readonly roleArn?: string | undefined;
  /** Of a FIFO queue. */
  readonly messageGroupId?: string | undefined;
  readonly messageAttributes?: JsonObject | undefined;
  /** What an API destination is called with beside its own. */
  readonly http?: TargetHttpParameters | undefined;
  /** How many buses an event has passed; absent: the first. */
  readonly hops?: number | undefined;
  /** Source and detail type of what is put on a bus by a schedule. */
  readonly event?: { readonly source: string; readonly detailType: string } | undefined;
}

export interface TargetHttpParameters {
  readonly pathValues?: readonly string[] | undefined;
  readonly headers?: { readonly [name: string]: string } | undefined;
  readonly query?: { readonly [name: string]: string } | undefined;
}

export type TargetOutcome =
  /** It has been taken; `output` is what the target answered. */
  | { readonly type: "taken"; readonly output: JsonValue }
  /** It has not been asked: it is called as often as it may be. The same is to be given to it again then. */
  | { readonly type: "postponed"; readonly until: EpochMs }
  | TargetFailure;

export interface TargetFailure {
  readonly type: "failed";
  /** `AccessDeniedException`. */
  readonly code: string;
  readonly message: string;
  /** Whether another attempt can go better. */
  readonly isTransient: boolean;
}

/** Gives something to a target, once. Does not reject. */
export type StartTarget = (request: TargetRequest, signal: AbortSignal) => Promise<TargetOutcome>;
