import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

export const root = join(import.meta.dirname, "../..");

/** A page of the documentation, by what a test looks at. */
export interface Document {
  /** From the root of the checkout. */
  readonly path: string;
  readonly text: string;
  readonly headings: readonly { readonly depth: number; readonly text: string }[];
  readonly blocks: readonly { readonly language: string; readonly code: string }[];
  /** Where its links and images lead, as they are written. */
  readonly links: readonly string[];
}

export function readDocument(path: string): Document {
  const text = readFileSync(join(root, path), "utf8");
  const blocks = [...text.matchAll(/^( *)```(\w*)[^\n]*\n([^]*?)^ *```$/gm)].map(
    ([, indent = "", language = "", code = ""]) => ({
      language,
      code: code.replaceAll(new RegExp(`^${indent}`, "gm"), ""),
    }),
  );
  const prose = text.replaceAll(/^ *```[^]*?^ *```$/gm, "");
  return {
    path,
    text,
    headings: [...prose.matchAll(/^(#+) (.+)$/gm)].map(([, marks = "", title = ""]) => ({
      depth: marks.length,
      text: title,
    })),
    blocks,
    links: [...prose.replaceAll(/`[^`\n]*`/g, "").matchAll(/\]\(([^)\s]+)\)/g)].map(
      ([, target = ""]) => target,
    ),
  };
}

/** All pages for people: those at the root, and docs. */
export function allDocuments(): readonly Document[] {
  const atRoot = readdirSync(root).filter((name) => name.endsWith(".md"));
  const inDocs = readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md"))
    .map((name) => join("docs", name));
  return [...atRoot, ...inDocs].sort().map(readDocument);
}

/** Commands of the page's shell blocks, each on one line, without remarks. */
export function commandsOf({ blocks }: Pick<Document, "blocks">): readonly string[] {
  return blocks
    .filter(({ language }) => language === "sh")
    .flatMap(({ code }) => code.replaceAll(/ *\\\n\s*/g, " ").split("\n"))
    .map((line) => line.replace(/(^|\s+)#.*$/, "").trim())
    .filter((line) => line !== "");
}

/** The words of a line as a shell would read it: quotes, and no more than that. */
export function wordsOf(line: string): readonly string[] {
  const words = line.match(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g) ?? [];
  return words.map((word) => word.replaceAll(/"([^"]*)"|'([^']*)'/g, "$1$2"));
}
