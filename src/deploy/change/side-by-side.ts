import type { PlannedResource } from "../../template/template.ts";
import { ResourceFailed } from "./make-resource.ts";

/** Resources that are made at the same time. Our choice: enough that one that waits holds up few, and few enough that a stack leaves room for others. */
const mostAtOnce = 4;

/**
 * Makes resources side by side, each when all that it depends on has been made. One that fails lets those come to their end that have begun, and no other
 * begins; `giveUp` tells them. Rejects with what failed first.
 */
export async function sideBySide(
  resources: readonly PlannedResource[],
  make: (resource: PlannedResource) => Promise<void>,
  giveUp: () => void,
): Promise<void> {
  const waiting = new Map(resources.map((resource) => [resource.logicalId, resource]));
  const underWay = new Map<string, Promise<void>>();
  const failures: unknown[] = [];
  const isReady = ({ logicalId, dependencies }: PlannedResource): boolean =>
    dependencies.every((name) => name === logicalId || (!waiting.has(name) && !underWay.has(name)));
  const perform = async (resource: PlannedResource): Promise<void> => {
    try {
      await make(resource);
    } catch (error) {
      failures.push(error);
      giveUp();
    } finally {
      underWay.delete(resource.logicalId);
    }
  };
  for (;;) {
    if (failures.length === 0) {
      for (const [logicalId, resource] of waiting) {
        if (underWay.size >= mostAtOnce) break;
        if (!isReady(resource)) continue;
        waiting.delete(logicalId);
        underWay.set(logicalId, perform(resource));
      }
    }
    if (underWay.size === 0) break;
    await Promise.race(underWay.values());
  }
  if (failures.length === 0) return;
  // That the stack is somebody else's now, or cannot be stored, is more than that a resource has failed.
  throw failures.find((error) => !(error instanceof ResourceFailed)) ?? failures[0];
}
