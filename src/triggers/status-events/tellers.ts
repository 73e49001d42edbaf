import { createHmac } from "node:crypto";
import type { JsonObject } from "../../expression/json.ts";
import type { ArnScope } from "../../machine/arns.ts";
import type { Clock } from "../../ports/clock.ts";
import type { EventPattern } from "../../eventing/pattern/event-pattern.ts";
import { matches } from "../../eventing/pattern/matches.ts";
import { parsePattern } from "../../eventing/pattern/parse-pattern.ts";
import type { HttpClient } from "../../integrations/http/http-client.ts";
import { busArn, defaultBus } from "../buses/event-arns.ts";
import type { BusEvent } from "../buses/event.ts";
import type { Deliveries } from "../deliveries/deliveries.ts";
import { usualRetryPolicy } from "../deliveries/delivery.ts";
import type { TargetOutcome, TargetRequest } from "../targets/target.ts";
import type { EventsConfiguration } from "./events-configuration.ts";

/** ARNs of what the configuration names; they are never anybody else's. */
const webhookPrefix = "arn:stepwell:events:::webhook/";
const forwardArn = "arn:stepwell:events:::forward";

/** *Our choices*: how long a webhook may take. */
const timeoutMs = 30_000;

/** Puts an event into EventBridge itself; rejects with what it refused. */
export type PutIntoEventBridge = (entry: JsonObject, signal: AbortSignal) => Promise<TargetOutcome>;

export interface TellersOptions {
  readonly configuration: EventsConfiguration;
  readonly deliveries: Deliveries;
  readonly http: Pick<HttpClient, "send">;
  readonly putIntoEventBridge: PutIntoEventBridge;
  readonly clock: Pick<Clock, "now">;
}

interface Teller {
  readonly arn: string;
  readonly pattern: EventPattern | undefined;
}

/** Who is told of events beside the rules: webhooks, and EventBridge. Both as surely as a rule's target: stored, and tried again for a day. */
export class Tellers {
  readonly #options: TellersOptions;
  readonly #tellers: readonly Teller[];

  constructor(options: TellersOptions) {
    this.#options = options;
    const { webhooks = [], forward } = options.configuration;
    this.#tellers = [
      ...webhooks.map(({ pattern }, index) => ({
        arn: `${webhookPrefix}${index}`,
        pattern: compiled(pattern),
      })),
      ...(forward === undefined ? [] : [{ arn: forwardArn, pattern: compiled(forward.pattern) }]),
    ];
  }

  /** Whether there is anybody. */
  get isWanted(): boolean {
    return this.#tellers.length > 0;
  }

  /** Resolves when all that want the event have it durably. */
  async tell(event: BusEvent, scope: ArnScope): Promise<void> {
    const { deliveries, clock } = this.#options;
    const wanting = this.#tellers.filter(
      ({ pattern }) => pattern === undefined || matches(pattern, event.value),
    );
    if (wanting.length === 0) return;
    await deliveries.accept(
      wanting.map(({ arn }) => ({
        request: {
          arn,
          input: event.text,
          name: event.id,
          service: "events.amazonaws.com",
          sourceArn: busArn(scope, defaultBus),
        },
        retry: usualRetryPolicy,
        since: clock.now(),
        attempts: 0,
      })),
    );
  }

  /** Gives an event to whom it is for; `undefined`: it is for none of these. */
  give(request: TargetRequest, signal: AbortSignal): Promise<TargetOutcome> | undefined {
    if (request.arn === forwardArn) return this.#forward(request, signal);
    if (!request.arn.startsWith(webhookPrefix)) return undefined;
    return this.#call(Number(request.arn.slice(webhookPrefix.length)), request, signal);
  }

  /**
   * *Our choice*, after what webhooks of others have: the time and the HMAC-SHA256 of the time, a dot and the body, by the secret, so that
   * nobody else can make a call, nor repeat one much later.
   */
  async #call(index: number, request: TargetRequest, signal: AbortSignal): Promise<TargetOutcome> {
    const { configuration, http, clock } = this.#options;
    const webhook = configuration.webhooks?.[index];
    if (webhook === undefined) return lasting("ResourceNotFoundException", "It is not configured.");
    const seconds = Math.floor(clock.now() / 1000);
    const signature = createHmac("sha256", webhook.secret)
      .update(`${seconds}.${request.input}`)
      .digest("hex");
    const outcome = await http.send({
      method: "POST",
      url: new URL(webhook.url),
      headers: [
        ["Content-Type", "application/json"],
        ["X-Stepwell-Event-Id", request.name],
        ["X-Stepwell-Signature", `t=${seconds},v1=${signature}`],
      ],
      body: request.input,
      signal,
      timeoutMs,
    });
    if (outcome.type !== "answered") {
      return {
        type: "failed",
        code: "ConnectionFailure",
        message: outcome.type,
        isTransient: true,
      };
    }
    const { statusCode, statusText } = outcome;
    if (statusCode >= 200 && statusCode < 300) return { type: "taken", output: null };
    // A webhook that answers 410 wants no more; others may be put right.
    return {
      type: "failed",
      code: `StatusCode.${statusCode}`,
      message: statusText,
      isTransient: statusCode !== 410,
    };
  }

  /** *Documented*: EventBridge takes no events of sources that begin with `aws.`; ours is `stepwell.states` there. */
  #forward({ input }: TargetRequest, signal: AbortSignal): Promise<TargetOutcome> {
    const { configuration, putIntoEventBridge } = this.#options;
    const { forward } = configuration;
    if (forward === undefined) {
      return Promise.resolve(lasting("ResourceNotFoundException", "It is not configured."));
    }
    const event = JSON.parse(input) as {
      readonly resources: readonly string[];
      readonly time: string;
      readonly detail: JsonObject;
      readonly "detail-type": string;
    };
    return putIntoEventBridge(
      {
        EventBusName: forward.eventBusName ?? defaultBus,
        Source: forward.source ?? "stepwell.states",
        DetailType: event["detail-type"],
        Time: event.time,
        Resources: event.resources,
        Detail: JSON.stringify(event.detail),
      },
      signal,
    );
  }
}

function compiled(pattern: JsonObject | undefined): EventPattern | undefined {
  return pattern && parsePattern(JSON.stringify(pattern));
}

function lasting(code: string, message: string): TargetOutcome {
  return { type: "failed", code, message, isTransient: false };
}
