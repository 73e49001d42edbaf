import type { ServiceApi } from "../ports/service-api.ts";
import type { StartTarget } from "./targets/target.ts";

/** What starts executions by itself: event buses, schedules, and events about executions. */
export interface Triggers {
  /** EventBridge and EventBridge Scheduler. */
  readonly apis: readonly ServiceApi[];
  /** Gives something to a target once: what pipes and web routes do as well. */
  readonly startTarget: StartTarget;
  /** Takes up what was under way, and ticks from now on. */
  start(): void;
  /** Ends; what is under way is finished or stays stored. */
  stop(): Promise<void>;
  /** Another node has changed rules: what is remembered of them is read anew. */
  forget(): void;
}
