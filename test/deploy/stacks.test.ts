import { describe, expect, test } from "vitest";
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
    expect(JSON.parse(String(machine["definition"]))).toMatchObject({
      States: { Wait: { Seconds: 1 }, Say: { Result: "moin" } },
    });
    await expect(deploy("orders", sam(1), { Parameters: parameters })).rejects.toThrow(
      "No updates are to be performed.",
    );

    await call("cloudformation", "DeleteStack", { StackName: "orders" });
    expect(await settled(String(updated["StackId"]))).toMatchObject({
      StackStatus: "DELETE_COMPLETE",
    });
    await expect(call("cloudformation", "DescribeStacks", { StackName: "orders" })).rejects.toThrow(
      "Stack with id orders does not exist",
    );
    expect(mistakes).toEqual([]);
  });
});
