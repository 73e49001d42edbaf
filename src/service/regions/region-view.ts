import { type ArnScope, regionPrefix } from "../../machine/arns.ts";
import type { Store } from "../../ports/store.ts";
import type { Engine } from "../../runtime/engine.ts";

/** What operations need of the engine. */
export type CalledEngine = Pick<
  Engine,
  | "startExecution"
  | "startSyncExecution"
  | "redriveExecution"
  | "pendingRedrives"
  | "mapRun"
  | "updateMapRun"
  | "stopExecution"
  | "describeExecution"
  | "waitUntilClosed"
  | "history"
  | "taskOf"
  | "completeTask"
  | "takeActivityTask"
  | "activityChanged"
  | "abortExecutionsOf"
  | "directory"
>;

/** What operations need of the store. */
export type CalledStore = Pick<
  Store,
  | "execution"
  | "executions"
  | "mapRuns"
  | "mapRunChildren"
  | "stateMachine"
  | "stateMachines"
  | "revision"
  | "version"
  | "versions"
  | "aliases"
  | "activity"
  | "activities"
  | "putActivity"
  | "deleteActivity"
>;

/**
 * The engine and the store as they are seen from one Region: what is in another does not exist, and each operation says
 * of it what it says of anything that does not exist. Our choice: no recording of AWS shows an ARN of another Region.
 *
 * Only what begins with an ARN that the caller gave is looked at: the rest follows from what was found by it.
 */
export function seenFrom(
  scope: ArnScope,
  engine: CalledEngine,
  store: CalledStore,
): { readonly engine: CalledEngine; readonly store: CalledStore } {
  const prefix = regionPrefix(scope);
  const isHere = (arn: string): boolean => arn.startsWith(prefix);
  const { directory } = engine;
  return {
    engine: {
      ...engine,
      directory: {
        ...directory,
        get: async (arn) => (isHere(arn) ? directory.get(arn) : undefined),
        find: async (arn) => (isHere(arn) ? directory.find(arn) : undefined),
      },
      mapRun: async (arn) => (isHere(arn) ? engine.mapRun(arn) : undefined),
      stopExecution: async (arn, reason) =>
        isHere(arn) ? engine.stopExecution(arn, reason) : undefined,
      describeExecution: async (arn) => (isHere(arn) ? engine.describeExecution(arn) : undefined),
      waitUntilClosed: async (arn, timeoutMs, signal) =>
        isHere(arn) ? engine.waitUntilClosed(arn, timeoutMs, signal) : undefined,
      history: async (arn, range) => (isHere(arn) ? engine.history(arn, range) : undefined),
      taskOf(taskToken) {
        const task = engine.taskOf(taskToken);
        return task !== undefined && isHere(task.executionArn) ? task : undefined;
      },
    },
    store: {
      ...store,
      execution: async (arn) => (isHere(arn) ? store.execution(arn) : undefined),
      stateMachine: async (arn) => (isHere(arn) ? store.stateMachine(arn) : undefined),
      aliases: async (arn) => (isHere(arn) ? store.aliases(arn) : []),
      version: async (arn, version) => (isHere(arn) ? store.version(arn, version) : undefined),
      activity: async (arn) => (isHere(arn) ? store.activity(arn) : undefined),
    },
  };
}
