import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { expect, test } from "vitest";
import type { JsonValue } from "../../expression/json.ts";
import { sampleNames, sampleText } from "../samples.fixture.ts";
import { writtenSecrets } from "./written-secrets.ts";

// Put together, so that nobody's scanner of repositories takes them for real.
const id = "AKIA" + "IOSFODNN7ABCDEFG";
const key = "wJalrXUtnFEMI/K7MDENG" + "/bPxRfiCYzzzzzzzzzzz".slice(0, 19);
const jwt = "eyJhbGciOiJIUzI1NiJ9.e30.abcdefghijkl";

test.each<[string, JsonValue, string]>([
  ["a private key", { a: "-----BEGIN RSA PRIVATE KEY-----\nMII" }, "privateKey a"],
  ["a key id with its secret", { Id: id, Key: key }, "accessKey Key"],
  ["both in one text", ["x", `${id}:${key}`], "accessKey 1"],
  ["a bearer's token", { Auth: `Bearer ${jwt}` }, "token Auth"],
  ["one in an expression", `{% {'Authorization': 'Bearer ${jwt}'} %}`, "token "],
  ["a basic authorization", { a: "Basic dXNlcjpwYXNzd29yZDEy" }, "token a"],
  ["a URL with a password", { u: "see postgres://me:hunter2@db/x" }, "password u"],
  [
    "a header with a key",
    { Headers: { "X-Api-Key": "abcdefgh12345" } },
    "header Headers/X-Api-Key",
  ],
  [
    "one in a list",
    { headers: { authorization: ["abcdefgh12345"] } },
    "header headers/authorization",
  ],
])("%s is found", (_, value, expected) => {
  const found = writtenSecrets(value).map(({ kind, path }) => `${kind} ${path.join("/")}`);
  expect(found).toEqual([expected]);
});

test.each<[string, JsonValue]>([
  ["a path", { Headers: { "Authorization.$": "$.token" } }],
  ["an expression", { Headers: { Authorization: "{% 'Bearer ' & $token %}" } }],
  ["an intrinsic function", { Headers: { Authorization: "States.Format('Bearer {}', $.a)" } }],
  ["a placeholder", { Headers: { "X-Api-Key": "${ApiKey}" }, u: "https://me:${Password}@h/" }],
  ["an example", { Headers: { Authorization: "Bearer <your-token>" }, u: "https://me:***@h" }],
  ["another header", { Headers: { "Content-Type": "application/json; a=b" } }],
  ["a member that is no header", { Authorization: "a sentence about it" }],
  ["a key id alone", { Id: id }],
  ["AWS's own example", { Id: "AKIA" + "IOSFODNN7EXAMPLE", Key: key }],
  ["forty characters alone", { sha: "da39a3ee5e6b4b0d3255bfef95601890afd80709" }],
  ["prose", { Comment: "Basic authorizationofeverything: Bearer tokens are needed" }],
  ["an ARN, a time and a port", ["arn:aws:s3:::a/b@c", "https://h:8080/a@b", "a://b:c/d@e"]],
])("%s is none", (_, value) => {
  expect(writtenSecrets(value)).toEqual([]);
});

test("published definitions have none", () => {
  for (const name of sampleNames) {
    expect(writtenSecrets(JSON.parse(sampleText(name)) as JsonValue), name).toEqual([]);
  }
});

const templates = fileURLToPath(new URL("../../../../shared/templates", import.meta.url));

/** Published templates, whose definitions stand in them; none where they are not. */
const templateFiles = existsSync(templates)
  ? readdirSync(templates, { recursive: true, encoding: "utf8" }).filter((name) =>
      /\.(?:ya?ml|json)$/.test(name),
    )
  : [];

test("published templates have none", () => {
  for (const name of templateFiles) {
    const documents = parseAllDocuments(readFileSync(join(templates, name), "utf8"), {
      logLevel: "silent",
    });
    for (const document of documents) {
      if (document.errors.length > 0) continue;
      const value = (document.toJS({ maxAliasCount: -1 }) ?? null) as JsonValue;
      expect(writtenSecrets(value), name).toEqual([]);
    }
  }
});
