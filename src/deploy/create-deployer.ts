import type { DocumentStore } from "../ports/document-store.ts";
import type { Clock } from "../ports/clock.ts";
import type { Ids } from "../ports/ids.ts";
import type { Logger } from "../ports/logger.ts";
import type { ServiceApi } from "../ports/service-api.ts";
import type { AwsServices } from "./aws-calls.ts";
import type { ChangeTools } from "./change/change-tools.ts";
import { cloudFormationApi } from "./cloudformation/cloudformation-api.ts";
import { CustomResourceResponses } from "./custom-resources/responses.ts";
import { createChangeRunner } from "./desk/change-runner.ts";
import { nestedStacks } from "./desk/nested-stacks.ts";
import { StackDesk } from "./desk/stack-desk.ts";
import type { FindProvider } from "./plan/plan-change.ts";
import { findProvider } from "./providers/provider-table.ts";
import { StackStore } from "./stacks/stack-store.ts";

export interface DeployerOptions {
  readonly store: DocumentStore;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly logger: Logger;
  /** What resources are made with; they may not be there yet when the deployer is made. */
  readonly services: AwsServices;
  /** Where functions reach this server; absent, or `undefined`: they do not. */
  readonly endpointUrl?: (() => string | undefined) | undefined;
  /** Absent: all types that there are. */
  readonly find?: FindProvider;
}

/** What makes stacks, and the API by which it is asked. */
export interface Deployer {
  readonly desk: StackDesk;
  readonly api: ServiceApi;
  /** The answers of custom resources. */
  readonly responses: CustomResourceResponses;
  /** Stops what is being done; another process, or the next start, goes on with it. */
  close(): Promise<void>;
}

export function createDeployer(options: DeployerOptions): Deployer {
  const { store, clock, ids, logger, services, find = findProvider } = options;
  const responses = new CustomResourceResponses(store, options.endpointUrl ?? (() => undefined));
  const tools: ChangeTools = {
    store: new StackStore(store),
    clock,
    ids,
    logger,
    services,
    find,
    responses,
    nestedOf: (parent, caller) => nestedStacks(desk, parent, caller),
  };
  const runner = createChangeRunner(tools, ids.uuid());
  const desk: StackDesk = new StackDesk(tools, runner);
  return { desk, api: cloudFormationApi(desk), responses, close: () => runner.close() };
}
