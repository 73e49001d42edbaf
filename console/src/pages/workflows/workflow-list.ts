import type { WorkflowFactsView, WorkflowRow } from "../../../../src/console/view-types.ts";
import type { WorkflowSort } from "./sort-workflows.ts";
import type { SortColumn } from "./workflows-search.ts";

/** A workflow with all that the list may show of it; without facts until they have been read. */
export interface ListedWorkflow extends WorkflowRow {
  readonly facts?: WorkflowFactsView;
}

export function listedWorkflows(
  rows: readonly WorkflowRow[],
  facts: readonly WorkflowFactsView[] | undefined,
): readonly ListedWorkflow[] {
  const byArn = new Map(facts?.map((each) => [each.stateMachineArn, each]));
  return rows.map((row) => {
    const found = byArn.get(row.stateMachineArn);
    return found === undefined ? row : { ...row, facts: found };
  });
}

/** Who answers for it: its tag `owner`, or else `team`, however they are spelled. */
export function ownerOf({ facts }: ListedWorkflow): string | undefined {
  const tags = Object.entries(facts?.tags ?? {});
  for (const wanted of ["owner", "team"]) {
    const tag = tags.find(([key]) => key.toLowerCase() === wanted);
    if (tag !== undefined) return tag[1];
  }
  return undefined;
}

/** A tag as it is written in a filter. */
export const tagText = (key: string, value: string): string => `${key}=${value}`;

/** Tags that people gave it: what the server keeps in tags says nothing to them. */
export function shownTags(
  tags: Readonly<Record<string, string>> | undefined,
): readonly (readonly [key: string, value: string])[] {
  return Object.entries(tags ?? {}).filter(([key]) => !/^(stepwell|aws):/.test(key));
}

export function tagsOf({ facts }: ListedWorkflow): readonly string[] {
  return Object.entries(facts?.tags ?? {}).map(([key, value]) => tagText(key, value));
}

/** What tags are grouped by: keys, and what stands before the last `:` or `/` in a key. */
export function tagGroups(rows: readonly ListedWorkflow[]): readonly string[] {
  const found = new Set<string>();
  for (const { facts } of rows) {
    for (const [key] of shownTags(facts?.tags)) {
      found.add(key);
      const prefix = /^(.+)[:/]/.exec(key)?.[1];
      if (prefix !== undefined) found.add(prefix);
    }
  }
  return [...found].sort((a, b) => a.localeCompare(b));
}

/** What a workflow is grouped under; `undefined` if it has no such tag. */
export function groupOf({ facts }: ListedWorkflow, by: string): string | undefined {
  const tags = Object.entries(facts?.tags ?? {});
  const exact = tags.find(([key]) => key === by);
  if (exact !== undefined) return exact[1];
  const below = tags
    .filter(([key]) => key.startsWith(`${by}:`) || key.startsWith(`${by}/`))
    .map(([key, value]) => tagText(key.slice(by.length + 1), value));
  return below.length === 0 ? undefined : below.join(", ");
}

/** Workflows that the text and the tag fit, in their order: those that are pinned first. */
export function sortedWorkflows(
  rows: readonly ListedWorkflow[],
  { filter, tag }: { readonly filter: string; readonly tag?: string | undefined },
  { column, isDescending }: WorkflowSort,
  pins: ReadonlySet<string> = new Set(),
): readonly ListedWorkflow[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const found = rows.filter((row) => {
    const tags = tagsOf(row);
    if (tag !== undefined && !tags.includes(tag)) return false;
    const whole = [row.name, row.type, row.stateMachineArn, ...tags].join(" ").toLowerCase();
    return words.every((word) => whole.includes(word));
  });
  const sign = isDescending ? -1 : 1;
  return found.sort((a, b) => {
    const isFirst = Number(pins.has(b.stateMachineArn)) - Number(pins.has(a.stateMachineArn));
    if (isFirst !== 0) return isFirst;
    const [left, right] = [sortValue(a, column), sortValue(b, column)];
    // What has no value is last in either direction.
    if (left === undefined || right === undefined) {
      if (left !== right) return left === undefined ? 1 : -1;
    } else if (left !== right) return (left < right ? -1 : 1) * sign;
    return a.name.localeCompare(b.name);
  });
}

function sortValue(row: ListedWorkflow, column: SortColumn): string | number | undefined {
  switch (column) {
    case "name":
      return row.name.toLowerCase();
    case "started":
      return row.started.reduce((sum, count) => sum + count, 0);
    case "owner":
      return ownerOf(row)?.toLowerCase();
    case "updated":
      return row.facts?.updatedAt;
    default:
      return row[column];
  }
}
