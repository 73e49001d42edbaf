import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readConnections } from "./connections-file.ts";

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "stepwell-connections-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

const read = (text: string) => {
  const path = join(folder, "connections.yaml");
  writeFileSync(path, text);
  return readConnections(path);
};

test.each([
  ["YAML", "Stripe:\n  authorization: basic\n  username: ${KEY}\n  password: ''\n"],
  ["JSON", '{"Stripe":{"authorization":"basic","username":"${KEY}","password":""}}'],
])("%s", async (_, text) => {
  expect(await read(text)).toEqual({
    Stripe: { authorization: "basic", username: "${KEY}", password: "" },
  });
});

test("an empty file has no connections", async () => {
  expect(await read("")).toEqual({});
});

test.each([
  ["a: {\n  secret-word: [", "not YAML: line "],
  ["a: { authorization: secret-word }", "wrong: 'a' must be an object whose authorization"],
  [
    "a: { authorization: apiKey, name: b, value: [secret-word] }",
    "wrong: 'a.value' must be a text",
  ],
  ["- secret-word", "connections.yaml must be an object"],
])("%j is refused without a word of it", async (text, said) => {
  const failure = await read(text).then(String, String);
  expect(failure).toContain(said);
  expect(failure).not.toContain("secret-word");
});

test("a file that is not there is named", async () => {
  await expect(readConnections(join(folder, "nowhere"))).rejects.toThrow("there is no such file");
});
