import fc from "fast-check";
import { expect, test } from "vitest";
import type { JsonValue } from "../expression/json.ts";
import { context, madeUp, problemOf, propertyOf } from "./templates.fixture.ts";
import { readTemplate } from "./reading/read-template.ts";
import { resolveTemplate } from "./resolving/resolve-template.ts";
import { readServerless } from "./serverless/read-serverless.ts";
import { TemplateError } from "./template.ts";
import { expandTemplate } from "./transforms/expand-template.ts";

const functions = [
  "Ref",
  "Condition",
  "Fn::And",
  "Fn::Base64",
  "Fn::Cidr",
  "Fn::Contains",
  "Fn::Equals",
  "Fn::FindInMap",
  "Fn::GetAtt",
  "Fn::GetAZs",
  "Fn::If",
  "Fn::ImportValue",
  "Fn::Join",
  "Fn::Length",
  "Fn::Not",
  "Fn::Or",
  "Fn::Select",
  "Fn::Split",
  "Fn::Sub",
  "Fn::ToJsonString",
  "Fn::Transform",
  "Fn::ForEach::X",
];
const names = [
  "A",
  "B",
  "P",
  "L",
  "AWS::Region",
  "AWS::NoValue",
  "${A}",
  "${A.b}",
  "${!x}",
  "${",
  "",
  ",",
  "0",
  "toString",
  "__proto__",
  "constructor",
];
const sam = [
  "Type",
  "Properties",
  "Events",
  "Policies",
  "Role",
  "Schedule",
  "Definition",
  "DefinitionUri",
  "Tags",
  "AutoPublishAlias",
  "Path",
  "Method",
  "Auth",
  "Cors",
  "Permissions",
  "Source",
  "Destination",
  "Id",
  "Layers",
  "Environment",
];

/** Calls of functions and members of SAM in each other, right or wrong. */
const value: fc.Arbitrary<JsonValue> = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    fc.constantFrom<JsonValue>(...names, 0, 1, -1, true, null),
    fc.array(tie("value"), { maxLength: 4 }),
    fc
      .tuple(fc.constantFrom(...functions), tie("value"))
      .map(([name, argument]) => ({ [name]: argument })),
    fc.dictionary(fc.constantFrom(...sam, ...names), tie("value"), { maxKeys: 3 }),
  ),
})).value;

const holds: JsonValue = { "Fn::Equals": ["a", "a"] };

/** Whatever is wrong with it is said by an error of the template. */
function attempt(document: JsonValue): void {
  try {
    const template = readTemplate(JSON.stringify(document), { name: "t" });
    const expanded = expandTemplate(template, { context });
    const resolved = resolveTemplate(expanded, context);
    const made = madeUp(resolved.resources);
    for (const { logicalId } of resolved.resources) resolved.propertiesOf(logicalId, made);
    resolved.outputs(made);
  } catch (thrown) {
    if (!(thrown instanceof TemplateError)) throw thrown;
  }
}

test("any template of CloudFormation is resolved or refused", () => {
  fc.assert(
    fc.property(
      value,
      fc.oneof(fc.constant(holds), value),
      value,
      (property, condition, output) => {
        attempt({
          Transform: "AWS::LanguageExtensions",
          Parameters: {
            P: { Type: "String", Default: "p" },
            L: { Type: "CommaDelimitedList", Default: "a,b" },
          },
          Mappings: { A: { A: { B: [1] } } },
          Conditions: { A: condition },
          Resources: { A: { Type: "T" }, R: { Type: "T", Properties: { P: property } } },
          Outputs: { O: { Value: output } },
        });
      },
    ),
    { numRuns: 300 },
  );
});

const types = [
  "Api",
  "Application",
  "Connector",
  "Function",
  "HttpApi",
  "LayerVersion",
  "SimpleTable",
  "StateMachine",
];

/** What some types cannot do without. */
const good: { readonly [name: string]: JsonValue } = {
  CodeUri: "src/",
  ContentUri: "src/",
  DefinitionUri: "a.json",
  Location: "a.yaml",
  StageName: "prod",
};
const members = [
  "Auth",
  "AutoPublishAlias",
  "CodeUri",
  "ContentUri",
  "Cors",
  "CorsConfiguration",
  "DeadLetterQueue",
  "Definition",
  "DefinitionSubstitutions",
  "DefinitionUri",
  "DeploymentPreference",
  "Destination",
  "EndpointConfiguration",
  "EventInvokeConfig",
  "Events",
  "FunctionUrlConfig",
  "Location",
  "Permissions",
  "Policies",
  "PrimaryKey",
  "Role",
  "Source",
  "StageName",
  "Tags",
  "Tracing",
];
const eventTypes = [
  "Api",
  "HttpApi",
  "Schedule",
  "ScheduleV2",
  "EventBridgeRule",
  "S3",
  "SQS",
  "SNS",
  "CloudWatchLogs",
];
const eventMembers = [
  "Schedule",
  "ScheduleExpression",
  "Pattern",
  "Path",
  "Method",
  "Bucket",
  "Events",
  "Queue",
  "Topic",
  "Auth",
  "DeadLetterConfig",
  "Target",
  "RestApiId",
  "Input",
];
const event = fc
  .record({
    Type: fc.constantFrom(...eventTypes),
    Properties: fc.dictionary(fc.constantFrom(...eventMembers), value, { maxKeys: 4 }),
  })
  .map((one): JsonValue => ({ E: { ...one } }));

test("any template of SAM is expanded and resolved, or refused", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...types),
      fc.constantFrom(...members),
      fc.oneof(value, event),
      fc.boolean(),
      (type, member, something, isGlobal) => {
        attempt({
          Transform: "AWS::Serverless-2016-10-31",
          ...(isGlobal && { Globals: { [type]: { [member]: something } } }),
          Resources: {
            A: { Type: "T" },
            S: {
              Type: `AWS::Serverless::${type}`,
              Properties: { ...pick(type), ...(!isGlobal && { [member]: something }) },
              ...(member === "Permissions" && {
                Connectors: {
                  C: { Properties: { Destination: { Id: "A" }, Permissions: something } },
                },
              }),
            },
          },
        });
      },
    ),
    { numRuns: 400 },
  );
});

/** The member of {@link good} that a type cannot do without. */
function pick(type: string): { readonly [name: string]: JsonValue } {
  const needed: { readonly [type: string]: string } = {
    Api: "StageName",
    Application: "Location",
    Function: "CodeUri",
    LayerVersion: "ContentUri",
    StateMachine: "DefinitionUri",
  };
  const name = needed[type];
  return name === undefined ? {} : { [name]: good[name] ?? null };
}

const serverlessMembers = [
  "events",
  "definition",
  "name",
  "id",
  "alarms",
  "tags",
  "loggingConfig",
  "role",
  "dependsOn",
  "iamRoleStatements",
  "handler",
  "environment",
  "vpc",
  "image",
  "layers",
  "package",
];
const texts = fc.constantFrom<JsonValue>(
  "${self:a}",
  "${self:a.b, 'c'}",
  "${opt:x}",
  "${file(a)}",
  "${file(a):b}",
  "${self:}",
  "${${self:a}}",
);

test("any serverless.yml is read or refused", () => {
  const part = fc.dictionary(fc.constantFrom(...serverlessMembers), fc.oneof(value, texts), {
    maxKeys: 4,
  });
  fc.assert(
    fc.property(part, part, fc.oneof(value, texts), (machine, own, a) => {
      const text = JSON.stringify({
        service: "s",
        a,
        provider: own,
        functions: { f: { handler: "a.b", ...own } },
        stepFunctions: {
          stateMachines: { m: { definition: { StartAt: "A" }, ...machine } },
          activities: a,
        },
        resources: a,
      });
      try {
        const { template } = readServerless(text, { name: "t", readFile: () => "{}" });
        attempt(template.sections);
      } catch (thrown) {
        if (!(thrown instanceof TemplateError)) throw thrown;
      }
    }),
    { numRuns: 300 },
  );
});

test("a long list that stands in many places is refused before it is written out", () => {
  const list = Array.from({ length: 2000 }, (_, index) => `item ${index}`);
  const others = `Mappings: {M: {a: {b: ${JSON.stringify(list)}}}}`;
  const property = JSON.stringify(Array(2000).fill({ "Fn::FindInMap": ["M", "a", "b"] }));
  expect(problemOf(() => propertyOf(property, others))).toBe(
    "Template error: properties of more than 1000000 characters",
  );
});
