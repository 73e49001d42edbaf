import type { ServiceApi } from "../../ports/service-api.ts";

/** What takes messages from a source and gives them to a target: EventBridge Pipes. */
export interface Pipes {
  readonly api: ServiceApi;
  /** Takes up the pipes that are to run. */
  start(): void;
  /** Ends; batches that are under way are finished, or come again. */
  stop(): Promise<void>;
}
