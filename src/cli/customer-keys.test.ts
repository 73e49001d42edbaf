import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { KeyUnavailable } from "../ports/key-provider.ts";
import { makeKeyFile } from "../store/keys/key-file.ts";
import { customerKeyProviders } from "./customer-keys.ts";

const quiet = { debug() {}, info() {}, warn() {}, error() {} };
const account = "arn:aws:kms:eu-west-1:123456789012";

function providersOf(customerKeys: object) {
  const folder = mkdtempSync(join(tmpdir(), "stepwell-customer-keys-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "key");
  makeKeyFile(file);
  const configured = Object.fromEntries(
    Object.entries(customerKeys).map(([name, key]) => [name, key === "file" ? { file } : key]),
  );
  const encryption = { customerKeys: configured };
  const settings = { dataDir: join(folder, "data"), region: "us-east-1", encryption };
  return { file, providerOf: customerKeyProviders(settings as never, quiet) };
}

test.each([
  ["alias/orders", "alias/orders"],
  ["alias/orders", `${account}:alias/orders`],
  ["1234-abcd", `${account}:key/1234-abcd`],
  [`${account}:key/1234-abcd`, `${account}:key/1234-abcd`],
])("the configured key %s is that of %s", (configured, asked) => {
  const { file, providerOf } = providersOf({ [configured]: "file" });
  expect(providerOf(asked).name).toBe(`the key file ${file}`);
});

test("what is not configured is a key of KMS, and what is may be one under another name", () => {
  const { providerOf } = providersOf({ "alias/orders": { kms: "alias/real" } });
  expect(providerOf("alias/orders").name).toBe("the KMS key alias/real");
  expect(providerOf("alias/other").name).toBe("the KMS key alias/other");
  // No member of a plain object is a key.
  expect(providerOf("constructor").name).toBe("the KMS key constructor");
});

test("a key file that is taken away is not there any more", () => {
  const { file, providerOf } = providersOf({ "alias/orders": "file" });
  providerOf("alias/orders");
  rmSync(file);
  expect(() => providerOf("alias/orders")).toThrow(KeyUnavailable);
});
