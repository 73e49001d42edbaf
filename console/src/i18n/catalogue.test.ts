import { expect, test } from "vitest";
import { en } from "./en.ts";
import { aroundTexts } from "./around/catalogues.ts";
import { designerTexts } from "./designer/catalogues.ts";
import { ko } from "./ko.ts";

/** Every text by its path; of one that is made, what it makes of its parameters. */
function texts(catalogue: object, path = ""): Map<string, string> {
  const found = new Map<string, string>();
  for (const [name, value] of Object.entries(catalogue) as [string, unknown][]) {
    const here = path === "" ? name : `${path}.${name}`;
    if (typeof value === "string") found.set(here, value);
    else if (typeof value === "function") {
      const parameters = Array.from({ length: value.length }, (_, index) => `{${index}}`);
      const made = (value as (...given: string[]) => unknown)(...parameters);
      // Some answer with nothing for what they do not know.
      if (typeof made === "string") found.set(here, made);
    } else for (const [inner, text] of texts(value as object, here)) found.set(inner, text);
  }
  return found;
}

/** The same in both languages: names of products and formats, and what only puts parameters together. */
const sameInBoth: readonly RegExp[] = [
  /^Base64$/,
  /^Stepwell$/,
  /^(ARN|JSON|YAML|CPU|AWS|AWS CLI|AWS SDK|CLI|SDK|Boto3|curl|CloudFormation|SAM|Terraform|Python|JavaScript|Java|Go|TypeScript)(\s.*)?$/,
  // What the States Language and services call them.
  /^(Task|Pass|Choice|Wait|Succeed|Fail|Parallel|Map|Distributed Map|Arguments|JSONPath|JSONata)$/,
  /^(DynamoDB|SNS|SQS|EventBridge)$/,
  /^(Standard|Express|Node\.js|Retrier|Catcher|p50|p95|p99|ID|Id)\b.{0,8}$/,
];
const isSame = (text: string) =>
  !/[A-Za-z]{2,}/.test(text.replaceAll(/\{\d\}/g, "")) ||
  sameInBoth.some((pattern) => pattern.test(text));

const english = texts({ ...en, designer: designerTexts.en, around: aroundTexts.en });
const korean = texts({ ...ko, designer: designerTexts.ko, around: aroundTexts.ko });

test("both languages have the same members", () => {
  expect([...korean.keys()].sort()).toEqual([...english.keys()].sort());
});

test("nothing is empty, and no parameter is left out", () => {
  for (const catalogue of [english, korean]) {
    for (const [path, text] of catalogue) expect(text.trim(), path).not.toBe("");
  }
  const parametersOf = (text = "") => [...new Set(text.match(/\{\d\}/g))].sort();
  for (const [path, text] of english) {
    expect(parametersOf(korean.get(path)), path).toEqual(parametersOf(text));
  }
});

test("no Korean text is the English one", () => {
  const untranslated = [...english].filter(
    ([path, text]) => korean.get(path) === text && !isSame(text),
  );
  expect(Object.fromEntries(untranslated)).toEqual({});
});
