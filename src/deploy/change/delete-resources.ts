import { inOrderOfDependencies } from "../../template/resolving/order.ts";
import type { ResourceRecord } from "../stacks/stack-record.ts";
import type { ChangeTools } from "./change-tools.ts";
import { type HeldStack } from "./held-stack.ts";
import { deleteResource, ResourceFailed } from "./make-resource.ts";
import { type OrderedStep, sideBySide } from "./side-by-side.ts";

/** Something that is taken back when all that needs it has been taken back. */
export interface UndoneStep<T> extends OrderedStep {
  readonly item: T;
}

/**
 * Things that are there for each other, as steps of their removal: each waits for all that depend on it. What was changed twice may be in a circle that no
 * template has: then one after the other, the last first.
 */
export function inOrderOfRemoval<T>(
  items: readonly T[],
  about: (item: T) => {
    readonly key: string;
    readonly name: string;
    readonly dependencies: readonly string[];
  },
): readonly UndoneStep<T>[] {
  const all = items.map((item) => ({ item, ...about(item) }));
  const steps = all.map(({ item, key, name }) => ({
    item,
    logicalId: key,
    dependencies: all.flatMap((other) =>
      other.key !== key && other.name !== name && other.dependencies.includes(name)
        ? [other.key]
        : [],
    ),
  }));
  const order = inOrderOfDependencies(
    new Map(steps.map(({ logicalId, dependencies }) => [logicalId, dependencies])),
  );
  if (!("circle" in order)) return steps;
  return steps.toReversed().map((step, index, reversed) => ({
    ...step,
    dependencies: index === 0 ? [] : [reversed[index - 1]?.logicalId ?? ""],
  }));
}

function removals(resources: readonly ResourceRecord[]): readonly UndoneStep<ResourceRecord>[] {
  return inOrderOfRemoval(resources, ({ logicalId, physicalId, dependencies }) => ({
    key: `${logicalId} ${physicalId}`,
    name: logicalId,
    dependencies,
  }));
}

/** Deletes what is left over of a change. What cannot be deleted stays, and an event says so: the change is done all the same. */
export async function deleteLeftovers(held: HeldStack, tools: ChangeTools): Promise<void> {
  await sideBySide(removals(held.change.leftovers), async ({ item: resource }) => {
    try {
      await deleteOrKeep(held, resource, tools, false);
    } catch (error) {
      if (!(error instanceof ResourceFailed)) throw error;
    }
    await held.saveChange(({ leftovers }) => ({
      leftovers: leftovers.filter(
        ({ physicalId, logicalId }) =>
          physicalId !== resource.physicalId || logicalId !== resource.logicalId,
      ),
    }));
  });
}

/** Deletes all resources of a stack; answers those that could not be deleted. */
export async function deleteAll(
  held: HeldStack,
  tools: ChangeTools,
  isAfterCreation: boolean,
): Promise<readonly string[]> {
  const failed = new Set<string>();
  const steps = removals(Object.values(held.record.resources));
  await sideBySide(steps, async ({ item: resource }) => {
    const { logicalId } = resource;
    // What another still needs stays as long as that one does.
    const isNeeded = Object.values(held.record.resources).some(
      (other) => failed.has(other.logicalId) && other.dependencies.includes(logicalId),
    );
    if (isNeeded) {
      failed.add(logicalId);
      return;
    }
    try {
      await deleteOrKeep(held, resource, tools, isAfterCreation);
    } catch (error) {
      if (!(error instanceof ResourceFailed)) throw error;
      failed.add(logicalId);
      await held.saveResource({ ...resource, status: "DELETE_FAILED", reason: error.message });
      return;
    }
    await held.save((record) => {
      const { [logicalId]: _gone, ...resources } = record.resources;
      return { ...record, resources };
    });
  });
  return [...failed];
}

/** *Documented*: `RetainExceptOnCreate` keeps a resource, but not one whose stack could not be made. */
async function deleteOrKeep(
  held: HeldStack,
  resource: ResourceRecord,
  tools: ChangeTools,
  isAfterCreation: boolean,
): Promise<void> {
  const { logicalId, physicalId, type, deletionPolicy } = resource;
  const isKept =
    held.change.skipped.includes(logicalId) ||
    deletionPolicy === "Retain" ||
    deletionPolicy === "Snapshot" ||
    (deletionPolicy === "RetainExceptOnCreate" && !isAfterCreation);
  if (!isKept) return deleteResource(held, resource, tools);
  await held.event({ logicalId, physicalId, type, status: "DELETE_SKIPPED" });
}
