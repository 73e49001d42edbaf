import { expect, test } from "vitest";
import { stackTester } from "./stack-tester.ts";

const template = (answer: string): string => `
Transform: AWS::Serverless-2016-10-31
Resources:
  Greet:
    Type: AWS::Serverless::Function
    Properties:
      Runtime: nodejs22.x
      Handler: index.handler
      AutoPublishAlias: live
      Environment: {Variables: {WORD: ${answer}, NUMBER: 3}}
      InlineCode: |
        exports.handler = async ({ name }) => "${answer} " + process.env.WORD + process.env.NUMBER + name;
  Shared:
    Type: AWS::Lambda::Alias
    Properties:
      FunctionName: !Ref Greet
      FunctionVersion: !GetAtt Greet.Version.Version
      Name: shared
  Flow:
    Type: AWS::Serverless::StateMachine
    Properties:
      Definition:
        StartAt: Greet
        States: {Greet: {Type: Task, Resource: "\${Greet}", End: true}}
      DefinitionSubstitutions: {Greet: !Ref Greet.Alias}
      Policies: [{LambdaInvokePolicy: {FunctionName: !Ref Greet}}]
Outputs:
  Flow: {Value: !Ref Flow}
`;

test("a template's function is called by the machine beside it, as it was deployed last, and goes with its stack", async () => {
  const tester = await stackTester();
  const outputOf = async (answer: string): Promise<unknown> => {
    const stack = await tester.deploy("greeter", template(answer));
    expect(stack["StackStatus"]).toMatch(/^(?:CREATE|UPDATE)_COMPLETE$/);
    const [{ OutputValue: stateMachineArn }] = stack["Outputs"] as [{ OutputValue: string }];
    const started = await tester.states("StartExecution", {
      stateMachineArn,
      input: `{"name":"Ada"}`,
    });
    const { executionArn = null } = started;
    const described = () => tester.states("DescribeExecution", { executionArn });
    await expect
      .poll(async () => (await described())["status"], { timeout: 20_000 })
      .toBe("SUCCEEDED");
    return (await described())["output"];
  };
  expect(await outputOf("one")).toBe('"one one3Ada"');
  expect(await outputOf("two")).toBe('"two two3Ada"');
  await tester.call("cloudformation", "DeleteStack", { StackName: "greeter" });
  await tester.settled("greeter").catch(() => undefined);
  await expect.poll(() => tester.call("lambda", "ListFunctions")).toMatchObject({ Functions: [] });
  expect(tester.mistakes).toEqual([]);
}, 60_000);
