import type { SdkClients, SdkConnection } from "../aws/sdk-clients.ts";
import { serviceErrorPrefix } from "../aws/service-names.ts";
import type { IntegrationOptions } from "../integration-options.ts";
import { dynamodbOperations } from "./dynamodb/dynamodb-operations.ts";
import { Tables } from "./dynamodb/tables.ts";
import { Buses } from "./events/buses.ts";
import { eventsOperations } from "./events/events-operations.ts";
import { MemoryBudget } from "./memory-budget.ts";
import { memoryClient, type MemoryService } from "./memory-client.ts";
import type { MemoryConfiguration } from "./memory-configuration.ts";
import { snsOperations } from "./sns/sns-operations.ts";
import { Topics } from "./sns/topics.ts";
import { Queues } from "./sqs/queues.ts";
import { sqsOperations } from "./sqs/sqs-operations.ts";

export type MemoryServicesOptions = Pick<
  IntegrationOptions,
  "clock" | "ids" | "logger" | "stepFunctions" | "region" | "accountId"
> & { readonly configuration?: MemoryConfiguration | undefined; readonly budget?: MemoryBudget };

/** SQS, SNS, EventBridge and DynamoDB in this process, for who wants to try a definition. Nothing outlives the process. */
export interface MemoryServices {
  readonly queues: Queues;
  readonly topics: Topics;
  readonly buses: Buses;
  readonly budget: MemoryBudget;
  /** The tables of each Region in which there are any. */
  readonly tables: ReadonlyMap<string, Tables>;
  /** The tables of a Region, which may be none. */
  tablesIn(region: string): Tables;
  /** The clients, with those of these services in the place of AWS's. */
  instead(clients: SdkClients): SdkClients;
}

/** The services that are answered from memory, as SDK integrations name them. */
export const memoryServiceNames = ["sqs", "sns", "eventbridge", "dynamodb"] as const;
export type MemoryServiceName = (typeof memoryServiceNames)[number];

export function isMemoryService(service: string): service is MemoryServiceName {
  return (memoryServiceNames as readonly string[]).includes(service);
}

/** Our choice: Regions that have something. */
const mostRegions = 50;

export function createMemoryServices(options: MemoryServicesOptions): MemoryServices {
  const { accountId, clock, ids, logger, stepFunctions } = options;
  const budget = options.budget ?? new MemoryBudget();
  const queues = new Queues({ accountId, clock, logger, budget });
  const topics = new Topics({ accountId, clock, ids, logger, queues });
  const buses = new Buses({ accountId, clock, ids, logger, budget, queues, stepFunctions });
  const tables = new Map<string, Tables>();

  function tablesIn(region: string): Tables {
    const known = tables.get(region);
    if (known !== undefined) return known;
    if (tables.size >= mostRegions) {
      throw new Error(`the in-memory stand-in of DynamoDB knows at most ${mostRegions} Regions`);
    }
    const configured = options.configuration?.tables;
    const made = new Tables({ region, accountId, clock, ids, budget, configured });
    tables.set(region, made);
    return made;
  }
  // What is configured is to be seen before it is used.
  tablesIn(options.region);

  function serviceIn(name: MemoryServiceName, region: string): MemoryService {
    switch (name) {
      case "sqs":
        return {
          serviceId: "SQS",
          protocol: "aws.protocols#awsJson1_0",
          operations: sqsOperations({ queues, clock, ids, region }),
        };
      case "sns":
        return {
          serviceId: "SNS",
          protocol: "aws.protocols#awsQuery",
          operations: snsOperations(topics, region),
        };
      case "eventbridge":
        return {
          serviceId: "EventBridge",
          protocol: "aws.protocols#awsJson1_1",
          operations: eventsOperations(buses, region),
        };
      case "dynamodb":
        return {
          serviceId: "DynamoDB",
          protocol: "aws.protocols#awsJson1_0",
          operations: dynamodbOperations(tablesIn(region)),
        };
    }
  }

  return {
    queues,
    topics,
    buses,
    budget,
    tables,
    tablesIn,
    instead(clients) {
      const known = new Map<string, SdkConnection>();
      return {
        ...clients,
        async connect(name, region, credentials) {
          // Without its package nobody knows what the service's operations take.
          const module = isMemoryService(name) ? await clients.modules?.load(name) : undefined;
          if (!isMemoryService(name) || module === undefined) {
            return clients.connect(name, region, credentials);
          }
          const key = `${name} in ${region}`;
          const made = known.get(key);
          if (made !== undefined) return made;
          const service = serviceIn(name, region);
          const connection: SdkConnection = {
            type: "connected",
            service: {
              client: memoryClient(service, { clock, ids, module }),
              errorPrefix: serviceErrorPrefix(service.serviceId),
              module,
            },
            to: "memory",
          };
          known.set(key, connection);
          return connection;
        },
      };
    },
  };
}
