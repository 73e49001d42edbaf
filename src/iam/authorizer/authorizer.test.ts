import { expect, test } from "vitest";
import type { AccessRequest, Decision } from "../../ports/authorizer.ts";
import type { Principal } from "../../ports/caller.ts";
import { createMemoryStore } from "../../store/memory/memory-store.ts";
import { openIamDirectory } from "../directory/iam-directory.ts";
import type { IamKind, IamRecords, RoleRecord, UserRecord } from "../directory/records.ts";
import { keyOfRecord } from "../directory/records.ts";
import { createAuthorizer } from "./authorizer.ts";

const account = { partition: "aws", accountId: "123456789012" };
const scope = { ...account, region: "eu-west-1" };
const machine = "arn:aws:states:eu-west-1:123456789012:stateMachine:Orders";
const executionArn = "arn:aws:states:eu-west-1:123456789012:execution:Orders:one";
const silent = { debug() {}, info() {}, warn() {}, error() {} };

interface Statement {
  readonly Effect: "Allow" | "Deny";
  readonly Action: string | readonly string[];
  readonly Resource?: string;
  readonly Principal?: object;
  readonly Condition?: object;
}
const policy = (...Statement: readonly Statement[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement });
const allow = (Action: string | readonly string[], more: Partial<Statement> = {}): Statement => ({
  Effect: "Allow",
  Action,
  Resource: "*",
  ...more,
});
const trusting = (Principal: object, more: Partial<Statement> = {}): string =>
  policy({ Effect: "Allow", Action: "sts:AssumeRole", Principal, ...more });

function user(name: string, more: Partial<UserRecord> = {}): UserRecord {
  return {
    name,
    path: "/",
    id: `AIDA${name}`,
    createdAt: 0,
    tags: {},
    inlinePolicies: {},
    attachedPolicies: [],
    groups: [],
    ...more,
  };
}

function role(name: string, more: Partial<RoleRecord> = {}): RoleRecord {
  const { groups: _, ...common } = user(name, { id: `AROA${name}` });
  const trustPolicy = trusting({ Service: "states.amazonaws.com" });
  return { ...common, trustPolicy, maxSessionSeconds: 3_600, ...more };
}

const roleArn = (name: string): string => `arn:aws:iam::123456789012:role/${name}`;

async function asking(
  records: readonly (readonly [kind: IamKind, record: IamRecords[IamKind]])[],
  options: {
    readonly workflowRoles?: "enforce" | "ignore";
    readonly tags?: { readonly [key: string]: string };
  } = {},
) {
  const directory = openIamDirectory({ ...account, store: createMemoryStore(), logger: silent });
  for (const [kind, record] of records) {
    await directory.change(kind, keyOfRecord(kind, record as never), () => record as never);
  }
  let tagsAsked = 0;
  const authorizer = createAuthorizer({
    directory,
    clock: { now: () => Date.UTC(2027, 0, 1), schedule: () => () => {} },
    workflowRoles: options.workflowRoles ?? "enforce",
    async resourceTags() {
      tagsAsked += 1;
      return options.tags;
    },
  });
  const ask =
    (method: "mayCall" | "mayAct") =>
    async (principal: Principal, more: Partial<AccessRequest> = {}): Promise<Decision> =>
      authorizer[method]({
        caller: { ...scope, principal, from: { sourceIp: "10.0.0.7", isSecure: true } },
        action: "states:StartExecution",
        resource: machine,
        ...more,
      });
  return {
    directory,
    tagsAsked: () => tagsAsked,
    mayCall: ask("mayCall"),
    mayAct: ask("mayAct"),
  };
}

const alice: Principal = {
  type: "user",
  userArn: "arn:aws:iam::123456789012:user/alice",
  userId: "AIDAalice",
  accessKeyId: "AKIA1",
};
const session = (name: string, more: object = {}): Principal => ({
  type: "assumedRole",
  roleArn: roleArn(name),
  roleId: `AROA${name}`,
  sessionName: "alice",
  issuedAt: Date.UTC(2026, 11, 31),
  ...more,
});
const task = (name: string, more: object = {}): Principal => ({
  type: "role",
  roleArn: roleArn(name),
  executionArn,
  ...more,
});

test("a user may what his policies and those of his groups allow, and nothing else", async () => {
  const { mayCall } = await asking([
    ["group", { ...user("ops", { inlinePolicies: { g: policy(allow("states:Stop*")) } }) }],
    [
      "user",
      user("alice", { groups: ["Ops"], inlinePolicies: { u: policy(allow("states:Start*")) } }),
    ],
  ]);
  expect(await mayCall(alice)).toEqual({ allowed: true, by: "user/alice/u[0]" });
  expect(await mayCall(alice, { action: "states:StopExecution" })).toEqual({
    allowed: true,
    by: "group/ops/g[0]",
  });
  expect(await mayCall(alice, { action: "states:DeleteStateMachine" })).toEqual({
    allowed: false,
    because: "because no identity-based policy allows the states:DeleteStateMachine action",
  });
});

test("a refusal says at which kind of policy it failed", async () => {
  const boundary = {
    ...user("Bound", { id: "ANPA" }),
    updatedAt: 0,
    versions: [
      {
        versionId: "v1",
        document: policy(allow("states:St*"), {
          Effect: "Deny",
          Action: "states:StopExecution",
          Resource: "*",
        }),
        createdAt: 0,
      },
    ],
    defaultVersionId: "v1",
    lastVersion: 1,
  };
  const { mayCall } = await asking([
    ["policy", boundary],
    [
      "user",
      user("alice", {
        attachedPolicies: ["arn:aws:iam::aws:policy/AdministratorAccess"],
        permissionsBoundary: "arn:aws:iam::123456789012:policy/Bound",
      }),
    ],
    ["role", role("R", { inlinePolicies: { p: policy(allow("*")) } })],
  ]);
  const because = async (principal: Principal, action: string) => {
    const decision = await mayCall(principal, { action });
    return decision.allowed ? "allowed" : decision.because;
  };
  expect(await because(alice, "states:StartExecution")).toBe("allowed");
  expect(await because(alice, "states:StopExecution")).toBe(
    "with an explicit deny in a permissions boundary",
  );
  expect(await because(alice, "states:ListActivities")).toBe(
    "because no permissions boundary allows the states:ListActivities action",
  );
  const bounded = session("R", { sessionPolicies: [policy(allow("states:Start*"))] });
  expect(await because(bounded, "states:StartExecution")).toBe("allowed");
  expect(await because(bounded, "states:StopExecution")).toBe(
    "because no session policy allows the states:StopExecution action",
  );
});

test("who is gone, or has only the name of who was, may nothing", async () => {
  const everything = { inlinePolicies: { p: policy(allow("*")) } };
  const { mayCall, directory } = await asking([
    ["user", user("alice", { ...everything, id: "AIDAanother" })],
    ["role", role("R", everything)],
  ]);
  const refused = { allowed: false, because: "because the principal no longer exists" };
  expect(await mayCall(alice)).toEqual(refused);
  expect(await mayCall(session("R"))).toMatchObject({ allowed: true });
  await directory.change("role", "r", () => undefined);
  expect(await mayCall(session("R"))).toEqual(refused);
  expect(await mayCall({ type: "anonymous" })).toMatchObject({ allowed: false });
  expect(await mayCall({ type: "accessKey", accessKeyId: "AKIA1" })).toMatchObject({
    allowed: false,
  });
  expect(await mayCall({ type: "owner" })).toEqual({ allowed: true, by: "owner" });
});

test.each([
  ["aws:username", "StringEquals", "alice", true],
  ["aws:username", "StringEquals", "bob", false],
  ["aws:PrincipalTag/Team", "StringEquals", "blue", true],
  ["aws:SourceIp", "IpAddress", "10.0.0.0/24", true],
  ["aws:SourceIp", "IpAddress", "10.0.1.0/24", false],
  ["aws:SecureTransport", "Bool", "true", true],
  ["aws:CurrentTime", "DateLessThan", "2027-01-02T00:00:00Z", true],
  ["aws:CurrentTime", "DateLessThan", "2026-12-31T00:00:00Z", false],
  ["aws:RequestedRegion", "StringEquals", "eu-west-1", true],
  ["aws:PrincipalType", "StringEquals", "User", true],
  ["aws:userid", "StringEquals", "AIDAalice", true],
  ["aws:ResourceAccount", "StringEquals", "123456789012", true],
  ["aws:ResourceTag/stage", "StringEquals", "prod", true],
  ["states:StateMachineQualifier", "StringEquals", "live", true],
] as const)("a condition may ask for %s: %s %s", async (key, operator, value, allowed) => {
  const own = policy(allow("states:*", { Condition: { [operator]: { [key]: value } } }));
  const { mayCall, tagsAsked } = await asking(
    [["user", user("alice", { tags: { team: "blue" }, inlinePolicies: { own } })]],
    { tags: { Stage: "prod" } },
  );
  const conditions = { "states:StateMachineQualifier": ["live"] };
  expect((await mayCall(alice, { conditions })).allowed).toBe(allowed);
  // Nobody looks for tags that no policy asks for.
  expect(tagsAsked()).toBe(key.startsWith("aws:ResourceTag") ? 1 : 0);
});

test("sessions that began before they were revoked may nothing, as AWS has it revoked", async () => {
  const AWSRevokeOlderSessions = policy({
    Effect: "Deny",
    Action: "*",
    Resource: "*",
    Condition: { DateLessThan: { "aws:TokenIssueTime": "2026-12-31T12:00:00Z" } },
  });
  const { mayCall } = await asking([
    ["role", role("R", { inlinePolicies: { p: policy(allow("*")), AWSRevokeOlderSessions } })],
  ]);
  expect(await mayCall(session("R"))).toMatchObject({ allowed: false });
  expect(await mayCall(session("R", { issuedAt: Date.UTC(2026, 11, 31, 13) }))).toMatchObject({
    allowed: true,
  });
});

test("a task may what its machine's role allows, if that exists and trusts the service for this machine", async () => {
  const inlinePolicies = { p: policy(allow("lambda:InvokeFunction")) };
  const forMachine = (arn: string): string =>
    trusting(
      { Service: "states.amazonaws.com" },
      {
        Condition: {
          ArnLike: { "aws:SourceArn": arn },
          StringEquals: { "aws:SourceAccount": "123456789012" },
        },
      },
    );
  const { mayAct } = await asking([
    ["role", role("Works", { inlinePolicies, trustPolicy: forMachine(machine) })],
    ["role", role("Another", { inlinePolicies, trustPolicy: forMachine(`${machine}2`) })],
    [
      "role",
      role("Lambda", {
        inlinePolicies,
        trustPolicy: trusting({ Service: "lambda.amazonaws.com" }),
      }),
    ],
  ]);
  const invoke = { action: "lambda:InvokeFunction", resource: "arn:aws:lambda:::function:f" };
  expect(await mayAct(task("Works"), invoke)).toEqual({ allowed: true, by: "role/Works/p[0]" });
  expect(await mayAct(task("Works"), { action: "sqs:SendMessage" })).toEqual({
    allowed: false,
    because: "because no identity-based policy allows the sqs:SendMessage action",
  });
  for (const name of ["Another", "Lambda"]) {
    expect(await mayAct(task(name), invoke)).toEqual({
      allowed: false,
      because: `because the role ${roleArn(name)} does not trust states.amazonaws.com`,
    });
  }
  expect(await mayAct(task("Missing"), invoke)).toEqual({
    allowed: false,
    because: `because the role ${roleArn("Missing")} does not exist`,
  });
});

test("a task with Credentials acts in the other role, if its machine's role may be it and it trusts that one", async () => {
  const other = roleArn("Other");
  const invoke = { action: "lambda:InvokeFunction", resource: "*" };
  const inlinePolicies = { p: policy(allow("lambda:*")) };
  const own = role("Own", {
    inlinePolicies: { a: policy(allow("sts:AssumeRole", { Resource: other })) },
  });
  const acting = async (...roles: readonly RoleRecord[]) => {
    const { mayAct } = await asking(roles.map((each) => ["role", each] as const));
    const assume = await mayAct(task("Own"), { action: "sts:AssumeRole", resource: other });
    const act = await mayAct(task("Other", { assumedBy: roleArn("Own") }), invoke);
    return [assume.allowed, act.allowed];
  };
  const trustsOwn = trusting({ AWS: roleArn("Own") });
  const trustsAccount = trusting({ AWS: "arn:aws:iam::123456789012:root" });
  const otherRole = (trustPolicy: string) => role("Other", { inlinePolicies, trustPolicy });
  expect(await acting(own, otherRole(trustsOwn))).toEqual([true, true]);
  expect(await acting(own, otherRole(trustsAccount))).toEqual([true, true]);
  // Who is named by the trust policy needs no policy of his own; who only belongs to the account that is named does.
  expect(await acting(role("Own"), otherRole(trustsOwn))).toEqual([true, true]);
  expect(await acting(role("Own"), otherRole(trustsAccount))).toEqual([false, false]);
  expect(await acting(own, otherRole(trusting({ AWS: roleArn("Third") })))).toEqual([false, false]);
  expect(await acting(own)).toEqual([false, false]);
});

test("where workflows' roles are not enforced, no role need exist", async () => {
  const { mayAct, mayCall } = await asking([], { workflowRoles: "ignore" });
  expect(await mayAct(task("Missing"))).toMatchObject({ allowed: true });
  expect(await mayCall(task("Missing"))).toMatchObject({ allowed: true });
  expect(await mayCall(alice)).toMatchObject({ allowed: false });
});

test("what was decided is not remembered beyond a change, nor where it depends on more than the action and the resource", async () => {
  const held = (trustPolicy: string, ...statements: Statement[]) =>
    role("orders", { trustPolicy, inlinePolicies: { p: policy(...statements) } });
  const fromOrders = trusting(
    { Service: "states.amazonaws.com" },
    { Condition: { ArnLike: { "aws:SourceArn": machine } } },
  );
  const inside = { IpAddress: { "aws:SourceIp": "10.0.0.0/8" } };
  const { directory, mayAct } = await asking([["role", held(fromOrders, allow("sqs:*"))]]);
  const sends = { action: "sqs:SendMessage", resource: "arn:aws:sqs:eu-west-1:123456789012:q" };
  const change = (record: RoleRecord) =>
    directory.change("role", keyOfRecord("role", record), () => record);
  const isAllowed = async (more: object = {}, of = executionArn) =>
    (await mayAct(task("orders", { executionArn: of }), { ...sends, ...more })).allowed;

  expect([await isAllowed(), await isAllowed()]).toEqual([true, true]);
  expect(await isAllowed({}, executionArn.replace(":Orders:", ":Others:"))).toBe(false);
  await change(held(fromOrders, allow("sqs:*", { Condition: inside })));
  const from = (sourceIp: string) => ({
    caller: {
      ...scope,
      principal: task("orders"),
      from: { sourceIp, isSecure: true },
    },
  });
  expect(await isAllowed(from("10.0.0.7"))).toBe(true);
  expect(await isAllowed(from("11.0.0.7"))).toBe(false);
  await change(held(fromOrders, allow("sns:*")));
  expect(await isAllowed()).toBe(false);
  await change(held(trusting({ Service: "lambda.amazonaws.com" }), allow("sqs:*")));
  expect(await isAllowed()).toBe(false);
  await change(held(fromOrders, allow("sqs:*")));
  expect(await isAllowed()).toBe(true);
});
