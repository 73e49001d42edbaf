import { describe, expect, test } from "vitest";
import { isJsonObject, type JsonObject } from "../../expression/json.ts";
import { expanded, problemOf } from "../templates.fixture.ts";

const sam = "Transform: AWS::Serverless-2016-10-31\n";

/** The resources that one machine with these properties makes, lines of YAML. */
function resourcesOf(properties: readonly string[], others = ""): JsonObject {
  const lines = properties.map((line) => `      ${line}\n`).join("");
  const text = `${sam}${others}Resources:\n  M:\n    Type: AWS::Serverless::StateMachine\n    Properties:\n${lines}`;
  const { Resources } = expanded(text).sections;
  return Resources !== undefined && isJsonObject(Resources) ? Resources : {};
}

const role = "Role: arn:aws:iam::000000000000:role/R";
const uri = "DefinitionUri: s3://bucket/machine.asl.json?versionId=3";

describe("a machine of SAM is one of CloudFormation", () => {
  test("with its definition in S3, a role that was given, and SAM's tag", () => {
    expect(resourcesOf([role, uri, "Type: EXPRESS", "Name: orders", "Tags: {Team: a}"])).toEqual({
      M: {
        Type: "AWS::StepFunctions::StateMachine",
        Properties: {
          DefinitionS3Location: { Bucket: "bucket", Key: "machine.asl.json", Version: "3" },
          RoleArn: "arn:aws:iam::000000000000:role/R",
          StateMachineName: "orders",
          StateMachineType: "EXPRESS",
          Tags: [
            { Key: "stateMachine:createdBy", Value: "SAM" },
            { Key: "Team", Value: "a" },
          ],
        },
      },
    });
  });

  test("a path stays one, for whoever uploads the file", () => {
    expect(resourcesOf([role, "DefinitionUri: machine.asl.json"])).toMatchObject({
      M: { Properties: { DefinitionS3Location: "machine.asl.json" } },
    });
  });

  test("functions in a definition become substitutions, and Condition of a rule does not", () => {
    const { M } = resourcesOf([
      role,
      "DefinitionSubstitutions: {A: b}",
      "Definition: {StartAt: S, States: {S: {Type: Task, Resource: !Ref 'AWS::Region'}, C: {Condition: x}}, Comment: '{{resolve:ssm:a}}'}",
    ]);
    const { DefinitionString, DefinitionSubstitutions } = (M as JsonObject)[
      "Properties"
    ] as JsonObject;
    expect(JSON.parse(DefinitionString as string)).toEqual({
      StartAt: "S",
      States: {
        S: { Type: "Task", Resource: "${definition_substitution_1}" },
        C: { Condition: "x" },
      },
      Comment: "${definition_substitution_2}",
    });
    expect(DefinitionSubstitutions).toEqual({
      A: "b",
      definition_substitution_1: { Ref: "AWS::Region" },
      definition_substitution_2: "{{resolve:ssm:a}}",
    });
  });

  test("its policies make its role", () => {
    const resources = resourcesOf([
      uri,
      "Tracing: {Enabled: true}",
      "Policies:",
      "  - AWSLambdaRole",
      "  - !Ref Other",
      "  - LambdaInvokePolicy: {FunctionName: !Ref F}",
      "  - Statement: [{Effect: Allow, Action: 's3:*', Resource: '*'}]",
      "  - !If [C, {SQSPollerPolicy: {QueueName: q}}, !Ref 'AWS::NoValue']",
    ]);
    expect(resources["M"]).toMatchObject({
      Properties: { RoleArn: { "Fn::GetAtt": ["MRole", "Arn"] } },
    });
    expect(resources["MRole"]).toMatchObject({
      Type: "AWS::IAM::Role",
      Properties: {
        AssumeRolePolicyDocument: {
          Statement: [{ Principal: { Service: ["states.amazonaws.com"] } }],
        },
        ManagedPolicyArns: [
          "arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess",
          "arn:aws:iam::aws:policy/service-role/AWSLambdaRole",
          { Ref: "Other" },
        ],
        Policies: [
          {
            PolicyName: "MRolePolicy0",
            PolicyDocument: {
              Statement: [
                {
                  Action: ["lambda:InvokeFunction"],
                  Resource: {
                    "Fn::Sub": [
                      "arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:${FunctionName}*",
                      { FunctionName: { Ref: "F" } },
                    ],
                  },
                },
              ],
            },
          },
          { PolicyName: "MRolePolicy1", PolicyDocument: { Statement: [{ Action: "s3:*" }] } },
          {
            "Fn::If": [
              "C",
              { PolicyName: "MRolePolicy2", PolicyDocument: { Statement: [{ Effect: "Allow" }] } },
              { Ref: "AWS::NoValue" },
            ],
          },
        ],
      },
    });
  });

  test("an alias has a version and gets its traffic as the preference says; events may start it", () => {
    const resources = resourcesOf(
      [
        role,
        uri,
        "AutoPublishAlias: !Ref Alias",
        "UseAliasAsEventTarget: true",
        "DeploymentPreference: {Type: LINEAR, Percentage: 10, Interval: 5}",
        "Events: {Tick: {Type: Schedule, Properties: {Schedule: rate(1 minute)}}}",
      ],
      "Parameters: {Alias: {Type: String, Default: live}}\n",
    );
    expect(resources).toMatchObject({
      MVersion: {
        Type: "AWS::StepFunctions::StateMachineVersion",
        DeletionPolicy: "Retain",
        UpdateReplacePolicy: "Retain",
        Properties: {
          StateMachineArn: { Ref: "M" },
          StateMachineRevisionId: { "Fn::GetAtt": ["M", "StateMachineRevisionId"] },
        },
      },
      MAliaslive: {
        Type: "AWS::StepFunctions::StateMachineAlias",
        Properties: {
          Name: "live",
          DeploymentPreference: {
            Type: "LINEAR",
            Percentage: 10,
            Interval: 5,
            StateMachineVersionArn: { Ref: "MVersion" },
          },
        },
      },
      MTick: { Properties: { Targets: [{ Arn: { Ref: "MAliaslive" } }] } },
    });
  });
});

test("PropagateTags gives what is made for it its tags, once each", () => {
  const resources = resourcesOf([
    uri,
    "Tags: {Team: a}",
    "PropagateTags: true",
    "Events: {E: {Type: Schedule, Properties: {Schedule: rate(1 day)}}}",
  ]);
  expect(resources).toMatchObject({
    ME: { Properties: { Tags: [{ Key: "Team", Value: "a" }] } },
    MERole: { Properties: { Tags: [{ Key: "Team", Value: "a" }] } },
    MRole: {
      Properties: { Tags: [{ Key: "stateMachine:createdBy" }, { Key: "Team", Value: "a" }] },
    },
  });
});

describe("an event of a machine", () => {
  const event = (type: string, ...properties: readonly string[]) =>
    resourcesOf([
      role,
      uri,
      `Events: {E: {Type: ${type}, Properties: {${properties.join(", ")}}}}`,
    ]);

  test("Schedule is a rule that starts it in a role of its own", () => {
    expect(
      event("Schedule", "Schedule: rate(1 minute)", "Enabled: false", "Name: tick", "Input: '{}'"),
    ).toMatchObject({
      ME: {
        Type: "AWS::Events::Rule",
        Properties: {
          ScheduleExpression: "rate(1 minute)",
          State: "DISABLED",
          Name: "tick",
          Targets: [
            {
              Arn: { Ref: "M" },
              Id: "MEStepFunctionsTarget",
              RoleArn: { "Fn::GetAtt": ["MERole", "Arn"] },
              Input: "{}",
            },
          ],
        },
      },
      MERole: {
        Properties: {
          AssumeRolePolicyDocument: {
            Statement: [{ Principal: { Service: ["events.amazonaws.com"] } }],
          },
          Policies: [
            {
              PolicyName: "MERoleStartExecutionPolicy",
              PolicyDocument: {
                Statement: [
                  { Effect: "Allow", Action: "states:StartExecution", Resource: { Ref: "M" } },
                ],
              },
            },
          ],
        },
      },
    });
  });

  test.each(["CloudWatchEvent", "EventBridgeRule"])("%s is a rule with a pattern", (type) => {
    const resources = event(
      type,
      "Pattern: {source: [a]}",
      "EventBusName: bus",
      "RuleName: r",
      "InputPath: $.detail",
      "DeadLetterConfig: {Type: SQS}",
    );
    expect(resources).toMatchObject({
      ME: {
        Properties: {
          EventPattern: { source: ["a"] },
          EventBusName: "bus",
          Name: "r",
          Targets: [
            {
              InputPath: "$.detail",
              DeadLetterConfig: { Arn: { "Fn::GetAtt": ["MEQueue", "Arn"] } },
            },
          ],
        },
      },
      MEQueue: { Type: "AWS::SQS::Queue" },
      MEQueuePolicy: { Type: "AWS::SQS::QueuePolicy" },
    });
  });

  test("ScheduleV2 is a schedule of EventBridge Scheduler, in a role of its own or in one that is given", () => {
    const own = event(
      "ScheduleV2",
      "ScheduleExpression: rate(1 hour)",
      "ScheduleExpressionTimezone: Asia/Seoul",
    );
    expect(own).toMatchObject({
      ME: {
        Type: "AWS::Scheduler::Schedule",
        Properties: {
          Name: "ME",
          ScheduleExpression: "rate(1 hour)",
          ScheduleExpressionTimezone: "Asia/Seoul",
          FlexibleTimeWindow: { Mode: "OFF" },
          Target: { Arn: { Ref: "M" }, RoleArn: { "Fn::GetAtt": ["MERole", "Arn"] } },
        },
      },
      MERole: { Properties: { Policies: [{ PolicyName: "MEStartExecutionPolicy" }] } },
    });
    const given = event(
      "ScheduleV2",
      "ScheduleExpression: rate(1 hour)",
      "RoleArn: arn:r",
      "OmitName: true",
    );
    expect(given["MERole"]).toBeUndefined();
    expect(given).not.toMatchObject({ ME: { Properties: { Name: "ME" } } });
  });

  test("ScheduleV2 with a dead-letter queue may send to it", () => {
    const resources = event(
      "ScheduleV2",
      "ScheduleExpression: rate(1 hour)",
      "DeadLetterConfig: {Arn: arn:q}",
    );
    expect(resources).toMatchObject({
      ME: { Properties: { Target: { DeadLetterConfig: { Arn: "arn:q" } } } },
      MERole: {
        Properties: {
          Policies: [
            { PolicyName: "MEStartExecutionPolicy" },
            {
              PolicyDocument: {
                Statement: [{ Effect: "Allow", Action: "sqs:SendMessage", Resource: "arn:q" }],
              },
            },
          ],
        },
      },
    });
  });

  test("Api is a method of the API that SAM makes, which starts an execution with the body", () => {
    const resources = event("Api", "Path: '/orders/{id}'", "Method: POST");
    expect(resources).toMatchObject({
      MERole: { Properties: { Policies: [{ PolicyName: "MERoleStartExecutionPolicy" }] } },
      ServerlessRestApi: {
        Type: "AWS::ApiGateway::RestApi",
        Properties: {
          Body: {
            swagger: "2.0",
            info: { version: "1.0", title: { Ref: "AWS::StackName" } },
            paths: {
              "/orders/{id}": {
                post: {
                  parameters: [{ name: "id", in: "path", required: true, type: "string" }],
                  responses: {
                    "200": { description: "OK" },
                    "400": { description: "Bad Request" },
                  },
                  "x-amazon-apigateway-integration": {
                    type: "aws",
                    httpMethod: "POST",
                    uri: {
                      "Fn::Sub":
                        "arn:${AWS::Partition}:apigateway:${AWS::Region}:states:action/StartExecution",
                    },
                    credentials: { "Fn::GetAtt": ["MERole", "Arn"] },
                    requestTemplates: {
                      "application/json": {
                        "Fn::Sub": `{"input": "$util.escapeJavaScript($input.json('$'))", "stateMachineArn": "\${M}"}`,
                      },
                    },
                    responses: { "200": { statusCode: "200" }, "400": { statusCode: "400" } },
                  },
                },
              },
            },
          },
        },
      },
      ServerlessRestApiProdStage: {
        Type: "AWS::ApiGateway::Stage",
        Properties: { RestApiId: { Ref: "ServerlessRestApi" }, StageName: "Prod" },
      },
    });
    const deployments = Object.keys(resources).filter((id) =>
      /^ServerlessRestApiDeployment[0-9a-f]{10}$/.test(id),
    );
    expect(deployments).toHaveLength(1);
  });
});

describe("what SAM refuses is refused in its words", () => {
  const start =
    "Invalid Serverless Application Specification document. Number of errors found: 1. Resource with id [M] is invalid. ";
  test.each([
    [[role], "Either 'Definition' or 'DefinitionUri' property must be specified."],
    [
      [role, uri, "Definition: {}"],
      "Specify either 'Definition' or 'DefinitionUri' property and not both.",
    ],
    [
      [role, uri, "Policies: []"],
      "Specify either 'Role' or 'Policies' or neither property and not both.",
    ],
    [
      [role, uri, "Nothing: 1"],
      "property Nothing not defined for resource of type AWS::Serverless::StateMachine",
    ],
    [
      [role, uri, "DeploymentPreference: {Type: LINEAR}"],
      "'DeploymentPreference' requires 'AutoPublishAlias' property to be specified.",
    ],
    [
      [role, uri, "AutoPublishAlias: !Sub a"],
      "'AutoPublishAlias' must be a string or a Ref to a template parameter",
    ],
    [
      [uri, "Policies: {NothingPolicy: {}}"],
      "Unable to find a policy template or statement for policy 'NothingPolicy'.",
    ],
    [
      [uri, "Policies: {SQSPollerPolicy: {}}"],
      "Following required parameters of policy template 'SQSPollerPolicy' don't have values: ['QueueName']",
    ],
    [
      [role, uri, "Events: {E: {Type: Schedule}}"],
      "Event with id [E] is invalid. Missing required property 'Schedule'.",
    ],
    [
      [
        role,
        uri,
        "Events: {E: {Type: Schedule, Properties: {Schedule: x, State: a, Enabled: true}}}",
      ],
      "Event with id [E] is invalid. State and Enabled Properties cannot both be specified.",
    ],
    [
      [role, uri, "Events: {E: {Type: SQS}}"],
      "Event with id [E] is invalid. Stepwell knows no events of type SQS for a resource of type AWS::Serverless::StateMachine.",
    ],
    [
      [
        role,
        uri,
        "Events: {E: {Type: Api, Properties: {Path: /, Method: get}}, F: {Type: Api, Properties: {Path: /, Method: GET}}}",
      ],
      'Event with id [F] is invalid. API method "get" defined multiple times for path "/".',
    ],
  ])("%j", (properties, problem) => {
    expect(problemOf(() => resourcesOf(properties))).toBe(start + problem);
  });
});
