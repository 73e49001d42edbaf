import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { helpOf } from "./command-help.ts";
import { allDocuments, commandsOf, readDocument, root, wordsOf } from "./document.ts";

const documents = allDocuments();

/** What GitHub makes of a heading. */
function anchorOf(heading: string): string {
  return heading
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, "$1")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
    .trim()
    .replaceAll(/\s/g, "-");
}

test("each link of each page leads to a file that there is, and to a heading in it", () => {
  const broken = documents.flatMap(({ path, links }) =>
    links
      .filter((link) => !/^(https?|mailto):/.test(link))
      .filter((link) => {
        const [file = "", anchor] = link.split("#");
        const target = file === "" ? path : join(dirname(path), file);
        if (!existsSync(join(root, target))) return true;
        if (anchor === undefined || !target.endsWith(".md")) return false;
        const { headings } = readDocument(target);
        return !headings.some(({ text }) => anchorOf(text) === anchor);
      })
      .map((link) => `${path}: ${link}`),
  );
  expect(broken).toEqual([]);
});

test("the navigation of the site names all pages, each once", () => {
  const navigation = readFileSync(join(root, "site/.vitepress/config.ts"), "utf8");
  const pages = documents.flatMap(({ path }) => /^docs\/([\w-]+)[.]md$/.exec(path)?.[1] ?? []);
  const [parts = ""] = /const parts[^]*?\n\];/.exec(navigation) ?? [];
  const named = [...parts.matchAll(/"([a-z-]+)"/g)].map(([, name = ""]) => name);
  expect(new Set(named).size).toBe(named.length);
  expect(named.toSorted()).toEqual(pages.toSorted());
});

/** Command lines of Stepwell within a command of a page, without what starts it. */
function stepwellCommands(line: string): readonly (readonly string[])[] {
  return line.split(/ (?:&&|\|\||[|;]) /).flatMap((part) => {
    const command =
      /^(?:\w+=\S+ )*(?:npx |npm run -s )?stepwell (?:-- )?(.*)$/.exec(part.trim())?.[1] ??
      /^npm (start.*)$/.exec(part.trim())?.[1]?.replace(" -- ", " ");
    return command === undefined ? [] : [wordsOf(command)];
  });
}

test("each command of Stepwell that a page names is one, with options that it has", () => {
  const wrong: string[] = [];
  let looked = 0;
  for (const { path, blocks } of documents) {
    for (const line of commandsOf({ blocks })) {
      for (const [command = "", ...args] of stepwellCommands(line)) {
        looked++;
        if (command.startsWith("-") || /^[A-Z]/.test(command)) continue;
        const help = helpOf(command);
        if (help === "") wrong.push(`${path}: no command '${command}': ${line}`);
        const end = args.indexOf("--");
        for (const arg of args.slice(0, end === -1 ? args.length : end)) {
          const option = /^--[a-z][a-z-]*/.exec(arg)?.[0];
          if (option !== undefined && !new RegExp(`${option}\\b(?!-)`).test(help)) {
            wrong.push(`${path}: ${command} has no ${option}: ${line}`);
          }
        }
      }
    }
  }
  expect(wrong).toEqual([]);
  expect(looked).toBeGreaterThan(35);
});

test.each([
  ["README.md", "README.ko.md"],
  ["docs/getting-started.md", "docs/ko/getting-started.md"],
])("%s and %s have the same headings, commands and links", (english, korean) => {
  const [en, ko] = [readDocument(english), readDocument(korean)];
  expect(ko.headings.map(({ depth }) => depth)).toEqual(en.headings.map(({ depth }) => depth));
  // Remarks in a command are a language's own.
  expect(commandsOf(ko)).toEqual(commandsOf(en));
  const code = ({ blocks }: typeof en) => blocks.filter(({ language }) => language !== "sh");
  expect(code(ko)).toEqual(code(en));
  const targets = ({ path, links }: typeof en) =>
    new Set(links.map((link) => (link.startsWith("http") ? link : join(dirname(path), link))));
  const others = (of: typeof en) =>
    [...targets(of)].map((target) => target.replace(/[.]ko[.](md|png)$/, ".$1")).sort();
  const unlinked = (target: string) => target !== "README.md" && !/getting-started/.test(target);
  expect(others(ko).filter(unlinked)).toEqual(others(en).filter(unlinked));
});
