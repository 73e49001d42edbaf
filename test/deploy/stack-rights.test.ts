import { describe, expect, test } from "vitest";
import type { Caller } from "../../src/ports/caller.ts";
import { accountId, region } from "../api/start-server.ts";
import { allow, policyText, trust } from "../iam/enforcing-stepwell.ts";
import { stackTester } from "./stack-tester.ts";

const template = `
Resources:
  M:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      StateMachineName: orders
      RoleArn: !Sub arn:aws:iam::\${AWS::AccountId}:role/runs
      Definition: {StartAt: A, States: {A: {Type: Pass, End: true}}}
`;

async function enforced() {
  const tester = await stackTester(undefined, { iam: { mode: "required" } });
  const { stepwell, iam, settled } = tester;
  await iam("CreateRole", {
    RoleName: "runs",
    AssumeRolePolicyDocument: trust({ Service: "states.amazonaws.com" }),
  });
  const { User } = await iam("CreateUser", { UserName: "dora" });
  const { Arn, UserId } = User as { readonly Arn: string; readonly UserId: string };
  const dora: Caller = {
    partition: "aws",
    region,
    accountId,
    principal: { type: "user", userArn: Arn, userId: UserId },
  };
  const deploy = async (more = {}) => {
    const { signal } = new AbortController();
    const members = { StackName: "s", TemplateBody: template, ...more };
    const request = { caller: dora, requestId: "test", signal };
    await stepwell.services.services.call("cloudformation", "CreateStack", { members }, request);
    return settled("s");
  };
  const may = (...statements: Parameters<typeof policyText>) =>
    iam("PutUserPolicy", {
      UserName: "dora",
      PolicyName: "p",
      PolicyDocument: policyText(...statements),
    });
  return { ...tester, deploy, may };
}

describe("where access is asked for", () => {
  test("a stack is made by whoever may make it and all that is in it", async () => {
    const { deploy, may, call } = await enforced();
    await expect(deploy()).rejects.toThrow(
      "user/dora is not authorized to perform: cloudformation:CreateStack on resource: arn:aws:cloudformation:",
    );
    await may(allow("cloudformation:*"));
    expect(await deploy()).toMatchObject({ StackStatus: "ROLLBACK_COMPLETE" });
    const { StackEvents } = await call("cloudformation", "DescribeStackEvents", { StackName: "s" });
    expect(JSON.stringify(StackEvents)).toContain(
      "user/dora is not authorized to perform: states:CreateStateMachine",
    );
    await call("cloudformation", "DeleteStack", { StackName: "s" });
    await may(allow(["cloudformation:*", "states:*", "iam:PassRole"]));
    await expect
      .poll(() => deploy().catch(() => ({})))
      .toMatchObject({ StackStatus: "CREATE_COMPLETE" });
  });

  test("a stack's role makes what is in it, if it trusts CloudFormation and may be passed on", async () => {
    const { deploy, may, iam } = await enforced();
    await iam("CreateRole", {
      RoleName: "makes",
      AssumeRolePolicyDocument: trust({ Service: "cloudformation.amazonaws.com" }),
    });
    await iam("PutRolePolicy", {
      RoleName: "makes",
      PolicyName: "p",
      PolicyDocument: policyText(allow(["states:*", "iam:PassRole"])),
    });
    const RoleARN = `arn:aws:iam::${accountId}:role/makes`;
    await may(allow("cloudformation:*"));
    await expect(deploy({ RoleARN })).rejects.toThrow("is not authorized to perform: iam:PassRole");
    await may(allow("cloudformation:*"), allow("iam:PassRole", RoleARN));
    expect(await deploy({ RoleARN })).toMatchObject({ StackStatus: "CREATE_COMPLETE", RoleARN });
  });
});
