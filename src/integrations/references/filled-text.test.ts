import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { filledText, filledUrl, isReference, referredFiles } from "./filled-text.ts";

const environment = { PASSWORD: "p@ss/w:rd", URL: "smtps://u:p@h:465", EMPTY: "" };
const references = { environment, folder: "." };

test("a variable that is a part of a URL may have any characters", () => {
  expect(filledUrl("smtps://u:${PASSWORD}@h", references)).toEqual({
    text: "smtps://u:p%40ss%2Fw%3Ard@h",
    values: [environment.PASSWORD],
  });
  expect(filledUrl("${URL}", references)).toMatchObject({ text: environment.URL });
  expect(filledText("sqlite:./${PASSWORD}${EMPTY}.db", references)).toMatchObject({
    text: "sqlite:./p@ss/w:rd.db",
  });
});

test("a variable that is not set is named", () => {
  expect(filledUrl("smtps://u:${NOWHERE}@${NOR_HERE}", references)).toEqual({
    problem: "the environment variable NOWHERE is not set",
  });
});

test("a file's text is filled in without the line break at its end, and read anew each time", () => {
  const folder = mkdtempSync(join(tmpdir(), "stepwell-references-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const text = "smtps://u:${file:secret.txt}@h";
  writeFileSync(join(folder, "secret.txt"), "p@ss\n");
  expect(filledUrl(text, { environment, folder })).toMatchObject({ text: "smtps://u:p%40ss@h" });
  writeFileSync(join(folder, "secret.txt"), "new");
  expect(filledUrl(text, { environment, folder })).toMatchObject({ text: "smtps://u:new@h" });
  expect(filledText("${file:none}", { environment, folder })).toEqual({
    problem: `the file ${join(folder, "none")} cannot be read (ENOENT)`,
  });
  writeFileSync(join(folder, "large"), "a".repeat(70_000));
  expect(filledText("${file:large}", { environment, folder })).toMatchObject({
    problem: expect.stringContaining("larger than a secret is") as string,
  });
});

test("what refers to files, and what is nothing but a reference, can be told", () => {
  expect(referredFiles("a${file:/x/y}b${file:z}${A}")).toEqual(["/x/y", "z"]);
  expect(["${A}", "${file:a}", "${A}${B}", "x${A}", ""].map(isReference)).toEqual([
    true,
    true,
    false,
    false,
    false,
  ]);
});
