import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createClientModules } from "./client-modules.ts";
import { describesOperations } from "./sdk-call.ts";

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "stepwell-clients-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Puts a client into the folder, as npm does. */
function install(folder: string, name: string, source: string): void {
  const path = join(folder, "node_modules", "@aws-sdk", name);
  mkdirSync(path, { recursive: true });
  const described = { name: `@aws-sdk/${name}`, version: "3.0.1", main: "index.js" };
  writeFileSync(join(path, "package.json"), JSON.stringify(described));
  writeFileSync(join(path, "index.js"), source);
}

const old = "exports.FooClient = class {}; exports.ListCommand = class {};";

test("a client that is installed while the server runs is found", async () => {
  const folder = join(temporaryFolder(), "clients");
  const modules = createClientModules(folder);
  expect(modules.find("neverthere")).toBeUndefined();
  expect(await modules.load("neverthere")).toBeUndefined();
  install(folder, "client-neverthere", old);
  expect(modules.find("neverthere")).toMatchObject({
    packageName: "@aws-sdk/client-neverthere",
    version: "3.0.1",
  });
  const module = await modules.load("neverthere");
  expect(Object.keys(module ?? {})).toContain("FooClient");
  expect(describesOperations(module ?? {})).toBe(false);
});

test("the folder of added clients comes before where Stepwell is installed", async () => {
  const folder = temporaryFolder();
  const shipped = createClientModules(folder).find("sqs");
  expect(shipped?.path.startsWith(folder)).toBe(false);
  expect(describesOperations((await createClientModules().load("sqs")) ?? {})).toBe(true);
  install(folder, "client-sqs", old);
  expect(createClientModules(folder).find("sqs")?.path.startsWith(folder)).toBe(true);
});
