import type {
  CreateEventBusCommandInput,
  DeleteEventBusCommandInput,
  DeleteRuleCommandInput,
  ListRulesCommandInput,
  ListTargetsByRuleCommandInput,
  PutEventsCommandInput,
  PutRuleCommandInput,
  PutTargetsCommandInput,
  RemoveTargetsCommandInput,
  Target as GivenTarget,
} from "@aws-sdk/client-eventbridge";
import type { EventPattern } from "../../../eventing/pattern/event-pattern.ts";
import { InvalidEventPattern } from "../../../eventing/pattern/invalid-event-pattern.ts";
import { parsePattern } from "../../../eventing/pattern/parse-pattern.ts";
import { InvalidTargetInput } from "../../../eventing/transformer/invalid-target-input.ts";
import {
  type GivenTargetInput,
  parseTargetInput,
  type TargetInput,
} from "../../../eventing/transformer/target-input.ts";
import type { MemoryOperations } from "../memory-operation.ts";
import { ServiceRefusal } from "../service-refusal.ts";
import {
  type Bus,
  type Buses,
  isTarget,
  mostRules,
  mostTargets,
  type Rule,
  type Target,
} from "./buses.ts";
import { putEvents } from "./put-events.ts";

/** What is built of EventBridge, for calls in one Region. */
export function eventsOperations(buses: Buses, region: string): MemoryOperations {
  const ruleOf = (bus: Bus, name = ""): Rule => {
    const rule = bus.rules.get(name);
    if (rule !== undefined) return rule;
    throw new ServiceRefusal(
      "ResourceNotFoundException",
      `Rule ${name} does not exist on EventBus ${bus.name}.`,
    );
  };

  return {
    PutEvents: (input: PutEventsCommandInput) => putEvents(input, buses, region),

    CreateEventBus: ({ Name: name }: CreateEventBusCommandInput) => ({
      EventBusArn: buses.get(name, region).arn,
    }),

    DeleteEventBus({ Name: name }: DeleteEventBusCommandInput) {
      buses.delete(buses.get(name, region));
      return {};
    },

    ListEventBuses: () => ({
      EventBuses: buses
        .all()
        .filter((bus) => bus.region === region)
        .map(({ name, arn }) => ({ Name: name, Arn: arn })),
    }),

    PutRule(input: PutRuleCommandInput) {
      const { Name: name = "", EventPattern: patternText } = input;
      if (patternText === undefined) {
        throw validation(
          "The in-memory stand-in of EventBridge knows rules with an EventPattern only; it keeps no schedules",
        );
      }
      const bus = buses.get(input.EventBusName, region);
      const known = bus.rules.get(name);
      if (known === undefined && bus.rules.size >= mostRules) {
        throw new ServiceRefusal(
          "LimitExceededException",
          "The requested resource exceeds the maximum number allowed.",
        );
      }
      const path = bus.name === "default" ? name : `${bus.name}/${name}`;
      const rule: Rule = {
        name,
        arn: `arn:aws:events:${bus.region}:${buses.options.accountId}:rule/${path}`,
        pattern: patternOf(patternText),
        isEnabled: input.State !== "DISABLED",
        targets: known?.targets ?? new Map(),
      };
      bus.rules.set(name, rule);
      return { RuleArn: rule.arn };
    },

    DeleteRule(input: DeleteRuleCommandInput) {
      const bus = buses.get(input.EventBusName, region);
      if ((bus.rules.get(input.Name ?? "")?.targets.size ?? 0) > 0) {
        throw validation("Rule can't be deleted since it has targets.");
      }
      bus.rules.delete(input.Name ?? "");
      return {};
    },

    ListRules(input: ListRulesCommandInput) {
      const bus = buses.get(input.EventBusName, region);
      return {
        Rules: [...bus.rules.values()]
          .filter(({ name }) => name.startsWith(input.NamePrefix ?? ""))
          .map(({ name, arn, pattern, isEnabled }) => ({
            Name: name,
            Arn: arn,
            EventPattern: pattern.text,
            State: isEnabled ? "ENABLED" : "DISABLED",
            EventBusName: bus.name,
          })),
      };
    },

    PutTargets(input: PutTargetsCommandInput) {
      const rule = ruleOf(buses.get(input.EventBusName, region), input.Rule);
      const targets = (input.Targets ?? []).map(
        (given) => [given.Id ?? "", targetOf(given)] as const,
      );
      const ids = new Set([...rule.targets.keys(), ...targets.map(([id]) => id)]);
      if (ids.size > mostTargets) {
        throw new ServiceRefusal(
          "LimitExceededException",
          "The requested resource exceeds the maximum number allowed.",
        );
      }
      for (const [id, target] of targets) rule.targets.set(id, target);
      return { FailedEntryCount: 0, FailedEntries: [] };
    },

    RemoveTargets(input: RemoveTargetsCommandInput) {
      const rule = ruleOf(buses.get(input.EventBusName, region), input.Rule);
      for (const id of input.Ids ?? []) rule.targets.delete(id);
      return { FailedEntryCount: 0, FailedEntries: [] };
    },

    ListTargetsByRule(input: ListTargetsByRuleCommandInput) {
      const rule = ruleOf(buses.get(input.EventBusName, region), input.Rule);
      return {
        Targets: [...rule.targets].map(([Id, { arn, givenInput, roleArn }]) => ({
          Id,
          Arn: arn,
          ...(roleArn !== undefined && { RoleArn: roleArn }),
          ...givenInput,
        })),
      };
    },
  };
}

function targetOf(given: GivenTarget): Target {
  const arn = given.Arn ?? "";
  if (!isTarget(arn)) {
    throw validation(
      `The in-memory stand-in of EventBridge sends events to SQS queues and state machines only, not to ${arn}`,
    );
  }
  const { Input, InputPath, InputTransformer } = given;
  const givenInput = {
    ...(Input !== undefined && { Input }),
    ...(InputPath !== undefined && { InputPath }),
    ...(InputTransformer !== undefined && { InputTransformer }),
  };
  return {
    arn,
    roleArn: given.RoleArn,
    input: inputOf(givenInput, given.Id ?? ""),
    givenInput,
    groupId: given.SqsParameters?.MessageGroupId,
  };
}

function inputOf(given: GivenTargetInput, id: string): TargetInput {
  try {
    return parseTargetInput(given, id);
  } catch (error) {
    if (!(error instanceof InvalidTargetInput)) throw error;
    throw validation(error.message);
  }
}

function patternOf(text: string): EventPattern {
  try {
    return parsePattern(text);
  } catch (error) {
    if (!(error instanceof InvalidEventPattern)) throw error;
    throw new ServiceRefusal("InvalidEventPatternException", error.message);
  }
}

function validation(message: string): ServiceRefusal {
  return new ServiceRefusal("ValidationException", message);
}
