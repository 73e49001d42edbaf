import { IAMClient, type IAMServiceException } from "@aws-sdk/client-iam";
import * as iam from "@aws-sdk/client-iam";
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { expect, onTestFinished, test } from "vitest";
import { ownServer } from "../api/own-server.ts";
import { accountId, region } from "../api/start-server.ts";

const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: {
    Effect: "Allow",
    Principal: { Service: "states.amazonaws.com" },
    Action: "sts:AssumeRole",
  },
});
const allowing = (action: string) =>
  JSON.stringify({
    Version: "2012-10-17",
    Statement: [{ Effect: "Allow", Action: action, Resource: "*" }],
  });

async function clients() {
  const { url, mistakes } = await ownServer();
  const options = {
    endpoint: url,
    region,
    credentials: { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "x" },
    maxAttempts: 1,
  };
  const [client, sts] = [new IAMClient(options), new STSClient(options)];
  onTestFinished(() => {
    client.destroy();
    sts.destroy();
    expect(mistakes).toEqual([]);
  });
  return { client, sts };
}

/** The name and the words of what a call is refused with. */
async function refused(call: Promise<unknown>): Promise<string> {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown as IAMServiceException,
  );
  return error === undefined ? "not refused" : `${error.name}: ${error.message}`;
}

test("a user has a life: groups, policies, two keys, and no end before all of that is gone", async () => {
  const { client } = await clients();
  const Tags = [{ Key: "team", Value: "blue & <green>" }];
  const { User } = await client.send(
    new iam.CreateUserCommand({ UserName: "alice", Path: "/staff/", Tags }),
  );
  expect(User).toMatchObject({
    Arn: `arn:aws:iam::${accountId}:user/staff/alice`,
    UserId: expect.stringMatching(/^AIDA[A-Z2-7]{16}$/),
    Tags,
  });
  expect(await refused(client.send(new iam.CreateUserCommand({ UserName: "Alice" })))).toBe(
    "EntityAlreadyExistsException: User with name Alice already exists.",
  );
  await client.send(new iam.CreateGroupCommand({ GroupName: "ops" }));
  await client.send(new iam.AddUserToGroupCommand({ GroupName: "ops", UserName: "alice" }));
  const { Users } = await client.send(new iam.GetGroupCommand({ GroupName: "ops" }));
  expect(Users?.map(({ UserName }) => UserName)).toEqual(["alice"]);
  const PolicyDocument = allowing("states:*");
  await client.send(
    new iam.PutUserPolicyCommand({ UserName: "alice", PolicyName: "own", PolicyDocument }),
  );
  const read = await client.send(
    new iam.GetUserPolicyCommand({ UserName: "alice", PolicyName: "own" }),
  );
  expect(decodeURIComponent(read.PolicyDocument ?? "")).toBe(PolicyDocument);
  const PolicyArn = "arn:aws:iam::aws:policy/AdministratorAccess";
  await client.send(new iam.AttachUserPolicyCommand({ UserName: "alice", PolicyArn }));

  const keys = await Promise.all(
    ["1", "2", "3"].map(() =>
      client.send(new iam.CreateAccessKeyCommand({ UserName: "alice" })).then(
        ({ AccessKey }) => AccessKey,
        (error: unknown) => String(error),
      ),
    ),
  );
  const made = keys.filter((key) => typeof key === "object");
  expect(made).toHaveLength(2);
  expect(keys.find((key) => typeof key === "string")).toMatch(
    /LimitExceededException: Cannot exceed quota for AccessKeysPerUser: 2/,
  );
  const { AccessKeyMetadata } = await client.send(
    new iam.ListAccessKeysCommand({ UserName: "alice" }),
  );
  expect(JSON.stringify(AccessKeyMetadata)).not.toContain("Secret");

  const conflicts: string[] = [];
  const remove = () => refused(client.send(new iam.DeleteUserCommand({ UserName: "alice" })));
  const steps = [
    ...made.map(
      (key) => new iam.DeleteAccessKeyCommand({ UserName: "alice", AccessKeyId: key?.AccessKeyId }),
    ),
    new iam.RemoveUserFromGroupCommand({ GroupName: "ops", UserName: "alice" }),
    new iam.DetachUserPolicyCommand({ UserName: "alice", PolicyArn }),
    new iam.DeleteUserPolicyCommand({ UserName: "alice", PolicyName: "own" }),
  ];
  for (const step of steps) {
    conflicts.push(await remove());
    await client.send(step as iam.DeleteUserPolicyCommand);
  }
  expect(conflicts).toEqual(
    [
      "delete access keys",
      "delete access keys",
      "remove users from group",
      "detach all policies",
      "delete policies",
    ].map((what) => `DeleteConflictException: Cannot delete entity, must ${what} first.`),
  );
  expect(await remove()).toBe("not refused");
  expect(await refused(client.send(new iam.GetUserCommand({ UserName: "alice" })))).toBe(
    "NoSuchEntityException: The user with name alice cannot be found.",
  );
});

test("a role is made, read and unmade as Terraform does it", async () => {
  const { client } = await clients();
  const RoleName = "Orders";
  const created = await client.send(
    new iam.CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: trust, Description: "d" }),
  );
  const { Role } = await client.send(new iam.GetRoleCommand({ RoleName }));
  expect(Role).toEqual(created.Role);
  expect(decodeURIComponent(Role?.AssumeRolePolicyDocument ?? "")).toBe(trust);
  await client.send(
    new iam.PutRolePolicyCommand({
      RoleName,
      PolicyName: "p",
      PolicyDocument: allowing("lambda:InvokeFunction"),
    }),
  );
  const { Policy } = await client.send(
    new iam.CreatePolicyCommand({ PolicyName: "Shared", PolicyDocument: allowing("s3:GetObject") }),
  );
  const PolicyArn = Policy?.Arn;
  await client.send(new iam.AttachRolePolicyCommand({ RoleName, PolicyArn }));
  expect(await client.send(new iam.ListRolePoliciesCommand({ RoleName }))).toMatchObject({
    PolicyNames: ["p"],
    IsTruncated: false,
  });
  expect(await client.send(new iam.ListAttachedRolePoliciesCommand({ RoleName }))).toMatchObject({
    AttachedPolicies: [{ PolicyName: "Shared", PolicyArn }],
  });
  expect(
    (await client.send(new iam.ListInstanceProfilesForRoleCommand({ RoleName }))).InstanceProfiles,
  ).toEqual([]);
  expect(await client.send(new iam.ListEntitiesForPolicyCommand({ PolicyArn }))).toMatchObject({
    PolicyRoles: [{ RoleName }],
    PolicyUsers: [],
    PolicyGroups: [],
  });
  expect(await refused(client.send(new iam.DeletePolicyCommand({ PolicyArn })))).toBe(
    "DeleteConflictException: Cannot delete a policy attached to entities.",
  );
  const details = await client.send(new iam.GetAccountAuthorizationDetailsCommand({}));
  expect(details.RoleDetailList).toMatchObject([
    { RoleName, RolePolicyList: [{ PolicyName: "p" }], AttachedManagedPolicies: [{ PolicyArn }] },
  ]);
  expect(details.Policies).toMatchObject([{ PolicyName: "Shared", AttachmentCount: 1 }]);
  await client.send(new iam.DetachRolePolicyCommand({ RoleName, PolicyArn }));
  await client.send(new iam.DeleteRolePolicyCommand({ RoleName, PolicyName: "p" }));
  await client.send(new iam.DeleteRoleCommand({ RoleName }));
  await client.send(new iam.DeletePolicyCommand({ PolicyArn }));
});

test("a managed policy has five versions at most, of which one counts", async () => {
  const { client } = await clients();
  const { Policy } = await client.send(
    new iam.CreatePolicyCommand({ PolicyName: "P", PolicyDocument: allowing("s3:Get*") }),
  );
  const PolicyArn = Policy?.Arn;
  const version = (SetAsDefault: boolean) =>
    client.send(
      new iam.CreatePolicyVersionCommand({
        PolicyArn,
        PolicyDocument: allowing("s3:Put*"),
        SetAsDefault,
      }),
    );
  for (const isDefault of [false, true, false, false]) await version(isDefault);
  expect(await refused(version(false))).toMatch(/^LimitExceededException: A managed policy can/);
  const { Versions } = await client.send(new iam.ListPolicyVersionsCommand({ PolicyArn }));
  expect(Versions?.map(({ VersionId, IsDefaultVersion }) => [VersionId, IsDefaultVersion])).toEqual(
    [
      ["v5", false],
      ["v4", false],
      ["v3", true],
      ["v2", false],
      ["v1", false],
    ],
  );
  const remove = (VersionId: string) =>
    refused(client.send(new iam.DeletePolicyVersionCommand({ PolicyArn, VersionId })));
  expect(await remove("v3")).toBe(
    "DeleteConflictException: Cannot delete the default version of a policy.",
  );
  expect(await remove("v1")).toBe("not refused");
  expect((await version(false)).PolicyVersion?.VersionId).toBe("v6");
});

test("listings come page by page, each item once", async () => {
  const { client } = await clients();
  for (const UserName of ["e", "b", "a", "d", "c"]) {
    await client.send(new iam.CreateUserCommand({ UserName }));
  }
  const names: (string | undefined)[][] = [];
  for await (const page of iam.paginateListUsers({ client, pageSize: 2 }, {})) {
    names.push((page.Users ?? []).map(({ UserName }) => UserName));
  }
  expect(names).toEqual([["a", "b"], ["c", "d"], ["e"]]);
});

test("what is wrong with a request is said as AWS says it", async () => {
  const { client } = await clients();
  const create = (UserName: string) =>
    refused(client.send(new iam.CreateUserCommand({ UserName })));
  expect(await create("x".repeat(65))).toBe(
    `ValidationError: 1 validation error detected: Value '${"x".repeat(65)}' at 'userName' failed to satisfy constraint: Member must have length less than or equal to 64`,
  );
  expect(await create("not a name")).toBe(
    "ValidationError: The specified value for userName is invalid. It must contain only alphanumeric characters and/or the following: +=,.@_-",
  );
  expect(
    await refused(
      client.send(
        new iam.CreatePolicyCommand({ PolicyName: "p", PolicyDocument: '{"Version":"2012' }),
      ),
    ),
  ).toMatch(/^MalformedPolicyDocumentException: /);
});

test("who assumes a role is told its session, and whoever asks who he is", async () => {
  const { client, sts } = await clients();
  const { Role } = await client.send(
    new iam.CreateRoleCommand({ RoleName: "R", AssumeRolePolicyDocument: trust }),
  );
  const { Credentials, AssumedRoleUser } = await sts.send(
    new AssumeRoleCommand({
      RoleArn: Role?.Arn,
      RoleSessionName: "alice",
      DurationSeconds: 900,
      Tags: [{ Key: "k", Value: "v" }],
    }),
  );
  expect(AssumedRoleUser?.Arn).toBe(`arn:aws:sts::${accountId}:assumed-role/R/alice`);
  expect(Credentials?.AccessKeyId).toMatch(/^ASIA/);
  expect(Number(Credentials?.Expiration) - Date.now()).toBeLessThan(900_001);
  expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
    Account: accountId,
    Arn: `arn:aws:iam::${accountId}:user/AKIAEXAMPLE`,
  });
});

test("policies are tried without being used", async () => {
  const { client } = await clients();
  await client.send(new iam.CreateUserCommand({ UserName: "alice" }));
  const { EvaluationResults } = await client.send(
    new iam.SimulatePrincipalPolicyCommand({
      PolicySourceArn: `arn:aws:iam::${accountId}:user/alice`,
      PolicyInputList: [allowing("states:Start*")],
      ActionNames: ["states:StartExecution", "states:StopExecution"],
    }),
  );
  expect(EvaluationResults?.map(({ EvalDecision }) => EvalDecision)).toEqual([
    "allowed",
    "implicitDeny",
  ]);
});
