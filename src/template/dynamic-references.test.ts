import { expect, test } from "vitest";
import {
  hasDynamicReferences,
  resolveDynamicReferences,
  type DynamicReference,
} from "./dynamic-references.ts";

const reading = () => {
  const references: DynamicReference[] = [];
  const read = (reference: DynamicReference) => {
    references.push(reference);
    return Promise.resolve(`<${reference.service}>`);
  };
  return { references, read };
};

test("every reference in a value is read once and put into its place", async () => {
  const { references, read } = reading();
  const value = {
    a: "x-{{resolve:ssm:/db/host:2}}-{{resolve:env:STAGE}}",
    b: ["{{resolve:env:STAGE}}", 1],
    "{{resolve:env:NAME}}": null,
  };
  expect(await resolveDynamicReferences(value, read)).toEqual({
    a: "x-<ssm>-<env>",
    b: ["<env>", 1],
    "{{resolve:env:NAME}}": null,
  });
  expect(references).toEqual([
    { service: "ssm", name: "/db/host", version: "2" },
    { service: "env", name: "STAGE" },
  ]);
});

test.each([
  ["{{resolve:ssm-secure:pw}}", { service: "ssm-secure", name: "pw", version: undefined }],
  [
    "{{resolve:secretsmanager:db:SecretString:password}}",
    { secretId: "db", jsonKey: "password", versionStage: undefined },
  ],
  [
    "{{resolve:secretsmanager:arn:aws:secretsmanager:us-east-1:000000000000:secret:db-a:SecretString:password:AWSCURRENT}}",
    {
      secretId: "arn:aws:secretsmanager:us-east-1:000000000000:secret:db-a",
      jsonKey: "password",
      versionStage: "AWSCURRENT",
    },
  ],
])("%s is read by its parts", async (text, expected) => {
  const { references, read } = reading();
  await resolveDynamicReferences(text, read);
  expect(references[0]).toMatchObject(expected);
});

test("what is none of them is refused", async () => {
  const { read } = reading();
  await expect(resolveDynamicReferences("{{resolve:nothing:a}}", read)).rejects.toThrow(
    "Could not parse dynamic reference: {{resolve:nothing:a}}",
  );
  await expect(resolveDynamicReferences("{{resolve:ssm:a b}}", read)).rejects.toThrow(
    "Could not parse",
  );
  expect(hasDynamicReferences(["{{resolve}}"])).toBe(false);
});

test("a value that is read may look like a reference and is left as it is", async () => {
  const read = () => Promise.resolve("{{resolve:env:OTHER}} $& $1");
  expect(await resolveDynamicReferences("a{{resolve:env:A}}", read)).toBe(
    "a{{resolve:env:OTHER}} $& $1",
  );
});

test("sixty of them are taken, and one more is not", async () => {
  const { read } = reading();
  const many = (count: number) =>
    Array.from({ length: count }, (_, index) => `{{resolve:env:A${index}}}`);
  await resolveDynamicReferences(many(60), read);
  await expect(resolveDynamicReferences(many(61), read)).rejects.toThrow("more than 60");
});
