import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import type { JsonObject } from "../../src/expression/json.ts";
import { writeZip } from "../../src/integrations/functions/archive/write-zip.ts";
import type { Caller } from "../../src/ports/caller.ts";
import { systemClock } from "../../src/runtime/system-clock.ts";
import { createAuthenticator } from "../../src/server/authentication/authenticator.ts";
import { createHttpServer } from "../../src/server/http-server.ts";
import { createStepwell } from "../../src/server/stepwell-server.ts";
import { createMemoryStore } from "../../src/store/memory/memory-store.ts";
import { accountId, region } from "../api/start-server.ts";
import { allow, arnOfRole, policyText, trust, trustsWorkflows } from "../iam/enforcing-stepwell.ts";

const logger = { debug() {}, info() {}, warn() {}, error() {} };

/** A server that asks everybody, and that functions reach. */
async function closedServer() {
  const listening: { url?: string } = {};
  const stepwell = await createStepwell({
    store: createMemoryStore(),
    logger,
    region,
    accountId,
    iam: { mode: "required" },
    clientsFolder: fileURLToPath(new URL("../..", import.meta.url)),
    endpointUrl: () => listening.url,
    cloudWatch: { to: async () => undefined, close() {} },
    onFailure: (reason) => expect.fail(String(reason)),
  });
  const { iam, service, services } = stepwell;
  const server = createHttpServer({
    service,
    iam: iam.service,
    services,
    host: "127.0.0.1",
    port: 0,
    logger,
    authenticator: createAuthenticator({
      credentials: iam.credentials,
      clock: systemClock,
      accountId,
    }),
  });
  listening.url = `http://127.0.0.1:${(await server.listen()).port}`;
  onTestFinished(async () => {
    await server.close(1_000);
    await stepwell.shutdown(1_000);
  });
  const owner: Caller = { ...service.scope, principal: { type: "owner" } };
  const asOwner = (operation: string, input: { readonly [name: string]: string }) =>
    iam.service.call("iam", operation, input, owner);
  const role = async (RoleName: string, AssumeRolePolicyDocument: string): Promise<string> => {
    await asOwner("CreateRole", { RoleName, AssumeRolePolicyDocument });
    return arnOfRole(RoleName);
  };
  const call = (
    operation: string,
    members: JsonObject,
    { caller = owner, payload }: { caller?: Caller; payload?: Uint8Array } = {},
  ) =>
    services.services.call(
      "lambda",
      operation,
      { members, payload },
      { caller, requestId: "r", signal: new AbortController().signal },
    );
  const create = (Role: string, code: string, caller = owner) => {
    const archive = writeZip([{ path: "index.js", content: Buffer.from(code) }]);
    const Code = { ZipFile: archive.toString("base64") };
    const settings = { FunctionName: "me", Runtime: "nodejs24.x", Handler: "index.handler" };
    return call("CreateFunction", { ...settings, Timeout: 60, Role, Code }, { caller });
  };
  const invoke = async () => {
    const { payload } = await call(
      "Invoke",
      { FunctionName: "me" },
      { payload: Buffer.from("{}") },
    );
    return JSON.parse(Buffer.from(payload ?? []).toString()) as unknown;
  };
  return { asOwner, role, create, invoke, owner };
}

test("a function calls this server as its role, which the AWS SDK finds by itself", async () => {
  const { role, create, invoke } = await closedServer();
  const code = `
    const { STSClient, GetCallerIdentityCommand } = require("@aws-sdk/client-sts");
    exports.handler = async () => (await new STSClient().send(new GetCallerIdentityCommand())).Arn;`;
  await create(await role("worker", trust({ Service: "lambda.amazonaws.com" })), code);
  expect(await invoke()).toBe(`arn:aws:sts::${accountId}:assumed-role/worker/me`);
}, 60_000);

test("a function whose role does not trust Lambda is not started", async () => {
  const { role, create, invoke } = await closedServer();
  await create(await role("flow", trustsWorkflows), "exports.handler = async () => 1;");
  expect(await invoke()).toMatchObject({
    errorMessage: expect.stringContaining("cannot be assumed by lambda.amazonaws.com") as string,
  });
});

test("who makes a function has to be allowed to give it its role, to Lambda", async () => {
  const { asOwner, role, create, owner } = await closedServer();
  const worker = await role("worker", trust({ Service: "lambda.amazonaws.com" }));
  await asOwner("CreateUser", { UserName: "alice" });
  const put = (PolicyDocument: string) =>
    asOwner("PutUserPolicy", { UserName: "alice", PolicyName: "p", PolicyDocument });
  const { User } = (await asOwner("GetUser", { UserName: "alice" })) as {
    readonly User: { readonly Arn: string; readonly UserId: string };
  };
  const alice: Caller = {
    ...owner,
    principal: { type: "user", userArn: User.Arn, userId: User.UserId },
  };
  await put(policyText(allow("lambda:*")));
  await expect(create(worker, "", alice)).rejects.toThrow(/iam:PassRole on resource: .*worker/);
  const Condition = { StringEquals: { "iam:PassedToService": "lambda.amazonaws.com" } };
  await put(policyText(allow("lambda:*"), allow("iam:PassRole", worker, { Condition })));
  await expect(create(worker, "", alice)).resolves.toMatchObject({
    members: { FunctionName: "me" },
  });
});
