import { textOf } from "../../src/deploy/text-of.ts";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import type { JsonObject } from "../../src/expression/json.ts";
import { stackTester } from "./stack-tester.ts";

const sam = (seconds: number, more = "") => `
Transform: AWS::Serverless-2016-10-31
Parameters:
  Greeting: {Type: String, Default: hello}
Resources:
  Orders:
    Type: AWS::Serverless::StateMachine
    Properties:
      Definition:
        StartAt: Wait
        States:
          Wait: {Type: Wait, Seconds: ${seconds}, Next: Say}
          Say: {Type: Pass, Result: "\${Greeting}", End: true}
      DefinitionSubstitutions: {Greeting: !Ref Greeting}
      Policies:
        - Statement: [{Effect: Allow, Action: "sqs:SendMessage", Resource: !GetAtt Queue.Arn}]
  Queue: {Type: AWS::SQS::Queue}
${more}
Outputs:
  Machine: {Value: !Ref Orders, Export: {Name: orders-machine}}
  Role: {Value: !GetAtt OrdersRole.Arn}
`;

describe("a SAM template", () => {
  test("becomes a stack whose state machine runs, is updated in place and deleted", async () => {
    const { deploy, states, call, events, settled, mistakes } = await stackTester();
    const created = await deploy("orders", sam(0));
    expect(created).toMatchObject({ StackStatus: "CREATE_COMPLETE" });
    const [{ OutputValue: stateMachineArn }] = created["Outputs"] as [{ OutputValue: string }];
    expect(stateMachineArn).toMatch(/:stateMachine:orders-Orders-[A-Z0-9]{10,}$/);
    const { executionArn = null } = await states("StartExecution", { stateMachineArn });
    await expect
      .poll(async () => (await states("DescribeExecution", { executionArn }))["output"])
      .toBe('"hello"');
    expect(await events("orders")).toEqual([
      "orders CREATE_IN_PROGRESS",
      "Queue CREATE_IN_PROGRESS",
      "Queue CREATE_COMPLETE",
      "OrdersRole CREATE_IN_PROGRESS",
      "OrdersRole CREATE_COMPLETE",
      "Orders CREATE_IN_PROGRESS",
      "Orders CREATE_COMPLETE",
      "orders CREATE_COMPLETE",
    ]);

    const parameters = [{ ParameterKey: "Greeting", ParameterValue: "moin" }];
    const updated = await deploy("orders", sam(1), { Parameters: parameters });
    expect(updated).toMatchObject({ StackStatus: "UPDATE_COMPLETE" });
    const machine = await states("DescribeStateMachine", { stateMachineArn });
    expect(JSON.parse(textOf(machine["definition"]))).toMatchObject({
      States: { Wait: { Seconds: 1 }, Say: { Result: "moin" } },
    });
    await expect(deploy("orders", sam(1), { Parameters: parameters })).rejects.toThrow(
      "No updates are to be performed.",
    );

    await call("cloudformation", "DeleteStack", { StackName: "orders" });
    expect(await settled(textOf(updated["StackId"]))).toMatchObject({
      StackStatus: "DELETE_COMPLETE",
    });
    await expect(call("cloudformation", "DescribeStacks", { StackName: "orders" })).rejects.toThrow(
      "Stack with id orders does not exist",
    );
    expect(mistakes).toEqual([]);
  });
});

const machine = (definition: string, more = "") => `
  M:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      RoleArn: arn:aws:iam::123456789012:role/any
      Definition: ${definition}${more}
`;
const pass = "{StartAt: A, States: {A: {Type: Pass, End: true}}}";

describe("CloudFormation's API", () => {
  test("undoes a creation that fails, and says why", async () => {
    const { deploy, events, call, states } = await stackTester();
    const stack = await deploy(
      "wrong",
      `Resources:\n  Queue: {Type: AWS::SQS::Queue}${machine("{StartAt: B, States: {}}", "\n    DependsOn: Queue")}`,
    );
    expect(stack).toMatchObject({
      StackStatus: "ROLLBACK_COMPLETE",
      StackStatusReason: "The following resource(s) failed to create: [M]. ",
    });
    expect(await events("wrong")).toEqual([
      "wrong CREATE_IN_PROGRESS",
      "Queue CREATE_IN_PROGRESS",
      "Queue CREATE_COMPLETE",
      "M CREATE_IN_PROGRESS",
      "M CREATE_FAILED",
      "wrong ROLLBACK_IN_PROGRESS",
      "Queue DELETE_IN_PROGRESS",
      "Queue DELETE_COMPLETE",
      "wrong ROLLBACK_COMPLETE",
    ]);
    expect(await call("sqs", "ListQueues")).toEqual({});
    expect(await states("ListStateMachines", {})).toEqual({ stateMachines: [] });
  });

  test("says beforehand what a service that is off will not make", async () => {
    const { call } = await stackTester(undefined, { standInServices: undefined });
    const types = [
      "SNS::Topic",
      "SNS::Subscription",
      "SQS::Queue",
      "DynamoDB::Table",
      "SSM::Parameter",
    ];
    const resources = types.map((type, index) => `R${index}: { Type: "AWS::${type}" }`);
    const named = { StackName: "s", ChangeSetName: "first", ChangeSetType: "CREATE" };
    const TemplateBody = `Resources: { ${resources.join(", ")} }`;
    await call("cloudformation", "CreateChangeSet", { ...named, TemplateBody });
    const { Changes } = await call("cloudformation", "DescribeChangeSet", named);
    const changes = Changes as readonly { readonly ResourceChange: { readonly IsMadeUp?: true } }[];
    expect(changes.map(({ ResourceChange: { IsMadeUp = false } }) => IsMadeUp)).toEqual([
      true,
      true,
      true,
      true,
      false,
    ]);
  });

  test("thinks a change out, shows its differences and performs it", async () => {
    const { deploy, call, settled } = await stackTester();
    await deploy("s", `Resources:${machine(pass)}  Old: {Type: AWS::SQS::Queue}`);
    const named = { StackName: "s", ChangeSetName: "next" };
    const TemplateBody = `Resources:${machine(pass.replace("Type: Pass", "Type: Wait, Seconds: 1"))}  New: {Type: Some::Other::Thing}`;
    await call("cloudformation", "CreateChangeSet", { ...named, TemplateBody });
    const changeSet = await call("cloudformation", "DescribeChangeSet", named);
    expect(changeSet).toMatchObject({
      Status: "CREATE_COMPLETE",
      ExecutionStatus: "AVAILABLE",
      Changes: [
        {
          ResourceChange: {
            Action: "Modify",
            LogicalResourceId: "M",
            Replacement: "False",
            Details: [
              {
                Target: {
                  Path: "/Properties/Definition/States/A/Type",
                  BeforeValue: "Pass",
                  AfterValue: "Wait",
                },
              },
              { Target: { Path: "/Properties/Definition/States/A/Seconds", AfterValue: "1" } },
            ],
          },
        },
        { ResourceChange: { Action: "Add", LogicalResourceId: "New", IsMadeUp: true } },
        { ResourceChange: { Action: "Remove", LogicalResourceId: "Old", PolicyAction: "Delete" } },
      ],
    });
    const whole = { ...named, IncludePropertyValues: "true" };
    const { Changes } = await call("cloudformation", "DescribeChangeSet", whole);
    const [{ ResourceChange: change } = {}] = Changes as readonly { ResourceChange?: JsonObject }[];
    const types = ["BeforeContext", "AfterContext"].map(
      (name) => JSON.parse(textOf(change?.[name])).Properties.Definition.States.A.Type,
    );
    expect(types).toEqual(["Pass", "Wait"]);
    await call("cloudformation", "ExecuteChangeSet", named);
    expect(await settled("s")).toMatchObject({ StackStatus: "UPDATE_COMPLETE" });
    await expect(call("cloudformation", "ExecuteChangeSet", named)).rejects.toThrow(
      "cannot be executed in its current status",
    );
    await call("cloudformation", "CreateChangeSet", {
      ...named,
      ChangeSetName: "none",
      TemplateBody,
    });
    expect(
      await call("cloudformation", "DescribeChangeSet", { StackName: "s", ChangeSetName: "none" }),
    ).toMatchObject({
      Status: "FAILED",
      StatusReason:
        "The submitted information didn't contain changes. Submit different information to create a change set.",
    });
  });

  test("keeps an export as long as another stack imports it", async () => {
    const { deploy, call, settled } = await stackTester();
    const exporting = (value: string) =>
      `Resources: {Q: {Type: AWS::SQS::Queue}}\nOutputs: {V: {Value: ${value}, Export: {Name: shared}}}`;
    await deploy("from", exporting("a"));
    const importing =
      "Resources: {P: {Type: AWS::SSM::Parameter, Properties: {Type: String, Value: !ImportValue shared}}}";
    await deploy("to", importing);
    expect(await call("cloudformation", "ListImports", { ExportName: "shared" })).toEqual({
      Imports: ["to"],
    });
    expect(await deploy("from", exporting("b"))).toMatchObject({
      StackStatus: "UPDATE_ROLLBACK_COMPLETE",
      StackStatusReason: "Cannot update export shared as it is in use by to",
    });
    await call("cloudformation", "DeleteStack", { StackName: "from" });
    expect(await settled("from")).toMatchObject({
      StackStatus: "DELETE_FAILED",
      StackStatusReason: "Export shared cannot be deleted as it is in use by to",
    });
    await expect(deploy("other", importing.replace("shared", "unheard"))).rejects.toThrow(
      "No export named unheard found.",
    );
  });

  test("replaces what cannot be changed, deletes the old one after the new one, and keeps what is to be kept", async () => {
    const { deploy, call, states } = await stackTester();
    const template = (type: string, policy: string) =>
      `Resources:${machine(pass, `\n      StateMachineType: ${type}\n    UpdateReplacePolicy: ${policy}`)}`;
    await deploy("s", template("STANDARD", "Delete"));
    const names = async () =>
      ((await states("ListStateMachines", {}))["stateMachines"] as readonly { type: string }[]).map(
        ({ type }) => type,
      );
    await deploy("s", template("EXPRESS", "Retain"));
    expect(await names()).toEqual(["EXPRESS"]);
    await deploy("s", template("STANDARD", "Retain"));
    expect((await names()).toSorted()).toEqual(["EXPRESS", "STANDARD"]);
    const { StackResources } = await call("cloudformation", "DescribeStackResources", {
      StackName: "s",
    });
    expect(StackResources).toHaveLength(1);
  });

  test("is found by what it has made, and there is none of what nobody has made", async () => {
    const { deploy, call } = await stackTester();
    const created = await deploy("orders", sam(0));
    const [{ OutputValue: stateMachineArn }] = created["Outputs"] as [{ OutputValue: string }];
    const found = (PhysicalResourceId: string) =>
      call("cloudformation", "DescribeStackResources", { PhysicalResourceId });
    const { StackResources } = await found(stateMachineArn);
    expect(StackResources).toContainEqual(
      expect.objectContaining({ StackName: "orders", PhysicalResourceId: stateMachineArn }),
    );
    await expect(found("nobody")).rejects.toMatchObject({
      code: "ValidationError",
      message: "Stack for nobody does not exist",
    });
    await expect(call("cloudformation", "DescribeStackResources", {})).rejects.toMatchObject({
      code: "ValidationError",
    });
  });

  test("makes stacks in stacks, and hands their outputs on", async () => {
    const objectFolder = await mkdtemp(join(tmpdir(), "stacks-"));
    onTestFinished(() => rm(objectFolder, { recursive: true }));
    const { deploy, call, settled } = await stackTester(undefined, { objectFolder });
    await call("s3", "CreateBucket", { Bucket: "templates" });
    await writeFile(
      join(objectFolder, "templates", "inner.yaml"),
      "Parameters: {Name: {Type: String}}\nResources: {P: {Type: AWS::SSM::Parameter, Properties: {Name: !Ref Name, Type: String, Value: v}}}\nOutputs: {Made: {Value: !Ref P}}",
    );
    const stack = await deploy(
      "outer",
      "Resources: {In: {Type: AWS::CloudFormation::Stack, Properties: {TemplateURL: 'https://templates.s3.amazonaws.com/inner.yaml', Parameters: {Name: deep}}}}\nOutputs: {O: {Value: !GetAtt In.Outputs.Made}}",
    );
    expect(stack).toMatchObject({
      StackStatus: "CREATE_COMPLETE",
      Outputs: [{ OutputValue: "deep" }],
    });
    await call("cloudformation", "DeleteStack", { StackName: "outer" });
    expect(await settled(textOf(stack["StackId"]))).toMatchObject({
      StackStatus: "DELETE_COMPLETE",
    });
    await expect(call("ssm", "GetParameter", { Name: "deep" })).rejects.toThrow();
  });

  test("shows nothing of a parameter that is not to be echoed", async () => {
    const { deploy, call, settled } = await stackTester();
    const template = (more: string) => `
Parameters: {Password: {Type: String, NoEcho: true}, Short: {Type: String, NoEcho: true}}
Resources:
  P: {Type: AWS::SSM::Parameter, Properties: {Name: /app/url, Type: String, Value: !Sub "https://me:\${Password}@db${more}"}}
  S: {Type: AWS::SSM::Parameter, Properties: {Name: /app/pin, Type: String, Value: !Ref Short}}
  M:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      RoleArn: arn:aws:iam::123456789012:role/m
      DefinitionString: !Sub '{"StartAt":"A","States":{"A":{"Type":"Pass","Result":"\${Password}","End":true}}}'
Outputs:
  Url: {Value: !GetAtt P.Value, Export: {Name: url}}
  Pin: {Value: !Ref Short}
  Plain: {Value: !Ref P}
`;
    const values = (password: string) => ({
      Parameters: [
        { ParameterKey: "Password", ParameterValue: password },
        { ParameterKey: "Short", ParameterValue: "77" },
      ],
    });
    const stack = await deploy("app", template(""), values("open sesame"));
    expect(stack).toMatchObject({ StackStatus: "CREATE_COMPLETE" });
    expect((await call("ssm", "GetParameter", { Name: "/app/url" }))["Parameter"]).toMatchObject({
      Value: "https://me:open sesame@db",
    });
    expect(stack["Outputs"]).toMatchObject([
      { OutputKey: "Url", OutputValue: "****" },
      { OutputKey: "Pin", OutputValue: "****" },
      { OutputKey: "Plain", OutputValue: "/app/url" },
    ]);
    await call("cloudformation", "CreateChangeSet", {
      StackName: "app",
      ChangeSetName: "c",
      TemplateBody: template("/x"),
      ...values("another-sesame"),
    });
    await call("ssm", "PutParameter", {
      Name: "/app/url",
      Value: "https://you:open sesame@db",
      Overwrite: true,
    });
    await call("cloudformation", "DetectStackDrift", { StackName: "app" });
    const failed = await deploy(
      "app",
      template("/x").replace("Name: /app/pin", 'Name: "/app/${"'),
      values("another-sesame"),
    );
    expect(failed).toMatchObject({ StackStatus: "UPDATE_ROLLBACK_COMPLETE" });
    const of = { StackName: "app" };
    const shown = JSON.stringify([
      failed,
      await call("cloudformation", "DescribeChangeSet", {
        ...of,
        ChangeSetName: "c",
        IncludePropertyValues: "true",
      }),
      await call("cloudformation", "DescribeStackEvents", of),
      await call("cloudformation", "DescribeStackResources", of),
      await call("cloudformation", "DescribeStackResourceDrifts", of),
      await call("cloudformation", "ListExports", {}),
    ]);
    expect(shown).toContain("https://me:****@db");
    expect(shown).not.toMatch(/sesame|"77"|\\"77/);
    await call("cloudformation", "DeleteStack", of);
    expect(await settled(textOf(stack["StackId"]))).toMatchObject({
      StackStatus: "DELETE_COMPLETE",
    });
  });

  test("makes queues, topics, tables, buckets and log groups, and removes them", async () => {
    const objectFolder = await mkdtemp(join(tmpdir(), "stacks-"));
    onTestFinished(() => rm(objectFolder, { recursive: true }));
    const { deploy, call, settled, reasons, mistakes } = await stackTester(undefined, {
      objectFolder,
    });
    const template = (seconds: number) => `
Resources:
  Dead: {Type: AWS::SQS::Queue}
  Q:
    Type: AWS::SQS::Queue
    Properties:
      VisibilityTimeout: ${seconds}
      RedrivePolicy: {deadLetterTargetArn: !GetAtt Dead.Arn, maxReceiveCount: 3}
  T: {Type: AWS::SNS::Topic}
  S: {Type: AWS::SNS::Subscription, Properties: {TopicArn: !Ref T, Protocol: sqs, Endpoint: !GetAtt Q.Arn, RawMessageDelivery: true}}
  D:
    Type: AWS::DynamoDB::Table
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
      KeySchema: [{AttributeName: id, KeyType: HASH}]
  B: {Type: AWS::S3::Bucket}
  L: {Type: AWS::Logs::LogGroup, Properties: {RetentionInDays: ${seconds}}}
  A: {Type: AWS::StepFunctions::Activity, Properties: {Name: work, Tags: [{Key: n, Value: "${seconds}"}]}}
  U: {Type: AWS::IAM::User, Properties: {UserName: dora, Groups: [!Ref G], Policies: [{PolicyName: p, PolicyDocument: {Version: "2012-10-17", Statement: [{Effect: Allow, Action: "s3:*", Resource: !GetAtt B.Arn}]}}]}}
  G: {Type: AWS::IAM::Group}
  P: {Type: AWS::IAM::ManagedPolicy, Properties: {Users: [!Ref U], PolicyDocument: {Version: "2012-10-17", Statement: [{Effect: Allow, Action: "sqs:*", Resource: "*"}]}}}
`;
    const stack = await deploy("all", template(30));
    expect(await reasons("all")).toEqual([]);
    expect(stack).toMatchObject({ StackStatus: "CREATE_COMPLETE" });
    const { StackResources } = await call("cloudformation", "DescribeStackResources", {
      StackName: "all",
    });
    const resources = StackResources as readonly Record<string, unknown>[];
    expect(resources.filter(({ IsMadeUp }) => IsMadeUp === true)).toEqual([]);
    const updated = await deploy("all", template(60));
    expect(await reasons("all")).toEqual([]);
    expect(updated).toMatchObject({ StackStatus: "UPDATE_COMPLETE" });
    const QueueUrl = resources.find(({ LogicalResourceId }) => LogicalResourceId === "Q");
    expect(
      await call("sqs", "GetQueueAttributes", {
        QueueUrl: textOf(QueueUrl?.["PhysicalResourceId"]),
        AttributeNames: ["VisibilityTimeout"],
      }),
    ).toEqual({ Attributes: { VisibilityTimeout: "60" } });
    await call("cloudformation", "DeleteStack", { StackName: "all" });
    expect(await settled(textOf(stack["StackId"]))).toMatchObject({
      StackStatus: "DELETE_COMPLETE",
    });
    expect(await call("dynamodb", "ListTables")).toEqual({ TableNames: [] });
    expect(mistakes).toEqual([]);
  });

  test("makes functions, rules, buses and schedules, each by its own service", async () => {
    const objectFolder = await mkdtemp(join(tmpdir(), "stacks-"));
    onTestFinished(() => rm(objectFolder, { recursive: true }));
    const { deploy, call, settled, reasons, mistakes } = await stackTester(undefined, {
      objectFolder,
    });
    const template = (rate: string) => `
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties: {AssumeRolePolicyDocument: {Version: "2012-10-17", Statement: [{Effect: Allow, Principal: {Service: [lambda.amazonaws.com, events.amazonaws.com, scheduler.amazonaws.com]}, Action: "sts:AssumeRole"}]}}
  F: {Type: AWS::Lambda::Function, Properties: {Role: !GetAtt Role.Arn, Runtime: nodejs22.x, Handler: index.handler, Code: {ZipFile: "exports.handler = async () => 1;"}}}
  M:
    Type: AWS::StepFunctions::StateMachine
    Properties: {RoleArn: !GetAtt Role.Arn, Definition: {StartAt: A, States: {A: {Type: Task, Resource: !GetAtt F.Arn, End: true}}}}
  Bus: {Type: AWS::Events::EventBus, Properties: {Name: orders}}
  R: {Type: AWS::Events::Rule, Properties: {EventBusName: !Ref Bus, EventPattern: {source: [shop]}, Targets: [{Id: m, Arn: !Ref M, RoleArn: !GetAtt Role.Arn}]}}
  G: {Type: AWS::Scheduler::ScheduleGroup, Properties: {Name: nightly}}
  S: {Type: AWS::Scheduler::Schedule, Properties: {GroupName: !Ref G, ScheduleExpression: "${rate}", FlexibleTimeWindow: {Mode: "OFF"}, Target: {Arn: !Ref M, RoleArn: !GetAtt Role.Arn}}}
`;
    const stack = await deploy("all", template("rate(1 day)"));
    expect(await reasons("all")).toEqual([]);
    const { StackResources } = await call("cloudformation", "DescribeStackResources", {
      StackName: "all",
    });
    expect(JSON.stringify(StackResources)).not.toContain('"IsMadeUp":true');
    await deploy("all", template("rate(2 days)"));
    expect(await reasons("all")).toEqual([]);
    await call("cloudformation", "DeleteStack", { StackName: "all" });
    expect(await settled(textOf(stack["StackId"]))).toMatchObject({
      StackStatus: "DELETE_COMPLETE",
    });
    expect(mistakes).toEqual([]);
  });

  test("gives what is made here, and what is not, the references that templates take apart", async () => {
    const { deploy, call, reasons } = await stackTester();
    const stack = await deploy(
      "parts",
      `
Resources:
  C:
    Type: AWS::Events::Connection
    Properties: {Name: shop, AuthorizationType: API_KEY, AuthParameters: {ApiKeyAuthParameters: {ApiKeyName: x, ApiKeyValue: y}}}
  T: {Type: AWS::ECS::TaskDefinition}
  J: {Type: AWS::Batch::JobQueue}
Outputs:
  Secret: {Value: !GetAtt C.SecretArn}
  Family: {Value: !Select [0, !Split [":", !Select [1, !Split ["task-definition/", !Ref T]]]]}
  Queue: {Value: !Select [5, !Split [":", !Ref J]]}
`,
    );
    expect(await reasons("parts")).toEqual([]);
    const outputs = Object.fromEntries(
      (stack["Outputs"] as { readonly OutputKey: string; readonly OutputValue: string }[]).map(
        ({ OutputKey, OutputValue }) => [OutputKey, OutputValue],
      ),
    );
    expect(outputs).toMatchObject({
      Secret: expect.stringMatching(
        /^arn:aws:secretsmanager:.*:secret:events!connection[/]shop[/]/,
      ),
      Family: expect.stringContaining("parts-T-"),
      Queue: expect.stringContaining("job-queue/parts-J-"),
    });
    expect(await call("events", "DescribeConnection", { Name: "shop" })).toMatchObject({
      SecretArn: outputs["Secret"],
    });
  });

  test("finds what is no longer as the template says", async () => {
    const { deploy, call, states } = await stackTester();
    const stack = await deploy(
      "s",
      `Resources:${machine(pass)}  P: {Type: AWS::SSM::Parameter, Properties: {Name: p, Type: String, Value: a}}
  G: {Type: AWS::Logs::LogGroup, Properties: {LogGroupName: g, RetentionInDays: "7"}}
  T: {Type: AWS::SNS::Topic, Properties: {TopicName: t}}
Outputs: {M: {Value: !Ref M}, T: {Value: !Ref T}}`,
    );
    const drifts = async () => {
      await call("cloudformation", "DetectStackDrift", { StackName: "s" });
      const { StackResourceDrifts } = await call("cloudformation", "DescribeStackResourceDrifts", {
        StackName: "s",
      });
      return Object.fromEntries(
        (StackResourceDrifts as readonly Record<string, unknown>[]).map((drift) => [
          drift["LogicalResourceId"],
          drift["StackResourceDriftStatus"],
        ]),
      );
    };
    expect(await drifts()).toEqual({
      M: "IN_SYNC",
      P: "IN_SYNC",
      G: "IN_SYNC",
      T: "IN_SYNC",
    });
    await call("ssm", "PutParameter", { Name: "p", Value: "b", Overwrite: true });
    await call("logs", "PutRetentionPolicy", { logGroupName: "g", retentionInDays: 30 });
    const [machineArn, topicArn] = (stack["Outputs"] as { OutputValue: string }[]).map(
      ({ OutputValue }) => OutputValue,
    );
    await states("DeleteStateMachine", { stateMachineArn: machineArn ?? "" });
    await call("sns", "DeleteTopic", { TopicArn: topicArn ?? "" });
    expect(await drifts()).toEqual({
      M: "DELETED",
      P: "MODIFIED",
      G: "MODIFIED",
      T: "DELETED",
    });
  });

  test("gives back what is usual to a setting that a template no longer has", async () => {
    const { deploy, call } = await stackTester();
    const template = (settings: string, queue: string) => `Resources:
  F:
    Type: AWS::Lambda::Function
    Properties:
      FunctionName: f
      Runtime: nodejs22.x
      Handler: index.handler
      Role: arn:aws:iam::123456789012:role/f
      Code: {ZipFile: "exports.handler = () => 1;"}
${settings}
  Q: {Type: AWS::SQS::Queue, Properties: {QueueName: q${queue}}}
`;
    const settings = `      Timeout: 60
      MemorySize: 512
      Description: long
      Environment: {Variables: {WORD: hello}}
      DeadLetterConfig: {TargetArn: "arn:aws:sqs:us-east-1:123456789012:dead"}`;
    await deploy("s", template(settings, ", VisibilityTimeout: 90"));
    const told = async () => call("lambda", "GetFunctionConfiguration", { FunctionName: "f" });
    expect(await told()).toMatchObject({
      Timeout: 60,
      Environment: { Variables: { WORD: "hello" } },
    });
    const updated = await deploy("s", template("", ""));
    expect(updated).toMatchObject({ StackStatus: "UPDATE_COMPLETE" });
    const configuration = await told();
    expect(configuration).toMatchObject({
      Timeout: 3,
      MemorySize: 128,
      Description: "",
      DeadLetterConfig: {},
    });
    expect(configuration).not.toHaveProperty("Environment");
    expect(configuration["DeadLetterConfig"]).toEqual({});
    const { Attributes } = await call("sqs", "GetQueueAttributes", {
      QueueUrl: (await call("sqs", "GetQueueUrl", { QueueName: "q" }))["QueueUrl"] as string,
      AttributeNames: ["VisibilityTimeout"],
    });
    expect(Attributes).toEqual({ VisibilityTimeout: "30" });
  });

  test("makes what changes one and the same resource side by side, and loses none of it", async () => {
    const { deploy, call, iam, reasons } = await stackTester();
    const eight = Array.from({ length: 8 }, (_, index) => index);
    const stack = await deploy(
      "s",
      JSON.stringify({
        Resources: {
          F: {
            Type: "AWS::Lambda::Function",
            Properties: {
              FunctionName: "f",
              Runtime: "nodejs22.x",
              Handler: "index.handler",
              Role: "arn:aws:iam::123456789012:role/f",
              Code: { ZipFile: "exports.handler = () => 1;" },
            },
          },
          R: {
            Type: "AWS::IAM::Role",
            Properties: {
              RoleName: "r",
              AssumeRolePolicyDocument: {
                Version: "2012-10-17",
                Statement: [
                  {
                    Effect: "Allow",
                    Principal: { Service: "lambda.amazonaws.com" },
                    Action: "sts:AssumeRole",
                  },
                ],
              },
            },
          },
          ...Object.fromEntries(
            eight.flatMap((index) => [
              [
                `Permission${index}`,
                {
                  Type: "AWS::Lambda::Permission",
                  Properties: {
                    FunctionName: { Ref: "F" },
                    Action: "lambda:InvokeFunction",
                    Principal: `${index}23456789012`,
                  },
                },
              ],
              [
                `Policy${index}`,
                {
                  Type: "AWS::IAM::Policy",
                  Properties: {
                    PolicyName: `p${index}`,
                    Roles: [{ Ref: "R" }],
                    PolicyDocument: {
                      Version: "2012-10-17",
                      Statement: [{ Effect: "Allow", Action: "sqs:*", Resource: "*" }],
                    },
                  },
                },
              ],
            ]),
          ),
        },
      }),
    );
    expect(await reasons("s")).toEqual([]);
    expect(stack).toMatchObject({ StackStatus: "CREATE_COMPLETE" });
    const { Policy } = await call("lambda", "GetPolicy", { FunctionName: "f" });
    expect((JSON.parse(Policy as string) as { Statement: unknown[] }).Statement).toHaveLength(8);
    const { PolicyNames } = await iam("ListRolePolicies", { RoleName: "r" });
    expect(PolicyNames).toHaveLength(8);
  });

  test("refuses what AWS refuses, in its words", async () => {
    const { call } = await stackTester();
    const create = (TemplateBody: string, more = {}) =>
      call("cloudformation", "CreateStack", { StackName: "s", TemplateBody, ...more });
    await expect(create("Resources: {R: {Type: AWS::IAM::Role}}")).rejects.toThrow(
      "Requires capabilities : [CAPABILITY_IAM]",
    );
    await expect(
      create("Resources: {R: {Type: AWS::IAM::Role, Properties: {RoleName: r}}}", {
        Capabilities: ["CAPABILITY_IAM"],
      }),
    ).rejects.toThrow("Requires capabilities : [CAPABILITY_NAMED_IAM]");
    await expect(
      create("Parameters: {P: {Type: String}}\nResources: {Q: {Type: AWS::SQS::Queue}}"),
    ).rejects.toThrow("Parameters: [P] must have values");
    await expect(
      create("Resources: {Q: {Type: AWS::SQS::Queue}}", { StackName: "1s" }),
    ).rejects.toThrow("Member must satisfy regular expression pattern: [a-zA-Z][-a-zA-Z0-9]*");
    await expect(call("cloudformation", "DescribeStacks", { StackName: "none" })).rejects.toThrow(
      "Stack with id none does not exist",
    );
  });

  test("says of what it does not do that it does not, and what to do instead", async () => {
    const { call } = await stackTester();
    const queue = { StackName: "s", TemplateBody: "Resources: {Q: {Type: AWS::SQS::Queue}}" };
    const policies =
      "Stepwell has no policies of stacks: let IAM's policies say who may change what";
    const imports = "Stepwell imports no resources into stacks";
    const refused: readonly (readonly [string, JsonObject, string])[] = [
      ["CreateStack", { ...queue, StackPolicyBody: "{}" }, policies],
      ["SetStackPolicy", { StackName: "s", StackPolicyURL: "https://here" }, policies],
      ["RollbackStack", { StackName: "s" }, "Stepwell does not roll back a stack"],
      ["CreateChangeSet", { ...queue, ChangeSetName: "c", ChangeSetType: "IMPORT" }, imports],
      [
        "CreateChangeSet",
        {
          ...queue,
          ChangeSetName: "c",
          ChangeSetType: "CREATE",
          ResourcesToImport: [{ LogicalResourceId: "Q" }],
        },
        imports,
      ],
    ];
    for (const [operation, members, words] of refused) {
      await expect(call("cloudformation", operation, members)).rejects.toThrow(words);
    }
    await expect(call("cloudformation", "DescribeStacks", { StackName: "s" })).rejects.toThrow(
      "does not exist",
    );
    // The CDK's bootstrap always allows it: where nothing is there to be imported, it means nothing.
    const change = { ...queue, ChangeSetName: "c", ChangeSetType: "CREATE" };
    await call("cloudformation", "CreateChangeSet", { ...change, ImportExistingResources: true });
  });
});
