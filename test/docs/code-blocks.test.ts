import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import { ownServer } from "../api/own-server.ts";
import { allDocuments, type Document, readDocument, root } from "./document.ts";

const isCode = (language: string): boolean =>
  /^(?:[cm]?[jt]s|javascript|typescript)$/.test(language);

function codeOf({ blocks }: Pick<Document, "blocks">): readonly string[] {
  return blocks.filter(({ language }) => isCode(language)).map(({ code }) => code);
}

/** Pages whose code is a file that `npm run types` checks. */
const wholeFiles: readonly (readonly [page: string, file: string])[] = [
  ["docs/embedding.md", "examples/embedding/embed.ts"],
  ["docs/testing.md", "examples/embedding/orders.test.ts"],
  ["docs/workers.md", "examples/embedding/worker.ts"],
];

/** Pages whose code is of files from which lines are left out. */
const partsOfFiles: readonly (readonly [page: string, files: readonly string[]])[] = [
  [
    "docs/adding-an-integration.md",
    ["src/asl/resources/integrations/glue.ts", "src/integrations/descriptions/glue.ts"],
  ],
];

/** Pages whose code is run: here, and by test/cli/getting-started.test.ts. */
const run = ["README.md", "README.ko.md", "docs/getting-started.md", "docs/ko/getting-started.md"];

test("each page with code of JavaScript or TypeScript is one whose code is held by a test", () => {
  const held = [...wholeFiles.map(([page]) => page), ...partsOfFiles.map(([page]) => page), ...run];
  // A decision tells what was thought, once.
  const pages = allDocuments().filter(({ path }) => !path.startsWith("docs/decisions/"));
  const withCode = pages.filter((page) => codeOf(page).length > 0);
  expect(withCode.map(({ path }) => path).toSorted()).toEqual(held.toSorted());
});

test.each(wholeFiles)("%s shows %s as it is", (page, file) => {
  expect(codeOf(readDocument(page))).toEqual([readFileSync(join(root, file), "utf8")]);
});

test.each(partsOfFiles)("%s shows lines of sources in their order", (page, files) => {
  const blocks = codeOf(readDocument(page));
  expect(blocks).toHaveLength(files.length);
  for (const [index, file] of files.entries()) {
    const lines = readFileSync(join(root, file), "utf8").split("\n");
    let at = 0;
    for (const line of blocks[index]?.trimEnd().split("\n") ?? []) {
      const found = lines.indexOf(line, at);
      expect(found, `${file} has no such line, or has it before: ${line}`).toBeGreaterThan(-1);
      at = found + 1;
    }
  }
});

/** Runs a page's code from where the packages that it imports are found. */
async function runCode(code: string): Promise<void> {
  const folder = mkdtempSync(join(root, "node_modules/.docs-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "code.mjs");
  writeFileSync(file, code);
  await import(file);
}

test("the client of the first page starts an execution", async () => {
  const server = await ownServer({ region: "us-east-1", accountId: "000000000000" });
  const { stateMachineArn = null } = await server.call("CreateStateMachine", {
    name: "hello-world",
    definition: '{"StartAt":"A","States":{"A":{"Type":"Pass","End":true}}}',
    roleArn: "arn:aws:iam::000000000000:role/any",
  });
  const [code = ""] = codeOf(readDocument("README.md"));
  await runCode(code.replace("http://127.0.0.1:8083", server.url));
  const { executions } = await server.call("ListExecutions", { stateMachineArn });
  expect(executions).toHaveLength(1);
});

test("the library of the page about embedding runs as it says", async () => {
  const log = vi.spyOn(console, "log").mockImplementation(() => {});
  onTestFinished(() => log.mockRestore());
  const [code = ""] = codeOf(readDocument("docs/embedding.md"));
  const library = join(root, "src/embedding/stepwell.ts");
  await runCode(code.replace('from "stepwell"', `from ${JSON.stringify(library)}`));
  expect(log.mock.calls).toEqual([["SUCCEEDED", { charged: { total: 100 } }]]);
});

test("each state and each definition that a page shows is valid", async () => {
  const server = await ownServer();
  const wrong: string[] = [];
  let looked = 0;
  for (const { path, blocks } of allDocuments()) {
    for (const { language, code } of blocks) {
      if (language !== "json") continue;
      const shown = JSON.parse(code) as { readonly Type?: string; readonly States?: object };
      if (shown.Type === undefined && shown.States === undefined) continue;
      looked++;
      const state = { ...shown, Next: "The end" };
      const whole = { StartAt: "S", States: { S: state, "The end": { Type: "Succeed" } } };
      const { result, diagnostics } = await server.call("ValidateStateMachineDefinition", {
        definition: JSON.stringify(shown.States === undefined ? whole : shown),
      });
      if (result !== "OK") wrong.push(`${path}: ${JSON.stringify(diagnostics)}`);
    }
  }
  expect(wrong).toEqual([]);
  expect(looked).toBeGreaterThan(4);
});
