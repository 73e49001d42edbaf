import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { parseResource } from "../asl/resources/parse-resource.ts";
import type { TaskResource } from "../asl/resources/resource.ts";
import { createClientModules } from "./aws/client-modules.ts";
import { createResourceChecks } from "./check-resource.ts";

function check(
  resource: string,
  folder?: string,
  standsIn: (r: TaskResource) => boolean = () => false,
) {
  const parsed = parseResource(`arn:aws:states:::${resource}`).resource;
  if (parsed === undefined) throw new Error(resource);
  const checks = createResourceChecks({ modules: createClientModules(folder) }, standsIn);
  return checks.check({ resource: parsed, parameters: { Anything: 1 }, language: "JSONPath" });
}

const nothing = { isRecognized: true, unsupportedFields: [] };

test("a missing client is advised to be added, by the command that does it", async () => {
  expect(await check("aws-sdk:voiceid:listDomains")).toEqual({
    ...nothing,
    advice:
      "tasks of arn:aws:states:::aws-sdk:voiceid:listDomains fail until @aws-sdk/client-voice-id is installed: stepwell add voiceid",
  });
  expect(await check("aws-sdk:voiceid:listDomains", undefined, () => true)).toEqual(nothing);
});

test("a client from before schemas is said to be too old", async () => {
  const folder = mkdtempSync(join(tmpdir(), "stepwell-clients-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, "node_modules/@aws-sdk/client-voice-id");
  mkdirSync(path, { recursive: true });
  const described = { name: "@aws-sdk/client-voice-id", version: "3.700.0", main: "index.js" };
  writeFileSync(join(path, "package.json"), JSON.stringify(described));
  writeFileSync(
    join(path, "index.js"),
    "exports.VoiceIDClient = class {}; exports.ListDomainsCommand = class {};",
  );
  const { advice } = await check("aws-sdk:voiceid:listDomains", folder);
  expect(advice).toContain("@aws-sdk/client-voice-id 3.700.0");
  expect(advice).toContain("is too old");
  expect(await check("aws-sdk:voiceid:listDomain", folder)).toEqual({
    ...nothing,
    isRecognized: false,
  });
});

test.each([
  "states:startExecution",
  "http:invoke",
  "sqs:sendMessage",
  "aws-sdk:sfn:listActivities",
])("of %s nothing is found out", async (resource) => {
  expect(await check(resource)).toEqual(nothing);
});
