import { IAMClient } from "@aws-sdk/client-iam";
import * as iam from "@aws-sdk/client-iam";
import {
  CreateStateMachineCommand,
  ListStateMachinesCommand,
  SFNClient,
} from "@aws-sdk/client-sfn";
import {
  AssumeRoleCommand,
  GetCallerIdentityCommand,
  GetSessionTokenCommand,
  STSClient,
} from "@aws-sdk/client-sts";
import { expect, onTestFinished, test } from "vitest";
import { systemClock } from "../../src/runtime/system-clock.ts";
import { createAuthenticator } from "../../src/server/authentication/authenticator.ts";
import { createHttpServer } from "../../src/server/http-server.ts";
import { createStepwell } from "../../src/server/stepwell-server.ts";
import { createMemoryStore } from "../../src/store/memory/memory-store.ts";
import { accountId, passDefinition, region } from "../api/start-server.ts";

const logger = { debug() {}, info() {}, warn() {}, error() {} };

interface Key {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

/** A server that asks everybody, with the key of a user who may do everything. */
async function closedServer() {
  const stepwell = await createStepwell({
    store: createMemoryStore(),
    logger,
    region,
    accountId,
    iam: { mode: "required" },
    cloudWatch: { to: async () => undefined, close() {} },
    onFailure: (reason) => expect.fail(String(reason)),
  });
  const server = createHttpServer({
    service: stepwell.service,
    iam: stepwell.iam.service,
    host: "127.0.0.1",
    port: 0,
    logger,
    authenticator: createAuthenticator({
      credentials: stepwell.iam.credentials,
      clock: systemClock,
      accountId,
    }),
  });
  const { port } = await server.listen();
  const url = `http://127.0.0.1:${port}`;
  const clients: { destroy(): void }[] = [];
  onTestFinished(async () => {
    for (const client of clients) client.destroy();
    await server.close(1_000);
    await stepwell.shutdown(1_000);
  });
  const owner = { ...stepwell.service.scope, principal: { type: "owner" } } as const;
  const asOwner = (operation: string, input: { readonly [name: string]: string }) =>
    stepwell.iam.service.call("iam", operation, input, owner);
  return {
    url,
    asOwner,
    keyOf: async (UserName: string): Promise<Key> => {
      const { AccessKey } = await asOwner("CreateAccessKey", { UserName });
      const { AccessKeyId, SecretAccessKey } = AccessKey as { readonly [name: string]: string };
      return { accessKeyId: AccessKeyId ?? "", secretAccessKey: SecretAccessKey ?? "" };
    },
    with: (credentials: Key) => {
      const options = { endpoint: url, region, credentials, maxAttempts: 1 };
      const made = {
        iam: new IAMClient(options),
        sts: new STSClient(options),
        states: new SFNClient({ ...options, disableHostPrefix: true }),
      };
      clients.push(...Object.values(made));
      return made;
    },
  };
}

async function refused(call: Promise<unknown>): Promise<string> {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown as Error,
  );
  return error === undefined ? "not refused" : `${error.name}: ${error.message}`;
}

const policy = (...Statement: readonly object[]) =>
  JSON.stringify({ Version: "2012-10-17", Statement });

test("a user may with his key what his policies say, until the key is inactive", async () => {
  const { asOwner, keyOf, with: as } = await closedServer();
  await asOwner("CreateUser", { UserName: "alice" });
  const key = await keyOf("alice");
  const alice = as(key);
  const who = await alice.sts.send(new GetCallerIdentityCommand({}));
  expect(who.Arn).toBe(`arn:aws:iam::${accountId}:user/alice`);
  expect(await refused(alice.states.send(new ListStateMachinesCommand({})))).toBe(
    `AccessDeniedException: User: arn:aws:iam::${accountId}:user/alice is not authorized to perform: states:ListStateMachines on resource: * because no identity-based policy allows the states:ListStateMachines action`,
  );
  expect(await refused(alice.iam.send(new iam.CreateUserCommand({ UserName: "eve" })))).toBe(
    `AccessDenied: User: arn:aws:iam::${accountId}:user/alice is not authorized to perform: iam:CreateUser on resource: arn:aws:iam::${accountId}:user/eve because no identity-based policy allows the iam:CreateUser action`,
  );
  await asOwner("PutUserPolicy", {
    UserName: "alice",
    PolicyName: "p",
    PolicyDocument: policy({ Effect: "Allow", Action: "states:List*", Resource: "*" }),
  });
  expect(await refused(alice.states.send(new ListStateMachinesCommand({})))).toBe("not refused");
  const { accessKeyId } = key;
  expect(
    await refused(as({ ...key, secretAccessKey: "x" }).sts.send(new GetCallerIdentityCommand({}))),
  ).toMatch(/^SignatureDoesNotMatch: The request signature we calculated/);
  await asOwner("UpdateAccessKey", {
    UserName: "alice",
    AccessKeyId: accessKeyId,
    Status: "Inactive",
  });
  expect(await refused(alice.states.send(new ListStateMachinesCommand({})))).toMatch(
    /^InvalidSignatureException/,
  );
});

test("a session of a role may what the role and the session's policy allow, and nothing once the role is gone", async () => {
  const { asOwner, keyOf, with: as } = await closedServer();
  await asOwner("CreateUser", { UserName: "alice" });
  const trusts = (Principal: object, more: object = {}) =>
    policy({ Effect: "Allow", Principal, Action: "sts:AssumeRole", ...more });
  const root = { AWS: `arn:aws:iam::${accountId}:root` };
  await asOwner("CreateRole", { RoleName: "Deploys", AssumeRolePolicyDocument: trusts(root) });
  await asOwner("PutRolePolicy", {
    RoleName: "Deploys",
    PolicyName: "p",
    PolicyDocument: policy({
      Effect: "Allow",
      Action: ["states:*", "iam:PassRole"],
      Resource: "*",
    }),
  });
  const alice = as(await keyOf("alice"));
  const RoleArn = `arn:aws:iam::${accountId}:role/Deploys`;
  const assume = (more: object = {}) =>
    alice.sts.send(new AssumeRoleCommand({ RoleArn, RoleSessionName: "work", ...more }));
  // The account is trusted, and leaves it to its own policies.
  expect(await refused(assume())).toMatch(/^AccessDenied: User: .* sts:AssumeRole on resource/);
  await asOwner("PutUserPolicy", {
    UserName: "alice",
    PolicyName: "p",
    PolicyDocument: policy({ Effect: "Allow", Action: "sts:AssumeRole", Resource: RoleArn }),
  });
  const sessionOf = async (more: object = {}) => {
    const { Credentials } = await assume(more);
    return as({
      accessKeyId: Credentials?.AccessKeyId ?? "",
      secretAccessKey: Credentials?.SecretAccessKey ?? "",
      sessionToken: Credentials?.SessionToken ?? "",
    });
  };
  const session = await sessionOf();
  const who = await session.sts.send(new GetCallerIdentityCommand({}));
  expect(who.Arn).toBe(`arn:aws:sts::${accountId}:assumed-role/Deploys/work`);
  const workflows = trusts({ Service: "states.amazonaws.com" });
  await asOwner("CreateRole", { RoleName: "Runs", AssumeRolePolicyDocument: workflows });
  const roleArn = `arn:aws:iam::${accountId}:role/Runs`;
  const create = (name: string) =>
    new CreateStateMachineCommand({ name, definition: passDefinition, roleArn });
  expect(await refused(session.states.send(create("a")))).toBe("not refused");
  const bounded = await sessionOf({
    Policy: policy({ Effect: "Allow", Action: "states:List*", Resource: "*" }),
  });
  expect(await refused(bounded.states.send(new ListStateMachinesCommand({})))).toBe("not refused");
  expect(await refused(bounded.states.send(create("b")))).toMatch(
    /because no session policy allows the states:CreateStateMachine action$/,
  );

  await asOwner("UpdateAssumeRolePolicy", {
    RoleName: "Deploys",
    PolicyDocument: trusts(root, { Condition: { StringEquals: { "sts:ExternalId": "e-1" } } }),
  });
  expect(await refused(assume())).toMatch(/^AccessDenied/);
  expect(await refused(assume({ ExternalId: "e-1" }))).toBe("not refused");

  await asOwner("DeleteRolePolicy", { RoleName: "Deploys", PolicyName: "p" });
  await asOwner("DeleteRole", { RoleName: "Deploys" });
  expect(await refused(session.states.send(new ListStateMachinesCommand({})))).toMatch(
    /^UnrecognizedClientException/,
  );
});

test("a user signs for a while with the key of a session, and with no other key of its token", async () => {
  const { asOwner, keyOf, with: as } = await closedServer();
  await asOwner("CreateUser", { UserName: "alice" });
  const key = await keyOf("alice");
  const { Credentials } = await as(key).sts.send(new GetSessionTokenCommand({}));
  const sessionToken = Credentials?.SessionToken ?? "";
  const session = as({
    accessKeyId: Credentials?.AccessKeyId ?? "",
    secretAccessKey: Credentials?.SecretAccessKey ?? "",
    sessionToken,
  });
  const who = new GetCallerIdentityCommand({});
  expect((await session.sts.send(who)).Arn).toBe(`arn:aws:iam::${accountId}:user/alice`);
  expect(await refused(session.sts.send(new GetSessionTokenCommand({})))).toBe(
    "AccessDenied: Cannot call GetSessionToken with session credentials",
  );
  expect(await refused(as({ ...key, sessionToken }).sts.send(who))).not.toBe("not refused");
});

test("a page in a browser cannot send a form", async () => {
  const { url } = await closedServer();
  const response = await fetch(url, {
    method: "POST",
    headers: {
      "Content-Type": "application/x-www-form-urlencoded",
      Origin: "https://evil.example",
    },
    body: "Action=CreateUser&Version=2010-05-08&UserName=eve",
  });
  expect(response.status).toBe(403);
  expect(await response.text()).toContain("<Code>AccessDenied</Code>");
});
