import { type AwsConfiguration, awsPlace } from "../aws/aws-configuration.ts";
import { type AwsClient, createAwsConnections } from "../aws/aws-connections.ts";
import { type ClientModules, createClientModules } from "../aws/client-modules.ts";
import { clientClass } from "../aws/sdk-clients.ts";
import { clientPackage } from "../aws/service-names.ts";

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
}

/**
 * Says for a service who answers: as `createAwsConnections` decides it for the calls themselves, by a client of its own that is
 * closed again. Nobody is called, except whom the AWS SDK asks for credentials.
 */
export function createWhoAnswers({
  region,
  aws,
  clientsFolder,
}: AnsweringOptions): (client: string) => Promise<Answering> {
  const modules: ClientModules = createClientModules(clientsFolder);
  return async (client) => {
    const module = await modules.load(client);
    const Client = module && clientClass(module);
    if (Client === undefined) return { to: "notInstalled", because: clientPackage(client) };
    const connections = createAwsConnections<AwsClient>({
      logger: silent,
      place: () => awsPlace(aws, client),
      create: (key, settings) => new Client({ region: key, logger: silent, ...settings }),
    });
    try {
      const connection = await connections.to(region);
      const { because } = connection;
      return connection.type === "nowhere"
        ? // What an endpoint would be named by is for the todo.
          {
            to: "nowhere",
            because: because.split(", and no endpoint")[0] as string,
            serviceId: connection.serviceId,
          }
        : { to: connection.to, because, serviceId: connection.client.config.serviceId };
    } finally {
      connections.close();
    }
  };
}

/** What the clients themselves would log has been logged where they are used. */
const silent = { debug() {}, info() {}, warn() {}, error() {} };
