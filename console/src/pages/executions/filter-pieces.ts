import {
  filterFields,
  filterText,
  isMemberField,
  parseFilter,
  type FilterField,
  type FilterTerm,
} from "../../../../src/console/filter.ts";

const judgedFields = ["status", "started", "duration", "waiting", "redrives", "parent"] as const;
export type FilterProblem = "field" | "value" | (typeof judgedFields)[number];

/** One term of a filter as it is written: a chip. */
export interface FilterPiece {
  readonly raw: string;
  readonly field: string;
  readonly value: string;
  readonly term?: FilterTerm;
  /** What is wrong with it; the search goes on without it. */
  readonly problem?: FilterProblem;
}

/** The same cut as `parseFilter` makes. */
const pieceForm = /(?:(?:[A-Za-z]+|(?:in|out)put\.[^\s":]+):)?(?:"(?:[^"\\]|\\.)*"?|\S+)/g;

export function piecesOf(text: string): readonly FilterPiece[] {
  return rawPieces(text).map(pieceOf);
}

export function rawPieces(text: string): readonly string[] {
  return text.match(pieceForm) ?? [];
}

function pieceOf(raw: string): FilterPiece {
  const { terms } = parseFilter(raw);
  const [term] = terms;
  const { field, rest } = cutField(raw);
  // To the language a field without a value is a word to look for; nobody means that.
  if (rest === "" && (isField(field) || isMemberField(field)))
    return { raw, field, value: "", problem: "value" };
  if (term !== undefined) return { raw, field: term.field, value: term.value, term };
  return { raw, field, value: rest, problem: problemOf(field) };
}

function cutField(raw: string): { readonly field: string; readonly rest: string } {
  const [, field = "", rest = raw] = /^([A-Za-z]+|(?:in|out)put\.[^\s":]+):(.*)$/s.exec(raw) ?? [];
  return { field: isMemberField(field) ? field : field.toLowerCase(), rest };
}

function problemOf(field: string): FilterProblem {
  return judgedFields.find((each) => each === field) ?? "field";
}

export function isField(name: string): name is FilterField {
  return filterFields.some((field) => field === name);
}

export function textOf(pieces: readonly Pick<FilterPiece, "raw">[]): string {
  return pieces.map(({ raw }) => raw).join(" ");
}

/** What is searched for: the pieces that say something. */
export function termsOf(text: string): readonly FilterTerm[] {
  return piecesOf(text).flatMap(({ term }) => (term === undefined ? [] : [term]));
}

/** Only the server knows where an execution is, and what its input was: a row does not say. */
function isForServer({ field }: FilterTerm): boolean {
  return field === "state" || isMemberField(field);
}

/** What a row can be asked. */
export function rowTermsOf(text: string): readonly FilterTerm[] {
  return termsOf(text).filter((term) => !isForServer(term));
}

export function asksServer(text: string): boolean {
  return termsOf(text).some(isForServer);
}

/** The same term twice says nothing more. */
export function withTerm(text: string, term: FilterTerm): string {
  const raw = filterText([term]);
  const pieces = piecesOf(text);
  return pieces.some((piece) => isSame(piece, term)) ? text : textOf([...pieces, { raw }]);
}

/** With these terms, and none else of their fields. */
export function withOnly(text: string, terms: readonly FilterTerm[]): string {
  const kept = piecesOf(text).filter(({ field }) => !terms.some((term) => term.field === field));
  return textOf([...kept, ...terms.map((term) => ({ raw: filterText([term]) }))]);
}

export function hasTerms(text: string, terms: readonly FilterTerm[]): boolean {
  const pieces = piecesOf(text);
  return terms.every((term) => pieces.some((piece) => isSame(piece, term)));
}

export function withoutTerms(text: string, terms: readonly FilterTerm[]): string {
  return textOf(piecesOf(text).filter((piece) => !terms.some((term) => isSame(piece, term))));
}

function isSame(piece: FilterPiece, { field, value }: FilterTerm): boolean {
  return piece.field === field && piece.value.toLowerCase() === value.toLowerCase();
}
