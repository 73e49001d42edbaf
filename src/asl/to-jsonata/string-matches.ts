import { piecesBetweenStars } from "../../expression/string-matches.ts";
import { escapedPattern } from "./literal.ts";

/** What a pattern of StringMatches asks of a text. */
export type TextTest =
  | { readonly type: "equal" | "contains"; readonly text: string }
  | { readonly type: "any" }
  /** A regular expression with its slashes. */
  | { readonly type: "pattern"; readonly source: string };

/** A pattern in which `*` stands for any text; `undefined` for one with a dangling backslash. */
export function stringMatches(pattern: string): TextTest | undefined {
  const pieces = piecesBetweenStars(pattern);
  if (pieces === undefined) return undefined;
  const [first = "", ...others] = pieces;
  const last = others.pop();
  if (last === undefined) return { type: "equal", text: first };
  const middle = others.filter((piece) => piece !== "");
  if (first === "" && last === "") {
    const [only] = middle;
    if (only === undefined) return { type: "any" };
    if (middle.length === 1) return { type: "contains", text: only };
  }
  const start = first === "" ? "" : `^${escapedPattern(first)}`;
  const end = last === "" ? "" : `${escapedPattern(last)}$`;
  const parts = [start, ...middle.map(escapedPattern), end].filter((part) => part !== "");
  return { type: "pattern", source: `/${parts.join("[\\s\\S]*")}/` };
}
