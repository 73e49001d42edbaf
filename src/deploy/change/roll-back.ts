import { putExports } from "./exports.ts";
import type { DoneStep, ResourceRecord } from "../stacks/stack-record.ts";
import { type ChangeTools, withProgress } from "./change-tools.ts";
import { inOrderOfRemoval } from "./delete-resources.ts";
import type { HeldStack } from "./held-stack.ts";
import { deleteResource, restoreResource } from "./make-resource.ts";
import { sideBySide } from "./side-by-side.ts";

/** Undoes what has been done: each when all that depends on it has been undone. What cannot be undone ends it; it can go on later. */
export async function rollBack(held: HeldStack, tools: ChangeTools): Promise<void> {
  const steps = inOrderOfRemoval(held.change.done, ({ logicalId, before }) => ({
    key: logicalId,
    name: logicalId,
    dependencies: [
      ...(held.record.resources[logicalId]?.dependencies ?? []),
      ...(before?.dependencies ?? []),
    ],
  }));
  await sideBySide(steps, ({ item }) => undo(held, item, tools));
  // Other stacks may have seen what was exported for a moment.
  await putExports({ ...held.record, outputs: [] }, held.record.outputs, tools.store);
}

async function undo(
  held: HeldStack,
  { logicalId, before, isReplaced }: DoneStep,
  tools: ChangeTools,
): Promise<void> {
  const attempted = held.record.resources[logicalId];
  const isSkipped = held.change.skipped.includes(logicalId);
  const isNew = before === undefined || isReplaced === true;
  if (attempted !== undefined && !isSkipped) {
    if (isNew) await undoCreation(held, attempted, tools);
    else {
      const restored = await restoreResource(held, attempted, before, tools);
      // *Documented*, of custom resources: what has another id now leaves one behind that is to be deleted.
      const isAnother = restored.physicalId !== attempted.physicalId;
      await held.saveResource(restored, (change) => ({
        ...withProgress(`restore ${logicalId}`, undefined)(change),
        ...(isAnother && { leftovers: [...change.leftovers, attempted] }),
      }));
    }
  }
  await undone(held, logicalId, isReplaced || isSkipped ? before : undefined, before === undefined);
}

async function undoCreation(
  held: HeldStack,
  attempted: ResourceRecord,
  tools: ChangeTools,
): Promise<void> {
  if (attempted.deletionPolicy === "Retain" && attempted.status === "CREATE_COMPLETE") {
    const { logicalId, physicalId, type } = attempted;
    return held.event({ logicalId, physicalId, type, status: "DELETE_SKIPPED" });
  }
  await deleteResource(held, attempted, tools);
}

function undone(
  held: HeldStack,
  logicalId: string,
  before: ResourceRecord | undefined,
  isGone: boolean,
): Promise<void> {
  return held.save((record) => {
    const { [logicalId]: _gone, ...others } = record.resources;
    const resources =
      before !== undefined
        ? { ...others, [logicalId]: before }
        : isGone
          ? others
          : record.resources;
    return {
      ...record,
      resources,
      change: {
        ...held.change,
        done: held.change.done.filter((step) => step.logicalId !== logicalId),
      },
    };
  });
}
