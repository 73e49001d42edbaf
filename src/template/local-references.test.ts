import { expect, test } from "vitest";
import { localReferences, replaceReference } from "./local-references.ts";
import { substituteDefinition } from "./definition-substitutions.ts";

test.each([
  ["AWS::StepFunctions::StateMachine", { DefinitionS3Location: "a.json" }, ["a.json"]],
  ["AWS::StepFunctions::StateMachine", { DefinitionS3Location: { Bucket: "b", Key: "k" } }, []],
  ["AWS::Lambda::Function", { Code: "src/" }, ["src/"]],
  ["AWS::Lambda::Function", { Code: { ZipFile: "x" } }, []],
  ["AWS::Lambda::Function", { Code: { ImageUri: "./image" } }, ["./image"]],
  ["AWS::Lambda::Function", { Code: { ImageUri: "0.dkr.ecr.us-east-1.amazonaws.com/a:1" } }, []],
  ["AWS::CloudFormation::Stack", { TemplateURL: "nested.yaml" }, ["nested.yaml"]],
  ["AWS::CloudFormation::Stack", { TemplateURL: "https://s3.amazonaws.com/b/t.yaml" }, []],
  ["AWS::SNS::Topic", { Code: "src/" }, []],
])("the local files of %s with %j are %j", (type, properties, files) => {
  expect(localReferences(type, properties).map(({ file }) => file)).toEqual(files);
});

test("a reference is replaced where it stands, and nothing else", () => {
  const properties = { Code: { ImageUri: "./image", Other: 1 }, Handler: "a" };
  expect(replaceReference(properties, ["Code", "ImageUri"], "r/a:1")).toEqual({
    Code: { ImageUri: "r/a:1", Other: 1 },
    Handler: "a",
  });
  expect(properties.Code.ImageUri).toBe("./image");
});

test("a definition's substitutions are put in text for text; what has no value stays", () => {
  const text = '{"A": "${arn}", "B": ${number}, "C": "${other} ${toString}"}';
  expect(substituteDefinition(text, { arn: "arn:a$&", number: "3" })).toBe(
    '{"A": "arn:a$&", "B": 3, "C": "${other} ${toString}"}',
  );
});
