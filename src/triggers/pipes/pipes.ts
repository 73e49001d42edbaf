import type { MappingRunner } from "../../aws-services/lambda/event-source-mappings.ts";
import type { ServiceApi } from "../../ports/service-api.ts";
import type { PipeRecord } from "./pipe-record.ts";

/** A pipe, and how it does. */
export interface KnownPipe {
  readonly pipe: PipeRecord;
  /** Why it does not go on; absent: nothing is known to be the matter. */
  readonly problem?: string | undefined;
  /** It is of the server's configuration, which no call changes. */
  readonly isConfigured: boolean;
}

/** What takes messages from a source and gives them to a target: EventBridge Pipes. */
export interface Pipes {
  readonly api: ServiceApi;
  /** The queues that Lambda polls for functions run beside the pipes. */
  readonly mappings: MappingRunner;
  /** All that there are; nobody is asked whether he may see them. */
  all(): Promise<readonly KnownPipe[]>;
  /** Takes up the pipes that are to run. */
  start(): void;
  /** Ends; batches that are under way are finished, or come again. */
  stop(): Promise<void>;
}
