import { regionOf, server } from "../../../api/client.ts";
import type { WorkflowSettings, WorkflowTag } from "../designed-workflow.ts";

/** What can be changed of a workflow that is there, beside its definition. */
export type ChangedSetting = "role" | "logging" | "tracing" | "tags";

export function changedSettings(
  saved: WorkflowSettings,
  now: WorkflowSettings,
): readonly ChangedSetting[] {
  const isOther = (a: unknown, b: unknown) => JSON.stringify(a) !== JSON.stringify(b);
  return [
    ...(saved.roleArn === now.roleArn ? [] : (["role"] as const)),
    ...(isOther(saved.logging, now.logging) ? (["logging"] as const) : []),
    ...(saved.tracing === now.tracing ? [] : (["tracing"] as const)),
    ...(now.tags !== undefined && isOther(saved.tags, now.tags) ? (["tags"] as const) : []),
  ];
}

/** What takes tags from what they were to what they are to be. */
export function tagChanges(
  before: readonly WorkflowTag[],
  after: readonly WorkflowTag[],
): { readonly put: readonly WorkflowTag[]; readonly removed: readonly string[] } {
  const now = new Map(after.map(({ key, value }) => [key, value]));
  const was = new Map(before.map(({ key, value }) => [key, value]));
  return {
    put: [...now]
      .filter(([key, value]) => was.get(key) !== value)
      .map(([key, value]) => ({ key, value })),
    removed: [...was.keys()].filter((key) => !now.has(key)),
  };
}

/** Tags have operations of their own: UpdateStateMachine takes none. */
export async function saveTags(
  resourceArn: string,
  before: readonly WorkflowTag[],
  after: readonly WorkflowTag[],
): Promise<void> {
  const { put, removed } = tagChanges(before, after);
  const region = regionOf(resourceArn);
  if (removed.length > 0) {
    await server.call("UntagResource", { resourceArn, tagKeys: removed }, region);
  }
  if (put.length > 0) await server.call("TagResource", { resourceArn, tags: put }, region);
}
