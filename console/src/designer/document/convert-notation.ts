import { Lexer } from "yaml";
import type { DefinitionDocument, DefinitionFormat, DocumentNode } from "./definition-document.ts";
import { plainLayout } from "./layout.ts";
import { exactValue } from "./new-value.ts";
import { jsonNotation, printFlow } from "./print-flow.ts";
import { blockPrinter } from "./yaml/print-block.ts";

/** A text in another notation, and what of it the other has no place for. */
export interface ConvertedText {
  readonly text: string;
  /** Comments that JSON does not have. */
  readonly comments: number;
  /** Whether anchors were written out. */
  readonly hasAnchors: boolean;
}

/** A readable document in the notation: the same value, in the same order, with its numbers as they are written. */
export function convertNotation(
  document: DefinitionDocument,
  format: DefinitionFormat,
): ConvertedText | undefined {
  const { root, text } = document;
  if (root === undefined || document.faults.length > 0) return undefined;
  const value = exactValue(text, root);
  const isLost = document.format === "yaml" && format === "json";
  const printed =
    format === "json"
      ? printFlow(value, {
          layout: plainLayout,
          notation: jsonNotation,
          indent: "",
          mode: "lines",
        })
      : blockPrinter(plainLayout).value(value, "");
  return {
    text: `${printed}\n`,
    comments: isLost ? commentsIn(text) : 0,
    hasAnchors: isLost && hasAnchor(root),
  };
}

function commentsIn(text: string): number {
  let count = 0;
  for (const token of new Lexer().lex(text)) if (token.startsWith("#")) count++;
  return count;
}

function hasAnchor(node: DocumentNode): boolean {
  if (node.anchor !== undefined || node.kind === "alias") return true;
  if (node.kind === "array") return node.items.some(({ value }) => hasAnchor(value));
  return node.kind === "object" && node.members.some(({ value }) => hasAnchor(value));
}
