import { ResourceFailed } from "./make-resource.ts";

/** Something that is done when all that it waits for has been done. */
export interface OrderedStep {
  readonly logicalId: string;
  /** Names of other steps; those that there are none of are not waited for. */
  readonly dependencies: readonly string[];
}

/** What is done at the same time. Our choice: enough that one that waits holds up few, and few enough that a stack leaves room for others. */
const mostAtOnce = 4;

/**
 * Performs steps side by side, each when all that it depends on has been done; there must be no circle in them. One that fails lets those come to their end
 * that have begun, and no other begins; `giveUp` tells them. Rejects with what failed first.
 */
export async function sideBySide<T extends OrderedStep>(
  steps: readonly T[],
  make: (step: T) => Promise<void>,
  giveUp: () => void = () => {},
): Promise<void> {
  const waiting = new Map(steps.map((step) => [step.logicalId, step]));
  const underWay = new Map<string, Promise<void>>();
  const failures: unknown[] = [];
  const isReady = ({ logicalId, dependencies }: T): boolean =>
    dependencies.every((name) => name === logicalId || (!waiting.has(name) && !underWay.has(name)));
  const perform = async (step: T): Promise<void> => {
    try {
      await make(step);
    } catch (error) {
      failures.push(error);
      giveUp();
    } finally {
      underWay.delete(step.logicalId);
    }
  };
  for (;;) {
    if (failures.length === 0) {
      for (const [logicalId, step] of waiting) {
        if (underWay.size >= mostAtOnce) break;
        if (!isReady(step)) continue;
        waiting.delete(logicalId);
        underWay.set(logicalId, perform(step));
      }
    }
    if (underWay.size === 0) break;
    await Promise.race(underWay.values());
  }
  if (failures.length === 0) return;
  // That the stack is somebody else's now, or cannot be stored, is more than that a resource has failed.
  throw failures.find((error) => !(error instanceof ResourceFailed)) ?? failures[0];
}
