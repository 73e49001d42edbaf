import { randomBytes } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { keyProviderOf } from "./key-provider-of.ts";

const logger = { debug() {}, info() {}, warn() {}, error() {} };

function known() {
  const learned: string[] = [];
  const learn = (secrets: readonly string[]): void => void learned.push(...secrets);
  const settings = { dataDir: "/data", aws: {}, clientsFolder: "/data", region: "us-east-1" };
  return { learned, settings: { ...settings, learn } };
}

test("a key in the environment is a secret that is written down nowhere, whatever its variable is called", () => {
  const { learned, settings } = known();
  const text = randomBytes(32).toString("base64");
  process.env["STEPWELL_TEST_SEAL"] = text;
  onTestFinished(() => void delete process.env["STEPWELL_TEST_SEAL"]);
  keyProviderOf({ environment: "STEPWELL_TEST_SEAL" }, settings, logger);
  expect(learned).toEqual([text]);
});

test("so is each token of Vault that is read from a file", async () => {
  const { learned, settings } = known();
  const folder = mkdtempSync(join(tmpdir(), "stepwell-vault-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const tokenFile = join(folder, "token");
  // Nothing listens there.
  const vault = { address: "http://127.0.0.1:1", key: "stepwell", tokenFile };
  const provider = keyProviderOf({ vault }, settings, logger);
  for (const token of ["hvs.first", "hvs.renewed"]) {
    writeFileSync(tokenFile, `${token}\n`);
    await expect(provider.unwrap("", { keyId: "1" })).rejects.toThrow();
  }
  expect(learned).toEqual(["hvs.first", "hvs.renewed"]);
});
