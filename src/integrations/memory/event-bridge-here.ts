import type { JsonObject, JsonValue } from "../../expression/json.ts";
import type { Clock } from "../../ports/clock.ts";
import type { EventBridgeHere } from "../../ports/event-bridge.ts";
import type { Ids } from "../../ports/ids.ts";
import { ServiceError } from "../../ports/service-api.ts";
import { serviceErrorPrefix } from "../aws/service-names.ts";
import type { SdkClients, SdkConnection } from "../aws/sdk-clients.ts";
import type { SdkModule } from "../aws/client-modules.ts";
import { memoryClient } from "./memory-client.ts";
import type { MemoryOperation } from "./memory-operation.ts";
import { ServiceRefusal } from "./service-refusal.ts";

/** The clients, of which that of EventBridge calls the buses of this process where it is to. */
export function withEventBridgeHere(
  clients: SdkClients,
  here: EventBridgeHere,
  options: { readonly clock: Pick<Clock, "now">; readonly ids: Pick<Ids, "uuid"> },
): SdkClients {
  if (here.when === "never") return clients;
  const known = new Map<string, SdkConnection>();
  return {
    ...clients,
    async connect(name, region, credentials) {
      if (name !== "eventbridge") return clients.connect(name, region, credentials);
      if (here.when !== "always") {
        const found = await clients.connect(name, region, credentials);
        const isElsewhere = found.type === "connected" && found.to !== "memory";
        if (isElsewhere || found.type === "notInstalled") return found;
      }
      const module = await clients.modules?.load(name);
      if (module === undefined) return clients.connect(name, region, credentials);
      const made = known.get(region) ?? connection(here, region, { ...options, module });
      known.set(region, made);
      return made;
    },
  };
}

function connection(
  here: EventBridgeHere,
  region: string,
  options: {
    readonly clock: Pick<Clock, "now">;
    readonly ids: Pick<Ids, "uuid">;
    readonly module: SdkModule;
  },
): SdkConnection {
  const serviceId = "EventBridge";
  const service = {
    serviceId,
    protocol: "aws.protocols#awsJson1_1",
    // Which there are is known where they are performed.
    operations: (name: string) => operation(here, name, region),
  } as const;
  return {
    type: "connected",
    service: {
      client: memoryClient(service, options),
      errorPrefix: serviceErrorPrefix(serviceId),
      module: options.module,
    },
    to: "memory",
  };
}

function operation(here: EventBridgeHere, name: string, region: string): MemoryOperation {
  return async (input: object, { signal }) => {
    try {
      return await here.call(name, onWire(input) as JsonObject, region, signal);
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      const { code, message, statusCode } = error;
      throw new ServiceRefusal(code, message, { statusCode });
    }
  };
}

/** What the SDK's client would have sent: times are seconds. */
function onWire(value: unknown): JsonValue {
  if (value instanceof Date) return value.getTime() / 1000;
  if (Array.isArray(value)) return value.map(onWire);
  if (typeof value !== "object" || value === null) return value as JsonValue;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([name, member]) => [name, onWire(member)]),
  );
}
