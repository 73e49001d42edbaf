import type { TestCase } from "../../../../../src/console/view-types.ts";
import { store, stored } from "../../../app/preferences.ts";
import type { WorkflowSettings } from "../designed-workflow.ts";
import { designerModes, type DesignerMode } from "../designer-search.ts";
import type { SavedDefinition } from "./saved-definition.ts";

/** A text that is not saved, and all that it is to be opened again with. */
export interface KeptDraft {
  readonly text: string;
  readonly saved: SavedDefinition;
  readonly mode: DesignerMode;
  /** Of a new workflow; those of another are on the server. */
  readonly cases: readonly TestCase[];
  /** Absent: they are as they are saved. */
  readonly settings?: WorkflowSettings;
  /** When it was changed last, in milliseconds since the epoch. */
  readonly at: number;
}

export interface DraftName {
  /** What {@link keepDraft} was given: an ARN, or `new:` and a starter. */
  readonly key: string;
  readonly at: number;
}

/** Our choices: a browser keeps some 5 MB for all of a site. */
const longestKept = 600_000;
const mostKept = 12;

const nameOf = (key: string) => `design.${key}`;
const listName = "designs";
const newPrefix = "new:";

/** What a draft of a workflow that is new is kept as. */
export function newDraftKey(starter: string): string {
  return newPrefix + starter;
}

/** The starter of a draft, if it is one of a new workflow. */
export function starterOfDraft(key: string): string | undefined {
  return key.startsWith(newPrefix) ? key.slice(newPrefix.length) : undefined;
}

export function keptDraft(key: string): KeptDraft | undefined {
  const value = parsed(stored(nameOf(key)));
  if (!isRecord(value) || !isRecord(value["saved"])) return undefined;
  const { text, at, mode, cases, settings } = value;
  const { text: savedText, definition, revisionId } = value["saved"];
  const texts = [text, savedText, definition, revisionId];
  if (!texts.every((each) => typeof each === "string") || typeof at !== "number") return undefined;
  return {
    text: text as string,
    saved: { text: savedText, definition, revisionId } as SavedDefinition,
    mode: designerModes.find((each) => each === mode) ?? "design",
    cases: Array.isArray(cases) ? (cases as readonly TestCase[]) : [],
    ...(isSettings(settings) && { settings }),
    at,
  };
}

/** Keeps a draft, and lets go of the oldest; whether the browser has taken it. */
export function keepDraft(key: string, draft: KeptDraft): boolean {
  const kept = JSON.stringify(draft);
  if (kept.length > longestKept) {
    dropDraft(key);
    return false;
  }
  store(nameOf(key), kept);
  const names = [{ key, at: draft.at }, ...keptDrafts().filter((each) => each.key !== key)];
  for (const old of names.slice(mostKept)) store(nameOf(old.key), "");
  store(listName, JSON.stringify(names.slice(0, mostKept)));
  return stored(nameOf(key)) === kept;
}

export function dropDraft(key: string): void {
  if (!stored(nameOf(key))) return;
  store(nameOf(key), "");
  store(listName, JSON.stringify(keptDrafts().filter((each) => each.key !== key)));
}

/** The newest first. */
export function keptDrafts(): readonly DraftName[] {
  const list = parsed(stored(listName));
  if (!Array.isArray(list)) return [];
  return list.filter(
    (each): each is DraftName =>
      isRecord(each) && typeof each["key"] === "string" && typeof each["at"] === "number",
  );
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? "null") as unknown;
  } catch {
    return null;
  }
}

function isSettings(value: unknown): value is WorkflowSettings {
  if (!isRecord(value)) return false;
  const { name, type, roleArn, logging, tracing } = value;
  const areTexts = [name, roleArn].every((each) => typeof each === "string");
  const isType = type === "STANDARD" || type === "EXPRESS";
  return areTexts && isType && isRecord(logging) && typeof tracing === "boolean";
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
