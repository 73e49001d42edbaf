import { InvalidEventPattern } from "../eventing/pattern/invalid-event-pattern.ts";
import { parsePattern } from "../eventing/pattern/parse-pattern.ts";
import { isReference } from "../integrations/references/filled-text.ts";
import type {
  EventsConfiguration,
  ForwardConfiguration,
  SchedulesConfiguration,
  WebhookConfiguration,
} from "../triggers/status-events/events-configuration.ts";
import {
  type Check,
  isRecord,
  isString,
  isUrl,
  listOf,
  objectOf,
  oneOf,
  wrong,
} from "./config-checks.ts";

const isPattern: Check = (value) => {
  if (!isRecord(value)) return wrong("must be an event pattern, an object");
  try {
    parsePattern(JSON.stringify(value));
    return undefined;
  } catch (error) {
    if (!(error instanceof InvalidEventPattern)) throw error;
    return wrong(`must be an event pattern: ${error.message.replaceAll(/\s+/g, " ")}`);
  }
};

/** *Our choice*: what is shorter is guessed. No message has the value in it. */
const shortestSecret = 16;

const isSecret: Check = (value) =>
  typeof value === "string" && (value.length >= shortestSecret || isReference(value))
    ? undefined
    : wrong(`must be a text of at least ${shortestSecret} characters, or \${NAME} of a variable`);

const isSource: Check = (value) =>
  typeof value === "string" && value !== "" && !value.startsWith("aws.")
    ? undefined
    : wrong("must be a text that does not begin with 'aws.', which EventBridge refuses");

const webhookTable = {
  url: isUrl,
  secret: isSecret,
  pattern: isPattern,
} satisfies { readonly [K in keyof Required<WebhookConfiguration>]: Check };

const isWebhook: Check = (value) => {
  if (!isRecord(value) || !Object.hasOwn(value, "url") || !Object.hasOwn(value, "secret")) {
    return wrong("must be an object with url and secret");
  }
  return objectOf(webhookTable)(value);
};

const forwardTable = {
  eventBusName: isString,
  region: isString,
  source: isSource,
  pattern: isPattern,
} satisfies { readonly [K in keyof Required<ForwardConfiguration>]: Check };

const eventsTable = {
  putEvents: oneOf(["here", "aws"]),
  forward: objectOf(forwardTable),
  webhooks: listOf(isWebhook),
} satisfies { readonly [K in keyof Required<EventsConfiguration>]: Check };

const schedulesTable = {
  missed: oneOf(["last", "all", "none"]),
} satisfies { readonly [K in keyof Required<SchedulesConfiguration>]: Check };

export const isEvents: Check = objectOf(eventsTable);
export const isSchedules: Check = objectOf(schedulesTable);
