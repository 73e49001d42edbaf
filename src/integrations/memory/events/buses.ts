import type { Clock } from "../../../ports/clock.ts";
import type { Ids } from "../../../ports/ids.ts";
import type { Logger } from "../../../ports/logger.ts";
import type { StepFunctionsPort } from "../../../ports/step-functions.ts";
import type { EventPattern } from "../../../eventing/pattern/event-pattern.ts";
import {
  type GivenTargetInput,
  type TargetInput,
  targetInput,
} from "../../../eventing/transformer/target-input.ts";
import { matches } from "../../../eventing/pattern/matches.ts";
import type { JsonObject } from "../../../expression/json.ts";
import { parseJson } from "../../../expression/parse-json.ts";
import { InputTooLong } from "../../../eventing/transformer/input-template.ts";
import { formatTimestamp } from "../../../expression/timestamp.ts";
import { bytesOfEntry, type MemoryBudget } from "../memory-budget.ts";
import { ServiceRefusal } from "../service-refusal.ts";
import type { Queues } from "../sqs/queues.ts";
import { sendMessage } from "../sqs/send-message.ts";
import type { BusEvent } from "./event.ts";

/** Our choices, in all Regions. */
const mostBuses = 200;
const mostEvents = 1_000;
/** *Documented*: rules of a bus, targets of a rule. */
export const mostRules = 300;
export const mostTargets = 5;

export interface Rule {
  readonly name: string;
  readonly arn: string;
  readonly pattern: EventPattern;
  readonly isEnabled: boolean;
  readonly targets: Map<string, Target>;
}

export interface Target {
  readonly arn: string;
  readonly input: TargetInput;
  /** As they were given. */
  readonly givenInput: GivenTargetInput;
  readonly roleArn: string | undefined;
  /** Of a FIFO queue. */
  readonly groupId: string | undefined;
}

export interface Bus {
  readonly name: string;
  readonly arn: string;
  readonly region: string;
  readonly rules: Map<string, Rule>;
  published: number;
}

export interface BusesOptions {
  readonly accountId: string;
  readonly clock: Pick<Clock, "now">;
  readonly ids: Pick<Ids, "uuid">;
  readonly logger: Logger;
  readonly budget: MemoryBudget;
  readonly queues: Queues;
  /** For targets that are state machines. */
  readonly stepFunctions: StepFunctionsPort;
}

/** The event buses of all Regions, with the newest events. One that nobody has made appears when it is first used. */
export class Buses {
  readonly options: BusesOptions;
  readonly #buses = new Map<string, Bus>();
  #events: BusEvent[] = [];

  constructor(options: BusesOptions) {
    this.options = options;
    options.budget.onFull(() => this.#forgetOldest());
  }

  /** By its name or its ARN. */
  get(nameOrArn: string | undefined, region: string): Bus {
    const [, arnRegion, arnName] =
      /^arn:[^:]+:events:([^:]+):[^:]*:event-bus\/(.+)$/.exec(nameOrArn ?? "") ?? [];
    const name = arnName ?? nameOrArn ?? "default";
    const place = arnRegion ?? region;
    const arn = `arn:aws:events:${place}:${this.options.accountId}:event-bus/${name}`;
    const known = this.#buses.get(arn);
    if (known !== undefined) return known;
    if (!/^[/.\-_A-Za-z0-9]{1,256}$/.test(name)) {
      throw new ServiceRefusal(
        "ValidationException",
        `1 validation error detected: Value '${name}' at 'eventBusName' failed to satisfy constraint: Member must satisfy regular expression pattern: [/\\.\\-_A-Za-z0-9]+`,
      );
    }
    if (this.#buses.size >= mostBuses) {
      throw new ServiceRefusal(
        "LimitExceededException",
        `The in-memory stand-in of EventBridge holds at most ${mostBuses} event buses`,
      );
    }
    const bus: Bus = { name, arn, region: place, rules: new Map(), published: 0 };
    this.#buses.set(arn, bus);
    return bus;
  }

  delete(bus: Bus): void {
    this.#buses.delete(bus.arn);
  }

  all(): readonly Bus[] {
    return [...this.#buses.values()].sort((a, b) => (a.arn < b.arn ? -1 : 1));
  }

  /** The newest first. */
  events(): readonly BusEvent[] {
    return this.#events.toReversed();
  }

  /** Keeps the event, and sends it to the targets of the rules that want it. */
  put(bus: Bus, event: Omit<BusEvent, "bytes">): void {
    const bytes = Buffer.byteLength(event.text) + bytesOfEntry;
    bus.published += 1;
    if (this.options.budget.take(bytes)) this.#events.push({ ...event, bytes });
    if (this.#events.length > mostEvents) this.#forgetOldest();
    const value = parseJson(event.text) as JsonObject;
    for (const rule of bus.rules.values()) {
      if (!rule.isEnabled || !matches(rule.pattern, value)) continue;
      for (const target of rule.targets.values()) this.#send(target, event, value, rule);
    }
  }

  /** A target that cannot be reached loses the event, as at AWS, where nobody hears of it either. */
  #send(target: Target, event: Omit<BusEvent, "bytes">, value: JsonObject, rule: Rule): void {
    const failed = (error: unknown): void => {
      const reason = error instanceof Error ? error.message : String(error);
      this.options.logger.warn(
        `an event of the rule ${rule.arn} did not reach ${target.arn}: ${reason}`,
      );
    };
    try {
      const text = targetInput(target.input, value, event.text, {
        ruleArn: rule.arn,
        ruleName: rule.name,
        ingestionTime: formatTimestamp(Math.floor(event.at / 1000) * 1000),
      });
      const queue = this.options.queues.ofArn(target.arn);
      if (queue === undefined) {
        void this.#start(target, event, text).catch(failed);
        return;
      }
      const fifo = queue.isFifo && {
        MessageGroupId: target.groupId ?? rule.name,
        MessageDeduplicationId: event.id,
      };
      sendMessage(queue, { MessageBody: text, ...fifo }, this.options);
    } catch (error) {
      if (!(error instanceof ServiceRefusal || error instanceof InputTooLong)) throw error;
      failed(error);
    }
  }

  async #start(target: Target, event: Omit<BusEvent, "bytes">, input: string): Promise<void> {
    const { stepFunctions, accountId } = this.options;
    await stepFunctions.call(
      "StartExecution",
      { stateMachineArn: target.arn, input, name: event.id },
      {
        principal: {
          type: "role",
          roleArn: target.roleArn ?? "",
          // Whoever decides is told of the event where a task would name its execution.
          executionArn: `arn:aws:states:${event.region}:${accountId}:execution:${event.bus}:${event.id}`,
        },
      },
    );
  }

  #forgetOldest(): boolean {
    const oldest = this.#events.shift();
    if (oldest === undefined) return false;
    this.options.budget.give(oldest.bytes);
    return true;
  }
}

/** Whether events can be sent there. */
export function isTarget(arn: string): boolean {
  return /^arn:[^:]+:(?:sqs:[^:]+:[^:]+:[^:]+|states:[^:]+:[^:]+:stateMachine:.+)$/.test(arn);
}
