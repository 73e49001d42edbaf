import { awsCall } from "../integrations/aws/aws-call.ts";
import { sdkStyle } from "../integrations/aws/member-names.ts";
import { createSdkClients } from "../integrations/aws/sdk-clients.ts";
import type { IntegrationSettings } from "../integrations/integration-options.ts";
import { createHttpClient } from "../integrations/http/http-client.ts";
import { mostResultBytes } from "../integrations/http/http-result.ts";
import type { MemoryServices } from "../integrations/memory/memory-services.ts";
import { filledText } from "../integrations/references/filled-text.ts";
import type { Redactor } from "../ports/redactor.ts";
import type { Service } from "../service/service.ts";
import { type BusEvent, textIn } from "../triggers/buses/event.ts";
import type { EventPlace } from "../triggers/buses/event-buses.ts";
import {
  createTriggers,
  type Triggers,
  type TriggersOptions,
} from "../triggers/create-triggers.ts";
import type { WebhookConfiguration } from "../triggers/status-events/events-configuration.ts";
import type { PutIntoEventBridge } from "../triggers/status-events/tellers.ts";
import { failed } from "../triggers/targets/task-call.ts";
import type { ServedServices } from "./http-server.ts";

export interface JoinedTriggersOptions
  extends
    Omit<TriggersOptions, "stepFunctions" | "call" | "http" | "putIntoEventBridge" | "seen">,
    Pick<IntegrationSettings, "aws" | "clientsFolder" | "configurationFolder"> {
  readonly service: Service;
  /** They have the triggers' own services among them. */
  readonly services: () => ServedServices;
  readonly memory: MemoryServices | undefined;
  readonly redactor: Redactor;
  readonly region: string;
}

/** The triggers with what they call: this server's own API, its services, its tasks, webhooks and EventBridge itself. */
export function joinedTriggers(options: JoinedTriggersOptions): {
  readonly triggers: Triggers;
  readonly close: () => Promise<void>;
} {
  const { service, services, clock, ids, memory, events = {} } = options;
  const webhooks = filledWebhooks(events.webhooks, options);
  options.redactor.learn(webhooks.map(({ secret }) => secret));
  // Only the configuration names whom it calls.
  const http = createHttpClient({ clock, mostBytes: mostResultBytes });
  const clients = createSdkClients(options);
  const triggers = createTriggers({
    ...options,
    events: { ...events, webhooks },
    stepFunctions: (operation, input, caller) => service.call(operation, input, { caller }),
    async call(name, operation, members, caller, signal) {
      const call = { caller, requestId: ids.uuid(), signal };
      return (await services().services.call(name, operation, { members }, call)).members ?? {};
    },
    http,
    putIntoEventBridge: putIntoEventBridge(options, clients),
    ...(memory && { seen: (event, place) => showInMemory(memory, event, place) }),
  });
  return {
    triggers,
    async close() {
      await triggers.stop();
      http.close();
      clients.close();
    },
  };
}

/** `${NAME}` and `${file:PATH}` in the URLs and secrets of webhooks. A server that could not sign does not begin. */
function filledWebhooks(
  webhooks: readonly WebhookConfiguration[] = [],
  { configurationFolder = process.cwd() }: Pick<IntegrationSettings, "configurationFolder">,
): readonly WebhookConfiguration[] {
  const references = { environment: process.env, folder: configurationFolder };
  const filled = (text: string, index: number): string => {
    const found = filledText(text, references);
    if ("text" in found) return found.text;
    throw new Error(`events.webhooks.${index} cannot be used: ${found.problem}`);
  };
  return webhooks.map((webhook, index) => ({
    ...webhook,
    url: filled(webhook.url, index),
    secret: filled(webhook.secret, index),
  }));
}

function putIntoEventBridge(
  options: JoinedTriggersOptions,
  clients: ReturnType<typeof createSdkClients>,
): PutIntoEventBridge {
  const eventBridge = awsCall("eventbridge", clients, options);
  return async (entry, signal) => {
    const answer = await eventBridge(options.events?.forward?.region ?? options.region)({
      operation: "putEvents",
      parameters: { Entries: [entry] },
      style: sdkStyle,
      signal,
    });
    if (answer.type === "refused") return failed(answer.refusal.code, answer.refusal.message);
    if (answer.type !== "answered") {
      return { type: "failed", code: answer.type, message: "EventBridge", isTransient: true };
    }
    return { type: "taken", output: answer.output };
  };
}

/** The view of the stand-ins shows the newest events, wherever they went. */
function showInMemory(
  { buses }: MemoryServices,
  { id, source, text, value }: BusEvent,
  { bus, region }: EventPlace,
): void {
  const detailType = textIn(value, "detail-type");
  const at = Date.parse(textIn(value, "time"));
  buses.put(buses.get(bus, region), { id, bus, region, source, detailType, at, text });
}
