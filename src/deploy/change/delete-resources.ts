import { inOrderOfDependencies } from "../../template/resolving/order.ts";
import type { ResourceRecord } from "../stacks/stack-record.ts";
import type { ChangeTools } from "./change-tools.ts";
import { type HeldStack } from "./held-stack.ts";
import { deleteResource, ResourceFailed } from "./make-resource.ts";

/** Resources so that each comes before all that it depends on. */
export function inOrderOfDeletion(resources: readonly ResourceRecord[]): readonly ResourceRecord[] {
  const byName = new Map(resources.map((resource) => [resource.logicalId, resource]));
  const result = inOrderOfDependencies(
    new Map(
      [...byName].map(([name, { dependencies }]) => [
        name,
        dependencies.filter((other) => other !== name && byName.has(other)),
      ]),
    ),
  );
  // What was changed twice may be in a circle that no template has: any order is as good.
  if ("circle" in result) return [...resources].reverse();
  return [...result.order].reverse().flatMap((name) => byName.get(name) ?? []);
}

/** Deletes what is left over of a change. What cannot be deleted stays, and an event says so: the change is done all the same. */
export async function deleteLeftovers(held: HeldStack, tools: ChangeTools): Promise<void> {
  for (const resource of inOrderOfDeletion(held.change.leftovers)) {
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
  }
}

/** Deletes all resources of a stack; answers those that could not be deleted. */
export async function deleteAll(
  held: HeldStack,
  tools: ChangeTools,
  isAfterCreation: boolean,
): Promise<readonly string[]> {
  const failed = new Set<string>();
  for (const resource of inOrderOfDeletion(Object.values(held.record.resources))) {
    const { logicalId } = resource;
    // What another still needs stays as long as that one does.
    const isNeeded = Object.values(held.record.resources).some(
      (other) => failed.has(other.logicalId) && other.dependencies.includes(logicalId),
    );
    if (isNeeded) {
      failed.add(logicalId);
      continue;
    }
    try {
      await deleteOrKeep(held, resource, tools, isAfterCreation);
    } catch (error) {
      if (!(error instanceof ResourceFailed)) throw error;
      failed.add(logicalId);
      await held.saveResource({ ...resource, status: "DELETE_FAILED", reason: error.message });
      continue;
    }
    await held.save((record) => {
      const { [logicalId]: _gone, ...resources } = record.resources;
      return { ...record, resources };
    });
  }
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
