import type { Clock } from "../../../ports/clock.ts";
import type { TaskRole } from "../../aws/task-role.ts";
import type { Service } from "../../described/service-call.ts";
import { asRole, type SecretReader, type SecretValues } from "../../references/secret-values.ts";
import { isHeader } from "../header-rules.ts";
import { BoundedMap } from "./bounded-map.ts";
import { configuredConnection } from "./configured-connection.ts";
import { connectionFailure, type FoundConnection } from "./connection.ts";
import type { ConnectionConfiguration } from "./connection-configuration.ts";
import { eventBridgeConnection } from "./eventbridge-connection.ts";

/** Finds the connections that tasks name, and their secrets, with a role; absent: with the configured credentials. */
export interface ConnectionBook {
  /** `arn:aws:events:eu-west-1:123456789012:connection/NAME/UUID`. */
  readonly find: (arn: string, role?: TaskRole) => Promise<FoundConnection>;
}

/** Finds a connection that was made by EventBridge's API as this server has it. Its texts stand for themselves. */
export type OwnConnections = (
  name: string,
  region: string,
) => Promise<ConnectionConfiguration | undefined>;

/** What somebody has sent reads neither variables nor secrets of this server. */
const asWritten: Pick<SecretReader, "of"> = {
  of: (text) => Promise.resolve({ value: text, isSecret: false }),
};

/** Our choice: how long a connection of EventBridge is used before it is described again. */
const keptMs = 60_000;
const mostKept = 1_000;

/** *Documented*: the EventBridge API, ConnectionArn. *Our choice*: the UUID at its end may be left out. */
const connectionArn =
  /^arn:[^:]+:events:([^:]*):[^:]*:connection\/([.\-_A-Za-z0-9]+)(?:\/[-A-Za-z0-9]+)?$/;

/**
 * The configuration's connections by their names, else EventBridge's, where the AWS SDK is configured for it. The id at the end
 * of an ARN is another in each account: it is not looked at.
 */
export function createConnectionBook(options: {
  readonly connections: { readonly [name: string]: ConnectionConfiguration };
  readonly own?: OwnConnections | undefined;
  readonly eventBridge: Service;
  readonly values: SecretValues;
  readonly clock: Clock;
}): ConnectionBook {
  const { connections, own, eventBridge, values, clock } = options;
  type Described = FoundConnection | undefined;
  const kept = new BoundedMap<
    string,
    { readonly until: number; readonly found: Promise<Described> }
  >(mostKept);

  function described(name: string, region: string, role?: TaskRole): Promise<Described> {
    // What one role may see is not for another.
    const key = `${name} in ${region}${asRole(role)}`;
    const known = kept.get(key);
    if (known !== undefined && clock.now() < known.until) return known.found;
    const found = eventBridgeConnection(name, region, {
      eventBridge: (where) => eventBridge(where, role),
      values: values.as(role),
    });
    kept.set(key, { until: clock.now() + keptMs, found });
    found.then(
      (one) => one?.type === "found" || kept.delete(key),
      () => kept.delete(key),
    );
    return found;
  }

  async function ownConnection(name: string, region: string): Promise<Described> {
    const configuration = await own?.(name, region);
    return configuration && configuredConnection(name, configuration, asWritten);
  }

  return {
    async find(arn, role) {
      const [, region = "", name] = connectionArn.exec(arn) ?? [];
      if (name === undefined) {
        return connectionFailure("ResourceNotFound", `'${arn}' is not the ARN of a connection.`);
      }
      const configuration = Object.hasOwn(connections, name) ? connections[name] : undefined;
      const found =
        configuration === undefined
          ? ((await ownConnection(name, region)) ?? (await described(name, region, role)))
          : await configuredConnection(name, configuration, values.as(role));
      if (found === undefined) return connectionFailure("ResourceNotFound", notFound(name));
      return found.type === "failed" ? found : sendable(found);
    },
  };
}

function notFound(name: string): string {
  return `There is no connection '${name}': it is neither under 'connections' in the configuration of Stepwell, nor in EventBridge as far as that can be asked.`;
}

/** A value with a line break, say from a file that ends with one, would be refused with the value in the message. */
function sendable(found: Extract<FoundConnection, { type: "found" }>): FoundConnection {
  const { name, headers, tokens } = found.connection;
  const wrong = [...headers, ...(tokens?.headers ?? [])].find(
    (one) => !isHeader(one.name, one.value),
  );
  if (wrong === undefined) return found;
  return connectionFailure(
    "InvalidConnectionState",
    `The connection '${name}' cannot be used: its header '${wrong.name.replaceAll(/[^!-~]/g, "?")}' has characters that HTTP does not allow.`,
  );
}
