import type { StackStatus } from "../stacks/stack-status.ts";
import type { ChangeTools } from "./change-tools.ts";
import { deleteAll, deleteLeftovers } from "./delete-resources.ts";
import { importsElsewhere } from "./exports.ts";
import { goForward } from "./go-forward.ts";
import { type HeldStack, StackLost } from "./held-stack.ts";
import { ResourceFailed, wordsOf } from "./make-resource.ts";
import { rollBack } from "./roll-back.ts";

/**
 * Performs a stack's change from where its record says that it is, to its end: done, undone, or failed in such a way that it can go on. Each
 * step is stored before the next, so that another process can go on with it.
 */
export async function performChange(held: HeldStack, tools: ChangeTools): Promise<void> {
  try {
    if (held.change.kind === "delete") await performDeletion(held, tools);
    else await performUpdate(held, tools);
  } catch (error) {
    if (!(error instanceof StackLost)) throw error;
  } finally {
    held.letGo();
  }
}

async function performUpdate(held: HeldStack, tools: ChangeTools): Promise<void> {
  const isCreation = held.change.kind === "create";
  if (held.change.phase === "forward") {
    try {
      await goForward(held, tools);
    } catch (error) {
      if (error instanceof StackLost) throw error;
      if (!(await afterFailure(held, error))) return;
    }
  }
  if (held.change.phase === "rollBack") return performRollBack(held, tools);
  if (isCreation) return complete(held, "CREATE_COMPLETE");
  if (held.record.status !== "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS") {
    await held.saveStatus("UPDATE_COMPLETE_CLEANUP_IN_PROGRESS");
  }
  await deleteLeftovers(held, tools);
  await complete(held, "UPDATE_COMPLETE");
}

/** Whether there is something to be undone. */
async function afterFailure(held: HeldStack, error: unknown): Promise<boolean> {
  const { change, record } = held;
  const failure = failureText(error);
  const isCreation = change.kind === "create";
  if (change.onFailure === "DO_NOTHING") {
    await complete(held, isCreation ? "CREATE_FAILED" : "UPDATE_FAILED", failure);
    return false;
  }
  const status = isCreation ? "ROLLBACK_IN_PROGRESS" : "UPDATE_ROLLBACK_IN_PROGRESS";
  await held.saveStatus(status, failure, () => ({
    ...record,
    change: { ...change, phase: "rollBack", failure },
  }));
  return true;
}

/** *Observed*: the words for it. */
function failureText(error: unknown): string {
  if (!(error instanceof ResourceFailed)) return wordsOf(error);
  return `The following resource(s) failed to ${error.verb}: [${error.logicalId}]. `;
}

async function performRollBack(held: HeldStack, tools: ChangeTools): Promise<void> {
  const { kind, onFailure, failure } = held.change;
  try {
    if (kind === "create") {
      const failed = await deleteAll(held, tools, true);
      if (failed.length > 0) throw new Error(failedToDelete(failed));
    } else await rollBack(held, tools);
  } catch (error) {
    if (error instanceof StackLost) throw error;
    const status = kind === "create" ? "ROLLBACK_FAILED" : "UPDATE_ROLLBACK_FAILED";
    return pause(held, status, failureText(error));
  }
  if (kind === "update") {
    await held.saveStatus("UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS");
    await deleteLeftovers(held, tools);
    return complete(held, "UPDATE_ROLLBACK_COMPLETE", failure);
  }
  await complete(held, "ROLLBACK_COMPLETE", failure);
  if (onFailure === "DELETE") {
    await held.saveStatus("DELETE_COMPLETE", failure);
    await held.bury();
  }
}

async function performDeletion(held: HeldStack, tools: ChangeTools): Promise<void> {
  const { store } = tools;
  const [used] = await importsElsewhere(held.record, store);
  if (used !== undefined) {
    const [name, users] = used;
    const reason = `Export ${name} cannot be deleted as it is in use by ${users.join(" and ")}`;
    return complete(held, "DELETE_FAILED", reason);
  }
  const failed = await deleteAll(held, tools, false);
  if (failed.length > 0) return complete(held, "DELETE_FAILED", failedToDelete(failed));
  const { region, outputs } = held.record;
  for (const { exportName } of outputs) {
    if (exportName !== undefined) await store.deleteExport(region, exportName);
  }
  await held.saveStatus("DELETE_COMPLETE", undefined, (record) => ({
    ...record,
    deletedAt: tools.clock.now(),
    change: undefined,
  }));
  await held.bury();
}

function failedToDelete(failed: readonly string[]): string {
  return `The following resource(s) failed to delete: [${failed.join(", ")}]. `;
}

function complete(held: HeldStack, status: StackStatus, reason?: string): Promise<void> {
  return held.saveStatus(status, reason, (record) => ({ ...record, change: undefined }));
}

/** It goes no further by itself; somebody may let it go on (`ContinueUpdateRollback`). */
function pause(held: HeldStack, status: StackStatus, reason: string): Promise<void> {
  return held.saveStatus(status, reason);
}
