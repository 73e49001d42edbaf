import type { Candidate, Completion, CompletionQuestion, SampleData } from "./candidate.ts";
import { jsonataCandidates } from "./function-candidates.ts";
import { jsonataTokens, type Token } from "./jsonata-tokens.ts";
import { itemsOf, type Values, valuesBefore } from "./jsonata-values.ts";
import { ranked } from "./ranked.ts";
import { membersOfAll, sampleOf } from "./sample.ts";

const keywords = ["and", "or", "in", "true", "false", "null", "function"] as const;

/** What may stand at the cursor of a JSONata text (without its delimiters). */
export function completeJsonata(question: CompletionQuestion): Completion | undefined {
  const { text, cursor } = question;
  const tokens = jsonataTokens(text.slice(0, cursor));
  const last = tokens.at(-1);
  if (last?.kind === "string" && last.isOpen) return undefined;
  const isWritten =
    last !== undefined &&
    last.to === cursor &&
    (last.kind === "name" || last.kind === "variable" || last.isOpen === true);
  const before = isWritten ? tokens.slice(0, -1) : tokens;
  const written = isWritten ? last : undefined;
  // A comment or a number goes on.
  if (!isWritten && last?.kind === "number" && last.to === cursor) return undefined;
  const candidates = candidatesAt(question, before, written);
  const from = written?.from ?? cursor;
  const typed = written === undefined ? "" : text.slice(from, cursor).replace(/^`/, "");
  return { from, candidates: ranked(candidates, typed) };
}

function candidatesAt(
  question: CompletionQuestion,
  before: readonly Token[],
  written: Token | undefined,
): readonly Candidate[] {
  const { text, cursor, data, allowed = [] } = question;
  const { values, isStep } = valuesBefore(before, data);
  if (isStep && isStates(before.slice(0, -1))) return statesCandidates(data, allowed);
  const members = values === undefined ? [] : memberCandidates(values);
  if (isStep || written?.kind === "quotedName") return members;
  const isCalled = text.charAt(cursor) === "(";
  const called = jsonataCandidates(isCalled);
  if (written?.kind === "variable") return [...variableCandidates(text, data, values), ...called];
  const words = keywords.map((label) => ({ label, kind: "keyword", insert: label }) as const);
  return [...members, ...variableCandidates(text, data, values), ...called, ...words];
}

function isStates(tokens: readonly Token[]): boolean {
  const last = tokens.at(-1);
  return last?.kind === "variable" && last.text === "states";
}

/** The members of `$states` that the field may read, whether the sample has them or not. */
function statesCandidates(
  data: SampleData,
  allowed: NonNullable<CompletionQuestion["allowed"]>,
): readonly Candidate[] {
  return (["input", ...allowed, "context"] as const).map((label) => ({
    label,
    kind: "root",
    insert: label,
    doc: `root:${label}`,
    ...(data[label] !== undefined && { sample: sampleOf(data[label]) }),
  }));
}

function memberCandidates(values: Values): readonly Candidate[] {
  return [...membersOfAll(itemsOf(values))].flatMap(([name, value]) => {
    const insert = written(name);
    if (insert === undefined) return [];
    return [{ label: name, kind: "member", insert, sample: sampleOf(value) } as const];
  });
}

const operatorWords: ReadonlySet<string> = new Set(["and", "or", "in", "true", "false", "null"]);

/** A name as a path has it; `undefined` for what JSONata cannot write. */
function written(name: string): string | undefined {
  if (/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name) && !operatorWords.has(name)) return name;
  return name === "" || name.includes("`") ? undefined : `\`${name}\``;
}

/** The machine's variables, `$states`, `$` where there is a context item, and what the text binds itself. */
function variableCandidates(
  text: string,
  data: SampleData,
  values: Values | undefined,
): readonly Candidate[] {
  const { variables = {} } = data;
  const assigned = Object.entries(variables).map(([name, value]) => ({
    label: `$${name}`,
    kind: "variable" as const,
    insert: `$${name}`,
    sample: sampleOf(value),
  }));
  const own = boundNames(text)
    .filter((name) => !Object.hasOwn(variables, name))
    .map((name) => ({ label: `$${name}`, kind: "variable" as const, insert: `$${name}` }));
  const item = {
    label: "$",
    kind: "root",
    insert: "$",
    doc: "root:item",
    ...(values?.[0] !== undefined && { sample: sampleOf(values[0]) }),
  } as const;
  const states = { label: "$states", kind: "root", insert: "$states", doc: "root:states" } as const;
  return [states, ...assigned, ...own, ...(values === undefined ? [] : [item])];
}

/** Names that a text gives values to: `$x := …`, `function($x, $y)`. */
function boundNames(text: string): readonly string[] {
  const bound = [...text.matchAll(/\$([\p{L}_][\p{L}\p{N}_]*)\s*:=/gu)].map(([, name]) => name);
  const parameters = [...text.matchAll(/(?:function|λ)\s*\(([^()]*)\)/gu)].flatMap(
    ([, list = ""]) => [...list.matchAll(/\$([\p{L}_][\p{L}\p{N}_]*)/gu)].map(([, name]) => name),
  );
  const names = [...bound, ...parameters].filter((name) => name !== undefined);
  return [...new Set(names)];
}
