import { describe, expect, test } from "vitest";
import type { JsonObject } from "../../expression/json.ts";
import { context, expanded, problemOf } from "../templates.fixture.ts";
import { policyTemplateTable } from "./policies/policy-template-table.ts";
import { policyFromTemplate } from "./policies/policy-templates.ts";

function expand(resources: string, others = ""): JsonObject {
  const text = `Transform: AWS::Serverless-2016-10-31\n${others}Resources:\n${resources.replaceAll(/^/gm, "  ")}\n`;
  return expanded(text).sections;
}

const f =
  "F: {Type: AWS::Serverless::Function, Properties: {CodeUri: src/, Handler: a.b, Runtime: nodejs24.x";

describe("a function", () => {
  test("has its code's path, its role and SAM's tag", () => {
    expect(
      expand(`${f}, Environment: {Variables: {A: b}}, Tracing: Active}}`)["Resources"],
    ).toEqual({
      F: {
        Type: "AWS::Lambda::Function",
        Properties: {
          Code: "src/",
          Handler: "a.b",
          Runtime: "nodejs24.x",
          Environment: { Variables: { A: "b" } },
          Role: { "Fn::GetAtt": ["FRole", "Arn"] },
          TracingConfig: { Mode: "Active" },
          Tags: [{ Key: "lambda:createdBy", Value: "SAM" }],
        },
      },
      FRole: {
        Type: "AWS::IAM::Role",
        Properties: {
          AssumeRolePolicyDocument: {
            Version: "2012-10-17",
            Statement: [
              {
                Effect: "Allow",
                Principal: { Service: ["lambda.amazonaws.com"] },
                Action: ["sts:AssumeRole"],
              },
            ],
          },
          ManagedPolicyArns: [
            "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
            "arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess",
          ],
          Tags: [{ Key: "lambda:createdBy", Value: "SAM" }],
        },
      },
    });
  });

  test.each([
    ["InlineCode: x", { ZipFile: "x" }],
    ["CodeUri: s3://b/k.zip", { S3Bucket: "b", S3Key: "k.zip" }],
    ["CodeUri: {Bucket: b, Key: k, Version: 1}", { S3Bucket: "b", S3Key: "k", S3ObjectVersion: 1 }],
    ["ImageUri: repository:tag, PackageType: Image", { ImageUri: "repository:tag" }],
  ])("with %s has the code %j", (property, code) => {
    const { Resources } = expand(`F: {Type: AWS::Serverless::Function, Properties: {${property}}}`);
    expect(Resources).toMatchObject({ F: { Properties: { Code: code } } });
  });

  test("takes what Globals says: texts are overridden, maps merged, lists put together", () => {
    const globals =
      "Globals: {Function: {Timeout: 3, MemorySize: 512, Layers: [a], Environment: {Variables: {A: 1, B: 2}}}}\n";
    const { Resources, Globals } = expand(
      `${f}, Timeout: 9, Layers: [b], Environment: {Variables: {B: 3}}}}`,
      globals,
    );
    expect(Globals).toBeUndefined();
    expect(Resources).toMatchObject({
      F: {
        Properties: {
          Timeout: 9,
          MemorySize: 512,
          Layers: ["a", "b"],
          Environment: { Variables: { A: 1, B: 3 } },
        },
      },
    });
  });

  test("with an alias is called by it, and other resources may refer to both", () => {
    const { Resources, Outputs } = expand(
      `${f}, AutoPublishAlias: live, FunctionUrlConfig: {AuthType: NONE}, Events: {S: {Type: Schedule, Properties: {Schedule: rate(1 day)}}}}}`,
      "Outputs: {A: {Value: !Ref F.Alias}, V: {Value: !GetAtt F.Version.Version}, S: {Value: !Sub '${F.Alias}/${F}'}}\n",
    );
    const resources = Resources as JsonObject;
    const version = Object.keys(resources).find((id) => /^FVersion[0-9a-f]{10}$/.test(id));
    expect(resources).toMatchObject({
      FAliaslive: {
        Type: "AWS::Lambda::Alias",
        Properties: {
          FunctionName: { Ref: "F" },
          FunctionVersion: { "Fn::GetAtt": [version, "Version"] },
        },
      },
      FUrl: { Properties: { TargetFunctionArn: { Ref: "FAliaslive" } } },
      FS: { Properties: { Targets: [{ Arn: { Ref: "FAliaslive" }, Id: "FSLambdaTarget" }] } },
      FSPermission: {
        Properties: {
          FunctionName: { Ref: "FAliaslive" },
          SourceArn: { "Fn::GetAtt": ["FS", "Arn"] },
        },
      },
    });
    expect(Outputs).toEqual({
      A: { Value: { Ref: "FAliaslive" } },
      V: { Value: { "Fn::GetAtt": [version, "Version"] } },
      S: { Value: { "Fn::Sub": "${FAliaslive}/${F}" } },
    });
  });

  test("hands its condition on to all that is made for it", () => {
    const { Resources } = expand(
      `${f}, Events: {S: {Type: Schedule, Properties: {Schedule: x}}}}, Condition: C}`,
    );
    for (const resource of Object.values(Resources as JsonObject)) {
      expect(resource).toMatchObject({ Condition: "C" });
    }
  });

  test("that polls has a mapping, and may read from its source", () => {
    const { Resources } = expand(
      `${f}, Events: {Q: {Type: SQS, Properties: {Queue: arn:q, BatchSize: 5}}}}}`,
    );
    expect(Resources).toMatchObject({
      FQ: {
        Type: "AWS::Lambda::EventSourceMapping",
        Properties: { EventSourceArn: "arn:q", FunctionName: { Ref: "F" }, BatchSize: 5 },
      },
      FRole: {
        Properties: {
          ManagedPolicyArns: [
            "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole",
            "arn:aws:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole",
          ],
        },
      },
    });
  });

  test("that a bucket calls is in the bucket's notifications, after its permission", () => {
    const { Resources } = expand(
      `B: {Type: AWS::S3::Bucket}\n${f}, Events: {O: {Type: S3, Properties: {Bucket: !Ref B, Events: 's3:ObjectCreated:*'}}}}}`,
    );
    expect(Resources).toMatchObject({
      B: {
        DependsOn: ["FOPermission"],
        Properties: {
          NotificationConfiguration: {
            LambdaConfigurations: [
              { Event: "s3:ObjectCreated:*", Function: { "Fn::GetAtt": ["F", "Arn"] } },
            ],
          },
        },
      },
      FOPermission: { Properties: { Principal: "s3.amazonaws.com" } },
    });
  });
});

describe("APIs", () => {
  test("an HTTP API has the routes of events, and a stage that deploys itself", () => {
    const { Resources } = expand(
      `${f}, Events: {R: {Type: HttpApi, Properties: {Path: '/a/{id}', Method: any}}, D: {Type: HttpApi}}}}`,
    );
    expect(Resources).toMatchObject({
      ServerlessHttpApi: {
        Type: "AWS::ApiGatewayV2::Api",
        Properties: {
          Body: {
            openapi: "3.0.1",
            paths: {
              "/a/{id}": {
                "x-amazon-apigateway-any-method": {
                  "x-amazon-apigateway-integration": {
                    type: "aws_proxy",
                    payloadFormatVersion: "2.0",
                    uri: {
                      "Fn::Sub":
                        "arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${F.Arn}/invocations",
                    },
                  },
                },
              },
              $default: { "x-amazon-apigateway-any-method": { isDefaultRoute: true } },
            },
          },
        },
      },
      ServerlessHttpApiApiGatewayDefaultStage: {
        Type: "AWS::ApiGatewayV2::Stage",
        Properties: { StageName: "$default", AutoDeploy: true },
      },
      FRPermission: {
        Properties: {
          SourceArn: {
            "Fn::Sub": [
              "arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${__ApiId__}/${__Stage__}/*/a/*",
              { __Stage__: "*", __ApiId__: { Ref: "ServerlessHttpApi" } },
            ],
          },
        },
      },
    });
  });

  test("a REST API of the template has its stage's name, CORS, and a key where it asks for one", () => {
    const { Resources } = expand(
      `A: {Type: AWS::Serverless::Api, Properties: {StageName: !Ref S, Cors: "'*'", Auth: {ApiKeyRequired: true, UsagePlan: {CreateUsagePlan: PER_API}}}}\n${f}, Events: {R: {Type: Api, Properties: {Path: /a, Method: get, RestApiId: !Ref A}}}}}`,
      "Parameters: {S: {Type: String, Default: prod}}\n",
    );
    expect(Resources).toMatchObject({
      AprodStage: { Properties: { StageName: { Ref: "S" } } },
      AUsagePlan: { Type: "AWS::ApiGateway::UsagePlan" },
      A: {
        Properties: {
          Body: {
            securityDefinitions: { api_key: { name: "x-api-key" } },
            paths: {
              "/a": {
                get: { security: [{ api_key: [] }] },
                options: { "x-amazon-apigateway-integration": { type: "mock" } },
              },
            },
          },
        },
      },
    });
    expect(Resources).not.toHaveProperty("ServerlessRestApi");
  });
});

describe("the other types", () => {
  test("a table has one key", () => {
    const { Resources } = expand(
      "T: {Type: AWS::Serverless::SimpleTable}\nU: {Type: AWS::Serverless::SimpleTable, Properties: {PrimaryKey: {Name: n, Type: Number}, ProvisionedThroughput: {ReadCapacityUnits: 1}}}",
    );
    expect(Resources).toEqual({
      T: {
        Type: "AWS::DynamoDB::Table",
        Properties: {
          AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
          KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
          BillingMode: "PAY_PER_REQUEST",
        },
      },
      U: {
        Type: "AWS::DynamoDB::Table",
        Properties: {
          AttributeDefinitions: [{ AttributeName: "n", AttributeType: "N" }],
          KeySchema: [{ AttributeName: "n", KeyType: "HASH" }],
          ProvisionedThroughput: { ReadCapacityUnits: 1 },
        },
      },
    });
  });

  test("a layer's id ends in a hash of it, and those who refer to it follow", () => {
    const { Resources } = expand(
      `L: {Type: AWS::Serverless::LayerVersion, Properties: {ContentUri: layer/}}\n${f}, Layers: [!Ref L]}}`,
    );
    const id =
      Object.keys(Resources as JsonObject).find((one) => /^L[0-9a-f]{10}$/.test(one)) ?? "";
    expect(Resources).toMatchObject({
      [id]: { DeletionPolicy: "Retain", Properties: { Content: "layer/", LayerName: "L" } },
      F: { Properties: { Layers: [{ Ref: id }] } },
    });
  });

  test("an application is a nested stack", () => {
    const { Resources } = expand(
      "A: {Type: AWS::Serverless::Application, Properties: {Location: a/template.yaml, Parameters: {P: 1}}}",
    );
    expect(Resources).toMatchObject({
      A: {
        Type: "AWS::CloudFormation::Stack",
        Properties: { TemplateURL: "a/template.yaml", Parameters: { P: 1 } },
      },
    });
  });

  test("a connector is a policy for its source's role, beside it or in it", () => {
    const machine =
      "M: {Type: AWS::Serverless::StateMachine, Properties: {DefinitionUri: a.json}, Connectors: {ToF: {Properties: {Destination: {Id: F}, Permissions: [Write]}}}}";
    const connector =
      "C: {Type: AWS::Serverless::Connector, Properties: {Source: {Id: F}, Destination: {Id: T}, Permissions: [Read]}}";
    const { Resources } = expand(
      `${machine}\n${f}}}\n${connector}\nT: {Type: AWS::Serverless::SimpleTable}`,
    );
    expect(Resources).toMatchObject({
      MToFPolicy: {
        Type: "AWS::IAM::ManagedPolicy",
        Properties: {
          PolicyDocument: {
            Statement: [
              {
                Action: ["lambda:InvokeAsync", "lambda:InvokeFunction"],
                Resource: [{ "Fn::GetAtt": ["F", "Arn"] }],
              },
            ],
          },
          Roles: [{ Ref: "MRole" }],
        },
      },
      CPolicy: {
        Properties: {
          PolicyDocument: {
            Statement: [
              {
                Resource: [
                  { "Fn::GetAtt": ["T", "Arn"] },
                  {
                    "Fn::Sub": [
                      "${DestinationArn}/index/*",
                      { DestinationArn: { "Fn::GetAtt": ["T", "Arn"] } },
                    ],
                  },
                ],
              },
            ],
          },
          Roles: [{ Ref: "FRole" }],
        },
      },
    });
    expect(Resources).not.toHaveProperty("M.Connectors");
  });

  test("a type that nobody knows, and properties that are not expanded, are refused", () => {
    expect(problemOf(() => expand("A: {Type: AWS::Serverless::Nothing}"))).toContain(
      "Stepwell knows no resources of type AWS::Serverless::Nothing.",
    );
    expect(
      problemOf(() =>
        expand("A: {Type: AWS::Serverless::Api, Properties: {StageName: a, Domain: {}}}"),
      ),
    ).toContain("Stepwell does not expand the property Domain of AWS::Serverless::Api.");
  });
});

test("what is made has the place of what it was made for", () => {
  const text = `Transform: AWS::Serverless-2016-10-31\nResources:\n  ${f}}}\n`;
  expect(expanded(text).place(["Resources", "FRole"])).toEqual({ line: 3, column: 3 });
});

describe("policy templates", () => {
  test.each(Object.keys(policyTemplateTable))(
    "%s allows actions of one service, with every parameter named",
    (name) => {
      const without = policyFromTemplate(name, {});
      const parameters =
        "problem" in without && without.problem === "missing" ? without.parameters : [];
      const result = policyFromTemplate(
        name,
        Object.fromEntries(parameters.map((one) => [one, "x"])),
      );
      if (!("document" in result)) throw new Error(name);
      const statements = result.document["Statement"] as readonly {
        readonly Action: readonly string[];
      }[];
      for (const { Action } of statements) {
        for (const action of Action) expect(action).toMatch(/^[a-z0-9-]+:[A-Za-z0-9]*\*?$/);
      }
      expect(JSON.stringify(result)).not.toContain("undefined");
    },
  );

  test("a resource is of this account and Region, of none, or all of it", () => {
    const resourceOf = (name: string, parameters: JsonObject) => {
      const result = policyFromTemplate(name, parameters);
      return "document" in result
        ? (result.document["Statement"] as JsonObject[])[0]?.["Resource"]
        : undefined;
    };
    expect(resourceOf("SQSSendMessagePolicy", { QueueName: "q" })).toEqual({
      "Fn::Sub": [
        "arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:${QueueName}",
        { QueueName: "q" },
      ],
    });
    expect(resourceOf("S3ReadPolicy", { BucketName: "b" })).toEqual([
      { "Fn::Sub": ["arn:${AWS::Partition}:s3:::${BucketName}", { BucketName: "b" }] },
      { "Fn::Sub": ["arn:${AWS::Partition}:s3:::${BucketName}/*", { BucketName: "b" }] },
    ]);
    expect(resourceOf("AWSSecretsManagerGetSecretValuePolicy", { SecretArn: "arn:s" })).toEqual({
      "Fn::Sub": ["${SecretArn}", { SecretArn: "arn:s" }],
    });
    expect(resourceOf("EKSDescribePolicy", {})).toBe("*");
  });
});

describe("other transforms", () => {
  test("a macro is refused", () => {
    expect(problemOf(() => expanded("Transform: [Mine]\nResources: {A: {Type: T}}"))).toBe(
      "No transform named Mine found.",
    );
  });

  test("a file is included where its function stands, and may include another", () => {
    const files: { readonly [name: string]: string } = {
      "a.yaml": "P: 1\nFn::Transform: {Name: AWS::Include, Parameters: {Location: b.json}}\n",
      "b.json": '{"Q": {"Ref": "A"}}',
    };
    const text =
      "Resources:\n  A:\n    Type: T\n    Properties:\n      R: 2\n      Fn::Transform: {Name: AWS::Include, Parameters: {Location: a.yaml}}\n";
    const { sections } = expanded(text, { readFile: (name) => files[name] });
    expect(sections["Resources"]).toEqual({
      A: { Type: "T", Properties: { P: 1, Q: { Ref: "A" }, R: 2 } },
    });
    const circle = {
      readFile: () => "Fn::Transform: {Name: AWS::Include, Parameters: {Location: a}}",
    };
    expect(problemOf(() => expanded(text, circle))).toContain("more than 20 files in each other");
  });

  test("a loop is written out for each item of a list or of a parameter", () => {
    const text = [
      "Transform: AWS::LanguageExtensions",
      "Parameters: {Names: {Type: CommaDelimitedList, Default: 'A,B'}}",
      "Resources:",
      "  Fn::ForEach::Topics:",
      "    - Name",
      "    - !Ref Names",
      "    - T${Name}:",
      "        Type: AWS::SNS::Topic",
      "        Properties:",
      "          TopicName: !Ref Name",
      "          Fn::ForEach::Inner: [I, [x.1, y], {'P&{I}': '${Name}-${I}'}]",
      "Outputs:",
      "  Fn::ForEach::Arns: [Name, !Ref Names, {'O${Name}': {Value: !GetAtt 'T${Name}.TopicArn'}}]",
    ].join("\n");
    const { sections } = expanded(text, { context });
    expect(sections["Resources"]).toEqual({
      TA: { Type: "AWS::SNS::Topic", Properties: { TopicName: "A", Px1: "A-x.1", Py: "A-y" } },
      TB: { Type: "AWS::SNS::Topic", Properties: { TopicName: "B", Px1: "B-x.1", Py: "B-y" } },
    });
    expect(sections["Outputs"]).toEqual({
      OA: { Value: { "Fn::GetAtt": ["TA", "TopicArn"] } },
      OB: { Value: { "Fn::GetAtt": ["TB", "TopicArn"] } },
    });
  });
});
