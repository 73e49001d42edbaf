import {
  LineCounter,
  parseAllDocuments,
  type CollectionTag,
  type Document,
  type ScalarTag,
} from "yaml";
import { maximumTemplateDepth } from "../limits.ts";
import { TemplateError, type TemplatePlace } from "../template.ts";
import { shortTags } from "./short-tags.ts";
import { placeText } from "./place-text.ts";

export interface YamlText {
  /** `undefined` for a text that says nothing. */
  readonly document: Document | undefined;
  readonly lineCounter: LineCounter;
}

/** Known to the parser, so that it warns of other tags only. */
const tags = Object.keys(shortTags).flatMap((tag): (ScalarTag | CollectionTag)[] => [
  { tag, resolve: (text: string) => text },
  { tag, collection: "map" },
  { tag, collection: "seq" },
]);

/** Parses a YAML text; its scalars stay as they were written: what a plain one means is decided by `yamlValue`. */
export function yamlDocument(text: string): YamlText {
  if (isNestedTooDeep(text)) throw tooDeep();
  const lineCounter = new LineCounter();
  const documents = parseAllDocuments(indentedBrackets(text), {
    ...options,
    lineCounter,
  }) as Document[];
  const [document, second] = documents;
  if (second !== undefined) throw notWellFormed(placeAt(lineCounter, second.range?.[0] ?? 0));
  // Other warnings are of style.
  const problem =
    document?.errors[0] ?? document?.warnings.find(({ code }) => code === "TAG_RESOLVE_FAILED");
  if (problem) throw notWellFormed(placeAt(lineCounter, problem.pos[0]));
  return { document, lineCounter };
}

const options = {
  schema: "failsafe",
  customTags: tags,
  logLevel: "silent",
  // Real templates have names twice, and the parser compares each with each other one.
  uniqueKeys: false,
  prettyErrors: false,
} as const;

/** How many brackets are indented. Our choice: each costs a parse. */
const maximumBrackets = 20;

/**
 * The text with closing brackets indented where the parser wants them to be, which adds blanks before them and changes no line.
 *
 * Observed: real templates end `KeyPolicy: {` with a bracket as far left as its name, which AWS's own readers take.
 */
function indentedBrackets(text: string): string {
  if (!lonelyBracket.test(text)) return text;
  let current = text;
  for (let count = 0; count < maximumBrackets; count++) {
    const [document] = parseAllDocuments(current, options) as Document[];
    const error = document?.errors[0];
    const at = error?.pos[0] ?? 0;
    if (error?.code !== "BAD_INDENT" || !/[\]}]/.test(current.charAt(at))) return current;
    const line = current.slice(current.lastIndexOf("\n", at) + 1, at);
    if (line.trim() !== "") return current;
    current = `${current.slice(0, at)}${" ".repeat(maximumTemplateDepth)}${current.slice(at)}`;
  }
  return current;
}

/** A line that begins with a closing bracket. */
const lonelyBracket = /^[ ]*[\]}]/m;

export function placeAt(lineCounter: LineCounter, offset: number): TemplatePlace {
  const { line, col } = lineCounter.linePos(offset);
  return { line, column: col };
}

export function notWellFormed(place: TemplatePlace): TemplateError {
  return new TemplateError(
    `Template format error: YAML not well-formed.${placeText(place)}`,
    [],
    place,
  );
}

export function tooDeep(place?: TemplatePlace): TemplateError {
  return new TemplateError(
    `Template format error: more than ${String(maximumTemplateDepth)} levels of nesting.${placeText(place)}`,
    [],
    place,
  );
}

/** Looked at before it is parsed: the parser takes half a minute and the whole stack for a text of nothing but brackets. */
function isNestedTooDeep(text: string): boolean {
  if (deepSequences.test(text)) return true;
  let depth = 0;
  for (const bracket of text.match(/[[\]{}]/g) ?? []) {
    depth += bracket === "[" || bracket === "{" ? 1 : -1;
    if (depth > 4 * maximumTemplateDepth) return true;
    if (depth < 0) depth = 0;
  }
  return false;
}

/** `- - - -`: sequences in each other on one line. */
const deepSequences = new RegExp(`^[ ]*(?:[-?] +){${String(maximumTemplateDepth)}}`, "m");
