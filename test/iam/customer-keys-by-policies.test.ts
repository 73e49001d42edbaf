import { afterAll, beforeAll, expect, test } from "vitest";
import type { Caller } from "../../src/ports/caller.ts";
import { accountId, passDefinition, region } from "../api/start-server.ts";
import { fakeKms } from "../contracts/fake-kms.ts";
import {
  allow,
  arnOfRole,
  enforcingStepwell,
  policyText,
  type StatementText,
} from "./enforcing-stepwell.ts";

const server = await enforcingStepwell({ keys: fakeKms().providerOf });
const machine = (name: string) => `arn:aws:states:${region}:${accountId}:stateMachine:${name}`;
const key = `arn:aws:kms:${region}:${accountId}:key/1234abcd`;
const sealed = (kmsKeyId: string) => ({
  encryptionConfiguration: { type: "CUSTOMER_MANAGED_KMS_KEY", kmsKeyId },
});
/** As AWS's documentation and the CDK write it. */
const forMachine = (name: string, Resource = key): StatementText =>
  allow(["kms:Decrypt", "kms:GenerateDataKey"], Resource, {
    Condition: {
      StringEquals: { "kms:EncryptionContext:aws:states:stateMachineArn": machine(name) },
    },
  });

let alice: Caller;
beforeAll(async () => {
  alice = await server.user("alice", [allow("none:none")]);
  await server.role("Orders", [forMachine("orders")]);
});
afterAll(async () => {
  expect(server.mistakes).toEqual([]);
  await server.close();
});

/** Calls as Alice, who has these statements beside all rights on Step Functions. */
async function call(statements: readonly StatementText[], operation: string, input: object) {
  const PolicyDocument = policyText(allow(["states:*", "iam:PassRole"]), ...statements);
  await server.asOwner("PutUserPolicy", { UserName: "alice", PolicyName: "own", PolicyDocument });
  return server.service.call(operation, { ...input }, { caller: alice });
}

const create = (name: string, kmsKeyId = key) => ({
  name,
  definition: passDefinition,
  roleArn: arnOfRole("Orders"),
  ...sealed(kmsKeyId),
});
const denied = { code: "KmsAccessDeniedException" };

test("whoever makes a machine with a key may look at the key and have data keys of it for this machine", async () => {
  const looking = allow("kms:DescribeKey", key);
  const generating = forMachine("orders");
  for (const lacking of [[], [looking], [generating], [looking, forMachine("others")]]) {
    await expect(call(lacking, "CreateStateMachine", create("orders"))).rejects.toMatchObject({
      ...denied,
      message: expect.stringMatching(/^User: .*:user\/alice is not authorized to perform: kms:/),
    });
  }
  await call([looking, generating], "CreateStateMachine", create("orders"));
});

test("whoever reads its data may decrypt for this machine, by this service, and nobody else reads any", async () => {
  const { executionArn } = await call([], "StartExecution", {
    stateMachineArn: machine("orders"),
  });
  const read = { executionArn };
  await server.ended(executionArn as string);
  const viaStates = allow("kms:Decrypt", key, {
    Condition: { StringEquals: { "kms:ViaService": `states.${region}.amazonaws.com` } },
  });
  const viaAnother = allow("kms:Decrypt", key, {
    Condition: { StringEquals: { "kms:ViaService": `s3.${region}.amazonaws.com` } },
  });
  const another = allow("kms:Decrypt", `${key}5`);
  const deny = { ...allow("kms:*"), Effect: "Deny" as const };
  for (const lacking of [[], [viaAnother], [another], [forMachine("others")], [viaStates, deny]]) {
    await expect(call(lacking, "GetExecutionHistory", read)).rejects.toMatchObject(denied);
    await expect(call(lacking, "DescribeExecution", read)).rejects.toMatchObject(denied);
  }
  for (const enough of [viaStates, forMachine("orders")]) {
    expect(await call([enough], "GetExecutionHistory", read)).toHaveProperty("events");
  }
});

test("a role with the key for one machine runs no other", async () => {
  await call([allow("kms:*")], "CreateStateMachine", create("others"));
  const start = { stateMachineArn: machine("others") };
  await expect(call([allow("kms:*")], "StartExecution", start)).rejects.toMatchObject(denied);
  await server.policy("Orders", [forMachine("orders"), forMachine("others")]);
  expect(await call([], "StartExecution", start)).toHaveProperty("executionArn");
});

test("a key that is named by an alias is one of all keys, with the alias as a condition", async () => {
  const keys = `arn:aws:kms:${region}:${accountId}:key/*`;
  const named = (alias: string) =>
    allow("kms:*", keys, {
      Condition: { "ForAnyValue:StringEquals": { "kms:ResourceAliases": alias } },
    });
  const made = create("aliased", "alias/orders");
  for (const lacking of [named("alias/payments"), allow("kms:*", key)]) {
    await expect(call([lacking], "CreateStateMachine", made)).rejects.toMatchObject(denied);
  }
  await call([named("alias/orders")], "CreateStateMachine", made);
});
