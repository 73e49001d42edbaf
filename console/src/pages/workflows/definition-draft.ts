import { store, stored } from "../../app/preferences.ts";

/** A text that is being edited, and the definition that it began with. */
export interface DefinitionDraft {
  readonly text: string;
  readonly base: string;
}

/** Our choice: a browser keeps some 5 MB for all of a site; what is longer is kept as long as its page is open. */
const longestKept = 300_000;

const nameOf = (stateMachineArn: string) => `draft.${stateMachineArn}`;

/** What was typed before and neither saved nor discarded. */
export function keptDraft(stateMachineArn: string): DefinitionDraft | undefined {
  try {
    const draft = JSON.parse(stored(nameOf(stateMachineArn)) ?? "null") as unknown;
    return isDraft(draft) ? draft : undefined;
  } catch {
    return undefined;
  }
}

/** `undefined`, or a text that is what it began with: there is nothing to keep. */
export function keepDraft(stateMachineArn: string, draft: DefinitionDraft | undefined): void {
  const isWorth =
    draft !== undefined && draft.text !== draft.base && draft.text.length <= longestKept;
  store(nameOf(stateMachineArn), isWorth ? JSON.stringify(draft) : "");
}

function isDraft(value: unknown): value is DefinitionDraft {
  if (typeof value !== "object" || value === null) return false;
  const { text, base } = value as Partial<DefinitionDraft>;
  return typeof text === "string" && typeof base === "string";
}
