import { describe, expect, test } from "vitest";
import { isJsonObject, type JsonObject } from "../../expression/json.ts";
import { resolveTemplate } from "../resolving/resolve-template.ts";
import { context, madeUp, problemOf } from "../templates.fixture.ts";
import { expandTemplate } from "../transforms/expand-template.ts";
import { readServerless, type ServerlessOptions } from "./read-serverless.ts";

const read = (text: string, more: Partial<ServerlessOptions> = {}) =>
  readServerless(text, { name: "serverless.yml", ...more });

/** All that a service comes to, before anything is made. */
function resourcesOf(text: string, more: Partial<ServerlessOptions> = {}): JsonObject {
  const template = expandTemplate(read(text, more).template, { context });
  const { Resources } = template.sections;
  return Resources !== undefined && isJsonObject(Resources) ? Resources : {};
}

/** The example of the plugin's page, with what it refers to. */
const hello = `
service: hello
provider: {name: aws, runtime: nodejs20.x, stage: "\${opt:stage, 'dev'}", tags: {Owner: me}}
functions:
  hello: {handler: handler.hello, environment: {STAGE: "\${self:provider.stage}"}}
stepFunctions:
  stateMachines:
    hellostepfunc1:
      events:
        - http: {path: gofunction, method: GET, private: true}
        - schedule: {rate: [rate(10 minutes), rate(1 day)], enabled: true, input: {key1: value1}}
        - eventBridge: {event: {source: [aws.ec2]}, inputPath: $.detail, enabled: false}
      name: myStateMachine-\${self:provider.stage}
      definition:
        Comment: in \${AWS::Region}
        StartAt: A
        States:
          A: {Type: Task, Resource: {Fn::GetAtt: [hello, Arn]}, Next: B}
          B: {Type: Task, Resource: "arn:aws:states:::sqs:sendMessage", Parameters: {QueueUrl: {Ref: Queue}}, End: true}
      dependsOn: Queue
      tags: {Team: Atlantis}
      alarms: {topics: {alarm: "arn:aws:sns:us-east-1:1234567890:NotifyMe"}, metrics: [executionsFailed, {metric: executionsTimeOut, treatMissingData: breaching}], treatMissingData: ignore}
    plain-one:
      type: EXPRESS
      loggingConfig: {level: ERROR, includeExecutionData: true, destinations: [{Fn::GetAtt: [Group, Arn]}]}
      tracingConfig: {enabled: true}
      definition: {StartAt: P, States: {P: {Type: Pass, End: true}}}
  activities: [myTask]
resources:
  Resources:
    Queue: {Type: AWS::SQS::Queue}
    Group: {Type: AWS::Logs::LogGroup}
  Outputs: {Url: {Value: {Ref: Queue}}}
`;

describe("a service with state machines", () => {
  test("has the resources of both, by the ids of the framework and of the plugin", () => {
    expect(resourcesOf(hello)).toMatchObject({
      IamRoleLambdaExecution: { Type: "AWS::IAM::Role" },
      HelloLambdaFunction: {
        Type: "AWS::Lambda::Function",
        Properties: {
          FunctionName: "hello-dev-hello",
          Code: ".",
          Handler: "handler.hello",
          Environment: { Variables: { STAGE: "dev" } },
          Role: { "Fn::GetAtt": ["IamRoleLambdaExecution", "Arn"] },
          MemorySize: 1024,
          Timeout: 6,
        },
      },
      MyStateMachineDashdev: {
        Type: "AWS::StepFunctions::StateMachine",
        DependsOn: "Queue",
        Properties: {
          StateMachineName: "myStateMachine-dev",
          DefinitionSubstitutions: {
            definition_substitution_1: { "Fn::Sub": "in ${AWS::Region}" },
            definition_substitution_2: { "Fn::GetAtt": ["HelloLambdaFunction", "Arn"] },
            definition_substitution_3: { Ref: "Queue" },
          },
        },
      },
      PlainDashoneStepFunctionsStateMachine: {
        Properties: {
          StateMachineType: "EXPRESS",
          TracingConfiguration: { Enabled: true },
          LoggingConfiguration: {
            Level: "ERROR",
            IncludeExecutionData: true,
            Destinations: [
              { CloudWatchLogsLogGroup: { LogGroupArn: { "Fn::GetAtt": ["Group", "Arn"] } } },
            ],
          },
        },
      },
      MyTaskStepFunctionsActivity: {
        Type: "AWS::StepFunctions::Activity",
        Properties: { Name: "myTask" },
      },
      MyStateMachineDashdevExecutionsFailedAlarm: {
        Type: "AWS::CloudWatch::Alarm",
        Properties: {
          Namespace: "AWS/States",
          MetricName: "ExecutionsFailed",
          TreatMissingData: "ignore",
          AlarmActions: ["arn:aws:sns:us-east-1:1234567890:NotifyMe"],
        },
      },
      MyStateMachineDashdevExecutionsTimeOutAlarm: {
        Properties: { TreatMissingData: "breaching" },
      },
    });
  });

  test("has the events of its machines", () => {
    const resources = resourcesOf(hello);
    const ofType = (type: string) =>
      Object.values(resources).filter((resource) => (resource as JsonObject)["Type"] === type);
    expect(ofType("AWS::Events::Rule")).toMatchObject([
      {
        Properties: {
          ScheduleExpression: "rate(10 minutes)",
          State: "ENABLED",
          Targets: [{ Input: '{"key1":"value1"}' }],
        },
      },
      { Properties: { ScheduleExpression: "rate(1 day)" } },
      {
        Properties: {
          EventPattern: { source: ["aws.ec2"] },
          State: "DISABLED",
          Targets: [{ InputPath: "$.detail" }],
        },
      },
    ]);
    expect(resources["ApiGatewayRestApi"]).toMatchObject({
      Properties: { Body: { paths: { "/gofunction": { get: { security: [{ api_key: [] }] } } } } },
    });
  });

  test("gives a machine's role what its tasks do", () => {
    expect(resourcesOf(hello)["MyStateMachineDashdevRole"]).toMatchObject({
      Properties: {
        Policies: [
          {
            PolicyDocument: {
              Statement: [
                {
                  Action: ["lambda:InvokeFunction"],
                  Resource: [
                    { "Fn::GetAtt": ["HelloLambdaFunction", "Arn"] },
                    {
                      "Fn::Sub": [
                        "${Function}:*",
                        { Function: { "Fn::GetAtt": ["HelloLambdaFunction", "Arn"] } },
                      ],
                    },
                  ],
                },
                { Action: ["sqs:SendMessage"], Resource: "*" },
              ],
            },
          },
        ],
      },
    });
  });

  test("is resolved like any other template, and called after its name and its stage", () => {
    const { template, stackName, region, stage } = read(hello, { options: { stage: "prod" } });
    expect({ stackName, region, stage }).toEqual({
      stackName: "hello-prod",
      region: "us-east-1",
      stage: "prod",
    });
    const resolved = resolveTemplate(expandTemplate(template, { context }), context);
    const outputs = resolved.outputs(madeUp(resolved.resources));
    expect(outputs.map(({ name }) => name)).toEqual([
      "MyStateMachineDashprodArn",
      "PlainDashoneStepFunctionsStateMachineArn",
      "Url",
    ]);
  });
});

describe("a variable", () => {
  const files: { readonly [name: string]: string } = {
    "./custom.yml": "name: filed\nlist: [a, {b: c}]\nback: ${self:custom.text}",
    "./text.txt": "plain",
  };
  const valueOf = (expression: string) => {
    const text = `service: s\ncustom:\n  text: t\n  dev: {size: 3}\n  own: ${JSON.stringify(expression)}\nresources: {Resources: {R: {Type: T, Properties: {P: '\${self:custom.own}'}}}}\n`;
    const { template } = read(text, {
      environment: { HOME: "/h" },
      parameters: { p: "q" },
      readFile: (name) => files[name],
    });
    return ((template.sections["Resources"] as JsonObject)["R"] as { Properties: JsonObject })
      .Properties["P"];
  };

  test.each([
    ["${self:custom.text}", "t"],
    ["a-${self:custom.text}-b", "a-t-b"],
    ["${self:custom.${sls:stage}.size}", 3],
    ["${self:custom.nothing, 'none, at all'}", "none, at all"],
    ["${opt:nothing, self:custom.text}", "t"],
    ["${env:HOME}", "/h"],
    ["${env:NOTHING, ''}", ""],
    ["${param:p}", "q"],
    ["${file(./custom.yml):name}", "filed"],
    ["${file(./custom.yml):list.1}", { b: "c" }],
    ["${file(./custom.yml):back}", "t"],
    ["${file(./text.txt)}", "plain"],
    ["${file(./nothing.yml), 5}", 5],
    ["${strToBool('true')}", true],
    ["${aws:accountId}", { Ref: "AWS::AccountId" }],
    ["${aws:region}", "us-east-1"],
    ["${ssm:/a/b}", "{{resolve:ssm:/a/b}}"],
    ["${AWS::Region}/${Other}", "${AWS::Region}/${Other}"],
  ])("%s is %j", (expression, value) => {
    expect(valueOf(expression)).toEqual(value);
  });

  test.each([
    [
      "${self:custom.nothing}",
      "Cannot resolve the variable ${self:custom.nothing} of serverless.yml: there is no such value.",
    ],
    ["${self:custom.own}", "Variables refer to each other in a circle: ${self:custom.own}"],
    [
      "a${self:custom.dev}",
      "The variable ${self:custom.dev} is no text and cannot be a part of one: a${self:custom.dev}",
    ],
    ["${s3:bucket/key}", "Stepwell knows no variables of the source s3 in serverless.yml."],
  ])("%s is refused", (expression, problem) => {
    expect(problemOf(() => valueOf(expression))).toBe(problem);
  });
});

describe("what is not known is refused with its name", () => {
  const machine = (members: string) =>
    `service: s\nstepFunctions: {stateMachines: {m: {definition: {StartAt: P}, ${members}}}}`;
  test.each([
    ["provider: {name: aws}", 'serverless.yml must have a "service".'],
    [
      machine("encryptionConfig: {}"),
      "Stepwell does not know encryptionConfig of the state machine m in serverless.yml.",
    ],
    [
      machine("events: [{alexa: 1}]"),
      "Stepwell knows no events of type alexa in serverless.yml (state machine m).",
    ],
    [
      machine("events: [{http: {path: a, request: {schemas: {}}}}]"),
      "Stepwell does not know request.schemas of http events in serverless.yml (state machine m); use an AWS::Serverless::Api in resources.",
    ],
    [
      "service: s\nstepFunctions: {stateMachines: {m: {}}}",
      "The state machine m of serverless.yml must have a definition.",
    ],
    ["service: s\nfunctions: {f: {}}", "The function f of serverless.yml must have a handler."],
  ])("%s", (text, problem) => {
    expect(problemOf(() => read(text))).toBe(problem);
  });
});

describe("notifications of a state machine", () => {
  const machine = (notifications: object, more: object = {}) => `
service: s
functions: {hello: {handler: h.hello}}
stepFunctions:
  stateMachines:
    main: ${JSON.stringify({ name: "orders", definition: { StartAt: "P", States: { P: { Type: "Pass", End: true } } }, notifications, ...more })}
`;

  test("are rules for each status, with the role and the permissions that their targets need", () => {
    const text = machine({
      FAILED: [
        {
          sns: "topic-arn",
          inputTransformer: { inputPathsMap: { s: "$.detail.status" }, inputTemplate: '"<s>"' },
        },
        { sqs: { arn: "queue-arn", messageGroupId: 12345 }, inputPath: "$.detail" },
        { lambda: { "Fn::GetAtt": ["hello", "Arn"] } },
      ],
      TIMED_OUT: [
        { stepFunctions: "machine-arn" },
        { kinesis: { arn: "stream-arn", partitionKeyPath: "$.id" } },
      ],
    });
    expect(resourcesOf(text)).toMatchObject({
      OrdersNotificationsFAILEDEventRule: {
        Type: "AWS::Events::Rule",
        Properties: {
          EventPattern: {
            source: ["aws.states"],
            "detail-type": ["Step Functions Execution Status Change"],
            detail: { status: ["FAILED"], stateMachineArn: [{ Ref: "Orders" }] },
          },
          Targets: [
            {
              Id: "FAILED-1",
              Arn: "topic-arn",
              InputTransformer: { InputPathsMap: { s: "$.detail.status" }, InputTemplate: '"<s>"' },
            },
            { Arn: "queue-arn", SqsParameters: { MessageGroupId: "12345" }, InputPath: "$.detail" },
            { Arn: { "Fn::GetAtt": ["HelloLambdaFunction", "Arn"] } },
          ],
        },
      },
      OrdersNotificationsFAILEDEventRulePermission3: {
        Type: "AWS::Lambda::Permission",
        Properties: { Principal: "events.amazonaws.com" },
      },
      OrdersNotificationsTIMEDOUTEventRule: {
        Properties: {
          Targets: [
            {
              Arn: "machine-arn",
              RoleArn: { "Fn::GetAtt": ["OrdersNotificationsIamRole", "Arn"] },
            },
            { Arn: "stream-arn", KinesisParameters: { PartitionKeyPath: "$.id" } },
          ],
        },
      },
      OrdersNotificationsIamRole: {
        Properties: {
          Policies: [
            {
              PolicyDocument: {
                Statement: [
                  { Action: "states:StartExecution", Resource: "machine-arn" },
                  { Action: "kinesis:PutRecord", Resource: "stream-arn" },
                ],
              },
            },
          ],
        },
      },
    });
  });

  test("are none of an Express Workflow, and what is not known is refused", () => {
    const express = resourcesOf(machine({ FAILED: [{ sns: "arn" }] }, { type: "EXPRESS" }));
    expect(Object.keys(express).filter((id) => id.includes("Notifications"))).toEqual([]);
    expect(problemOf(() => read(machine({ FAILED: [{ mail: "me" }] })))).toBe(
      "Stepwell knows no notifications mail (state machine Orders of serverless.yml).",
    );
    expect(problemOf(() => read(machine({ ENDED: [] })))).toContain("no notifications ENDED");
  });
});

test("with useExactVersion a machine calls the versions of functions, and others call functions", () => {
  const resources = resourcesOf(`
service: s
functions: {hello: {handler: h.hello}}
stepFunctions:
  stateMachines:
    exact: {useExactVersion: true, definition: {StartAt: A, States: {A: {Type: Task, Resource: {Fn::GetAtt: [hello, Arn]}, End: true}}}}
    newest: {definition: {StartAt: A, States: {A: {Type: Task, Resource: {Fn::GetAtt: [hello, Arn]}, End: true}}}}
`);
  const version = Object.keys(resources).find((id) => id.startsWith("HelloLambdaFunctionVersion"));
  expect(version).toBeDefined();
  const calledBy = (id: string): string => JSON.stringify(resources[id]);
  expect(calledBy("ExactStepFunctionsStateMachine")).toContain(`{"Ref":"${version}"}`);
  expect(calledBy("NewestStepFunctionsStateMachine")).not.toContain(`"Ref":"${version}"`);
});
