import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { IamClient, IamInput, ShownStructure } from "../../src/cli/iam/iam-client.ts";
import { simulate } from "../../src/cli/iam/simulate.ts";
import type { IamRequest } from "../../src/cli/iam/task.ts";
import { accountId, region } from "../api/start-server.ts";
import { allow, arnOfRole, enforcingStepwell, policyText, trust } from "./enforcing-stepwell.ts";

const server = await enforcingStepwell();
const folder = mkdtempSync(join(tmpdir(), "stepwell-simulate-"));
afterAll(async () => {
  rmSync(folder, { recursive: true });
  await server.close();
});

/** The directory itself instead of a server that has it. */
const client: IamClient = {
  endpoint: "here",
  call: async (_, operation, input: IamInput = {}) =>
    (await server.asOwner(
      operation,
      input as { readonly [name: string]: string },
    )) as ShownStructure,
  list: async (operation, member, input) =>
    (await client.call("iam", operation, input))[member] as readonly ShownStructure[],
};
const nobody: IamClient = {
  endpoint: "",
  call: () => Promise.reject(new Error("the server is asked")),
  list: () => Promise.reject(new Error("the server is asked")),
};

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

const machine = `arn:aws:states:${region}:${accountId}:stateMachine:orders`;
const queue = `https://sqs.${region}.amazonaws.com/${accountId}/orders`;
const send = {
  Type: "Task",
  Resource: "arn:aws:states:::sqs:sendMessage",
  Parameters: { QueueUrl: queue, MessageBody: "x" },
  End: true,
};
const definition = file(
  "orders.asl.json",
  JSON.stringify({
    StartAt: "a/b",
    States: {
      "a/b": {
        Type: "Parallel",
        End: true,
        Branches: [
          { StartAt: "States", States: { States: send } },
          {
            StartAt: "Count",
            States: {
              Count: {
                Type: "Task",
                Resource: `arn:aws:lambda:${region}:${accountId}:function:count`,
                End: true,
              },
            },
          },
        ],
      },
    },
  }),
);
const sends = {
  action: "sqs:SendMessage",
  resource: `arn:aws:sqs:${region}:${accountId}:orders`,
  state: ["a/b", "States"],
};
const counts = {
  action: "lambda:InvokeFunction",
  resource: `arn:aws:lambda:${region}:${accountId}:function:count`,
  state: ["a/b", "Count"],
};

const ask = (options: IamRequest["options"], of = definition, from = client) =>
  simulate({ client: from, given: [of], options: { machine, ...options } });

test("what a workflow needs is told without a server", async () => {
  const { data, isProblem } = await ask({}, definition, nobody);
  expect(data).toMatchObject({ needs: [sends, counts], missing: 0 });
  expect((data as { needs: readonly object[] }).needs[0]).not.toHaveProperty("isAllowed");
  expect(isProblem).toBe(false);
});

test("what policies in files lack is told without a server", async () => {
  const policy = file("some.json", policyText(allow("sqs:*")));
  const { data, text, isProblem } = await ask({ policy: [policy] }, definition, nobody);
  expect(data).toMatchObject({
    needs: [
      { ...sends, isAllowed: true },
      { ...counts, isAllowed: false },
    ],
    missing: 1,
  });
  expect(text).toMatch(/allowed +a\/b \/ States +sqs:SendMessage/);
  expect(text).toMatch(/MISSING +a\/b \/ Count +lambda:InvokeFunction/);
  expect(isProblem).toBe(true);
});

test("the least policy is written, and is enough", async () => {
  const least = join(folder, "least.json");
  await ask({ "write-policy": least });
  expect(JSON.parse(readFileSync(least, "utf8"))).toEqual({
    Version: "2012-10-17",
    Statement: [
      { Effect: "Allow", Action: counts.action, Resource: counts.resource },
      { Effect: "Allow", Action: sends.action, Resource: sends.resource },
    ],
  });
  expect((await ask({ policy: [least] })).isProblem).toBe(false);
  const printed = await ask({ "write-policy": "-" });
  expect(printed.text).toBe(readFileSync(least, "utf8"));
});

test("a role's inline policies, attached ones and boundary count, and policies beside them", async () => {
  const roleArn = await server.role("Simulated", [allow("sqs:SendMessage", sends.resource)]);
  const managed = async (PolicyName: string, action: string): Promise<string> => {
    const PolicyDocument = policyText(allow(action));
    const { Policy } = await server.asOwner("CreatePolicy", { PolicyName, PolicyDocument });
    return (Policy as { readonly Arn: string }).Arn;
  };
  expect((await ask({ role: "Simulated" })).data).toMatchObject({
    roleArn,
    isTrusted: true,
    missing: 1,
  });
  const policy = file("counting.json", policyText(allow("lambda:*")));
  expect((await ask({ role: roleArn, policy: [policy] })).data).toMatchObject({ missing: 0 });
  await server.asOwner("AttachRolePolicy", {
    RoleName: "Simulated",
    PolicyArn: await managed("Counting", "lambda:InvokeFunction"),
  });
  expect((await ask({ role: roleArn })).data).toMatchObject({ missing: 0 });
  await server.asOwner("PutRolePermissionsBoundary", {
    RoleName: "Simulated",
    PermissionsBoundary: await managed("Bound", "sqs:*"),
  });
  expect((await ask({ role: roleArn })).data).toMatchObject({ missing: 1 });
});

test("a role that does not trust Step Functions for the machine is a problem, whatever it may", async () => {
  const other = trust(
    { Service: "states.amazonaws.com" },
    { ArnEquals: { "aws:SourceArn": `${machine}-2` } },
  );
  await server.role("Elsewhere", [allow("*")], other);
  const { data, text, isProblem } = await ask({ role: "Elsewhere" });
  expect([data, isProblem]).toMatchObject([{ missing: 0, isTrusted: false }, true]);
  expect(text).toContain("does not trust Step Functions");
});

test("what roles of Credentials need is told, and not asked of the machine's role", async () => {
  const RoleArn = "arn:aws:iam::999999999999:role/theirs";
  const task = JSON.stringify({
    StartAt: "S",
    States: { S: { ...send, Credentials: { RoleArn } } },
  });
  const policy = file("assume.json", policyText(allow("sts:AssumeRole", RoleArn)));
  const { data } = await ask({ policy: [policy] }, file("theirs.json", task));
  expect(data).toMatchObject({
    missing: 0,
    needs: [
      { action: "sts:AssumeRole", resource: RoleArn, isAllowed: true },
      { action: "sqs:SendMessage", roleArn: RoleArn },
    ],
  });
});

test("a role of Credentials of this account is checked as well: what it may, and whether it trusts the machine's", async () => {
  const RoleArn = arnOfRole("Sends");
  const task = file(
    "ours.json",
    JSON.stringify({ StartAt: "S", States: { S: { ...send, Credentials: { RoleArn } } } }),
  );
  const role = await server.role("Assumes", [allow("sts:AssumeRole", RoleArn)]);
  const asked = async () => {
    const { data, text, isProblem } = await ask({ role }, task);
    const { assumed, needs } = data as { assumed: readonly object[]; needs: readonly object[] };
    return { assumed, sends: needs[1], text, isProblem };
  };
  const gone = await asked();
  expect(gone).toMatchObject({
    assumed: [{ roleArn: RoleArn, problem: "noRole" }],
    sends: { roleArn: RoleArn, isAllowed: false },
    isProblem: true,
  });
  expect(gone.text).toContain(`The role ${RoleArn}`);

  await server.role("Sends", [], trust({ AWS: arnOfRole("Another") }));
  expect(await asked()).toMatchObject({ assumed: [{ problem: "notTrusted" }], isProblem: true });
  await server.asOwner("UpdateAssumeRolePolicy", {
    RoleName: "Sends",
    PolicyDocument: trust({ AWS: role }, { StringEquals: { "sts:ExternalId": machine } }),
  });
  const lacking = await asked();
  expect(lacking).toMatchObject({ sends: { isAllowed: false }, isProblem: true });
  expect(lacking.assumed).toEqual([{ roleArn: RoleArn }]);
  expect(lacking.text).toContain("The roles lack 1 of 2 accesses");
  await server.policy("Sends", [allow("sqs:SendMessage")]);
  expect(await asked()).toMatchObject({ sends: { isAllowed: true }, isProblem: false });
});

test.each([
  ["a definition with errors", { of: '{"StartAt":"x"}' }, /has errors: see them with/],
  ["a policy that is none", { policy: "{}" }, /bad\.json: /],
  ["a machine that is none", { machine: "orders" }, /--machine takes the ARN/],
  ["a role that is not there", { role: "Nobody" }, /cannot be found/],
])("%s is refused", async (_, { of, policy, ...options }: Record<string, string>, message) => {
  const policies = policy === undefined ? {} : { policy: [file("bad.json", policy)] };
  const asked = ask(
    { ...options, ...policies },
    of === undefined ? definition : file("bad-definition.json", of),
  );
  await expect(asked).rejects.toThrow(message);
});
