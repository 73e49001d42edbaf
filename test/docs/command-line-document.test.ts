import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { commandSource, helpOf } from "./command-help.ts";
import { readDocument, root } from "./document.ts";

const path = join(root, "docs/cli.md");

/** The commands in the order in which `stepwell --help` has them. */
const commands = [
  ...readFileSync(join(root, "src/cli/main.ts"), "utf8").matchAll(/^ {2}(\w+): async \(\) =>/gm),
].map(([, name = ""]) => name);

test("docs/cli.md has a part for each command, which begins with its help", async () => {
  expect(commands.length).toBeGreaterThan(15);
  const parts = readDocument("docs/cli.md").headings.filter(({ text }) =>
    text.startsWith("stepwell "),
  );
  expect(parts.map(({ text }) => text)).toEqual(commands.map((name) => `stepwell ${name}`));
  let now = readFileSync(path, "utf8");
  for (const command of commands) {
    const help = helpOf(command);
    const block = new RegExp(`(^## stepwell ${command}\n\n\`\`\`text\n)[^]*?(^\`\`\`$)`, "m");
    expect(now).toMatch(block);
    now = now.replace(block, (_, before: string, after: string) => before + help + after);
  }
  await expect(now).toMatchFileSnapshot(path);
});

test.each(commands)("the help of %s has each option that it takes, and no other", (command) => {
  const source = commandSource(command);
  const [table = ""] = /parseArguments\(args, \{[^]*?\n {4}\}\)/.exec(source) ?? [];
  const taken = [...table.matchAll(/^ {6}"?([a-z-]+)"?: \{ type:/gm)].map(([, name = ""]) => name);
  expect(taken.length).toBeGreaterThan(0);
  const help = helpOf(command);
  const inHelp = new Set(
    [...help.matchAll(/--([a-z]+(?:-[a-z]+)*)/g)].map(([, name = ""]) => name),
  );
  const isTaken = (name: string): boolean => taken.includes(name.replace(/^no-/, ""));
  expect(taken.filter((name) => !inHelp.has(name) && !inHelp.has(`no-${name}`))).toEqual([]);
  // Every command has the first; the others are those of rsvg-convert.
  const elsewhere = ["help", ...(command === "graph" ? ["zoom", "output"] : [])];
  expect([...inHelp].filter((name) => !isTaken(name) && !elsewhere.includes(name))).toEqual([]);
});
