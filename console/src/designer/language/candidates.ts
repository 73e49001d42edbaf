import type { DefinitionDocument, DocumentNode, Path } from "../document/definition-document.ts";
import { locate, resolved } from "../document/tree.ts";
import type { CursorPlace } from "./cursor-place.ts";
import { errorNames, fieldWords } from "./field-values.ts";
import { placeAt, type KnownPlace } from "./place-kind.ts";
import {
  comparisons,
  fieldsOf,
  objectFields,
  oldNames,
  stateTypes,
  type StateType,
  type WrittenLanguage,
} from "./state-fields.ts";

/** What may stand at a cursor of a definition. */
export type TextCandidate =
  | { readonly kind: "field"; readonly label: string; readonly isRequired?: boolean }
  /** A new state of this type, with its name. */
  | { readonly kind: "newState"; readonly label: StateType }
  | { readonly kind: "state" | "type" | "word" | "error"; readonly label: string }
  | { readonly kind: "literal"; readonly label: string };

/** What is known beside the text: the members that an action takes. */
export interface KnownActions {
  readonly members: (
    resource: string,
  ) => readonly { readonly name: string; readonly isRequired: boolean }[];
}

/** Fields, targets in scope, types and words, by the place of the cursor. `Resource` and expressions are for others. */
export function textCandidates(
  document: DefinitionDocument,
  place: CursorPlace,
  actions: KnownActions,
): readonly TextCandidate[] {
  const known = placeAt(place.holder);
  return place.part === "key"
    ? keyCandidates(document, place, known, actions)
    : valueCandidates(document, place, known);
}

function keyCandidates(
  document: DefinitionDocument,
  { holder }: CursorPlace,
  known: KnownPlace,
  actions: KnownActions,
): readonly TextCandidate[] {
  if (known.kind === "states") {
    return stateTypes.map((label) => ({ kind: "newState", label }));
  }
  const present = new Set(namesAt(document, holder));
  const language = languageAt(document, known.state);
  return fieldsAt(document, holder, known, language, actions).filter(
    ({ label }) => !present.has(label),
  );
}

const field = (label: string): TextCandidate => ({ kind: "field", label });

function fieldsAt(
  document: DefinitionDocument,
  holder: Path,
  { kind, state }: KnownPlace,
  language: WrittenLanguage,
  actions: KnownActions,
): readonly TextCandidate[] {
  switch (kind) {
    case "workflow":
    case "branch":
    case "processor":
    case "processorConfig":
    case "retrier":
      return objectFields[kind].map(field);
    case "state": {
      const type = textAt(document, [...holder, "Type"]) ?? "";
      return fieldsOf(type, language)
        .filter((name) => !oldNames.has(name))
        .map(field);
    }
    case "catcher":
      return objectFields[`catcher${language}`].map(field);
    case "rule":
      return language === "JSONata"
        ? objectFields.ruleJSONata.map(field)
        : ["Variable", ...comparisons, "And", "Or", "Not", "Next", "Assign", "Comment"].map(field);
    case "value": {
      const isCall = /^(?:Arguments|Parameters)$/.test(String(holder.at(-1)));
      if (state === undefined || !isCall || holder.length !== state.length + 1) return [];
      const resource = textAt(document, [...state, "Resource"]) ?? "";
      return actions
        .members(resource)
        .map(({ name, isRequired }) => ({ kind: "field", label: name, isRequired }));
    }
    default:
      return [];
  }
}

function valueCandidates(
  document: DefinitionDocument,
  { name, holder }: CursorPlace,
  { kind, scope, state }: KnownPlace,
): readonly TextCandidate[] {
  if (kind === "errorNames") return errorNames.map((label) => ({ kind: "error", label }));
  const isFlow = kind === "state" || kind === "rule" || kind === "catcher";
  if (name === "Type" && kind === "state")
    return stateTypes.map((label) => ({ kind: "type", label }));
  if (isFlow && (name === "Next" || name === "Default")) {
    const own = state?.at(-1);
    return namesAt(document, [...scope, "States"])
      .filter((label) => label !== own)
      .map((label) => ({ kind: "state", label }));
  }
  if (name === "StartAt" && (kind === "workflow" || kind === "branch" || kind === "processor")) {
    return namesAt(document, [...holder, "States"]).map((label) => ({ kind: "state", label }));
  }
  if (name === "End" && kind === "state") return [{ kind: "literal", label: "true" }];
  const words = kind === "value" ? undefined : fieldWords[String(name)];
  return (words ?? []).map((label) => ({ kind: "word", label }));
}

/** The language that a state is written in, also in a text with faults. */
export function languageAt(document: DefinitionDocument, state: Path | undefined): WrittenLanguage {
  const own = state && textAt(document, [...state, "QueryLanguage"]);
  const said = own ?? textAt(document, ["QueryLanguage"]);
  return said === "JSONata" ? "JSONata" : "JSONPath";
}

/** The text at a path, as far as the document could be read. */
export function textAt(document: DefinitionDocument, path: Path): string | undefined {
  const node = nodeAt(document, path);
  return node?.kind === "scalar" && typeof node.value === "string" ? node.value : undefined;
}

export function namesAt(document: DefinitionDocument, path: Path): readonly string[] {
  const node = nodeAt(document, path);
  return node?.kind === "object" ? node.members.map(({ name }) => name) : [];
}

function nodeAt(document: DefinitionDocument, path: Path): DocumentNode | undefined {
  const found = document.root && locate(document.root, path);
  return found && resolved(found.node);
}
