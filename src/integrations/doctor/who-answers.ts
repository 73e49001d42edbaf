import { type AwsConfiguration, awsPlace } from "../aws/aws-configuration.ts";
import { type AwsClient, createAwsConnections } from "../aws/aws-connections.ts";
import { type ClientModules, createClientModules } from "../aws/client-modules.ts";
import { clientClass } from "../aws/sdk-clients.ts";
import { serviceIds } from "../aws/service-ids.ts";
import { clientPackage } from "../aws/service-names.ts";
import { isMemoryService } from "../memory/memory-services.ts";
import { createSdkConfiguration } from "./sdk-configuration.ts";

/** Who answers the calls of a service here. */
export interface Answering {
  readonly to: "AWS" | "standIn" | "nowhere" | "notInstalled";
  /** Why; of `notInstalled` the package that is missing. */
  readonly because: string;
  /** `CloudWatch Logs`; absent where there is no client that could say it. */
  readonly serviceId?: string;
}

export interface AnsweringOptions {
  readonly region: string;
  readonly aws?: AwsConfiguration | undefined;
  readonly clientsFolder?: string | undefined;
  /** `memory`: this process stands in for some services. */
  readonly standInServices?: "memory" | undefined;
}

/** `client` is a service as the ARNs of SDK integrations name it. */
export type WhoAnswers = (client: string) => Promise<Answering>;

/**
 * Says for a service who answers, as `createAwsConnections` decides it for the calls themselves. Nobody is called, except
 * whom the AWS SDK asks for credentials: once for all services that have the same ones. Who wants to know it anew makes
 * another.
 *
 * The client of the service is looked for, and not loaded: to load all of them would hold the thread for more than a second.
 */
export function createWhoAnswers({
  region,
  aws,
  clientsFolder,
  standInServices,
}: AnsweringOptions): WhoAnswers {
  const modules = createClientModules(clientsFolder);
  const configuration = createSdkConfiguration();
  return async (client) => {
    const serviceId = await serviceIdOf(client, modules);
    if (serviceId === undefined) return { to: "notInstalled", because: clientPackage(client) };
    if (standInServices === "memory" && isMemoryService(client)) {
      return { to: "standIn", because: "this server answers from memory", serviceId };
    }
    const connections = createAwsConnections<AwsClient>({
      logger: silent,
      place: () => awsPlace(aws, client),
      create: (key, settings) => configuration.of(serviceId, { region: key, ...settings }),
    });
    try {
      const connection = await connections.to(region);
      const { type, because } = connection;
      return type === "nowhere"
        ? // What an endpoint would be named by is for the todo.
          { to: "nowhere", because: because.split(", and no endpoint")[0] as string, serviceId }
        : { to: connection.to, because, serviceId };
    } finally {
      connections.close();
    }
  };
}

/** `undefined`: no client of it is installed. Only one that somebody has added is loaded. */
async function serviceIdOf(client: string, modules: ClientModules): Promise<string | undefined> {
  if (modules.find(client) === undefined) return undefined;
  if (Object.hasOwn(serviceIds, client)) return serviceIds[client];
  const module = await modules.load(client);
  const Client = module && clientClass(module);
  if (Client === undefined) return undefined;
  // A Region only so that none is looked for.
  const made = new Client({ region: "us-east-1", logger: silent });
  made.destroy();
  return made.config.serviceId;
}

/** What the clients themselves would log has been logged where they are used. */
const silent = { debug() {}, info() {}, warn() {}, error() {} };
