import { request as httpRequest } from "node:http";
import { ListStateMachinesCommand, SFNClient } from "@aws-sdk/client-sfn";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Credentials } from "../../src/iam/directory/credentials.ts";
import type { AccessRequest } from "../../src/ports/authorizer.ts";
import { systemClock } from "../../src/runtime/system-clock.ts";
import { createAuthenticator } from "../../src/server/authentication/authenticator.ts";
import { post } from "../api/post.ts";
import { accountId, startServer, type TestServer } from "../api/start-server.ts";
import { sign, type SigningIdentity } from "./sign.ts";

const alice = { accessKeyId: "AKIAALICE00000000000", secretAccessKey: "alice's secret" };
const slow = { accessKeyId: "AKIASLOW000000000000", secretAccessKey: "that is read first" };
const session = {
  accessKeyId: "ASIASESSION000000000",
  secretAccessKey: "of a session",
  sessionToken: "sealed",
};
const user = (name: string, { accessKeyId }: SigningIdentity) =>
  ({
    type: "user",
    userArn: `arn:aws:iam::${accountId}:user/${name}`,
    userId: "AIDA1",
    accessKeyId,
  }) as const;

/** It stands still, so that no attempt is forgotten while a test counts them. */
const startedAt = Date.now();
const clock = { ...systemClock, now: () => startedAt };

let expiresAt = Number.POSITIVE_INFINITY;
const uses: string[] = [];
const credentials: Credentials = {
  keyOf(accessKeyId) {
    if (accessKeyId === slow.accessKeyId) {
      return Promise.resolve({ ...slow, principal: user("slow", slow) });
    }
    return accessKeyId === alice.accessKeyId
      ? { ...alice, principal: user("alice", alice) }
      : undefined;
  },
  openSession: (token) =>
    token === session.sessionToken
      ? { ...session, principal: user("session", session), expiresAt }
      : undefined,
  used: (accessKeyId, { region, service }) => {
    uses.push(`${accessKeyId} ${region} ${service}`);
  },
};

let server: TestServer;
const asked: AccessRequest[] = [];
beforeAll(async () => {
  server = await startServer({
    consoleFolder: "console",
    authenticator: createAuthenticator({ credentials, clock, accountId }),
    authorizer: {
      mayCall: (request) => {
        asked.push(request);
        return { allowed: true };
      },
      mayAct: () => ({ allowed: false }),
    },
  });
});
afterAll(async () => {
  expect(server.mistakes).toEqual([]);
  await server.close();
});

/** What the official SDK gets to hear. */
async function list(identity: SigningIdentity, region = "eu-west-1"): Promise<unknown> {
  const client = new SFNClient({
    endpoint: `http://127.0.0.1:${server.port}`,
    region,
    credentials: identity,
    disableHostPrefix: true,
    maxAttempts: 1,
  });
  try {
    return (await client.send(new ListStateMachinesCommand({}))).stateMachines;
  } catch (error) {
    const { name, message } = error as Error;
    return `${name}: ${message}`;
  } finally {
    client.destroy();
  }
}

/** Sends a signed request as it is, with another body if one is given. */
async function send(
  identity: SigningIdentity,
  options: NonNullable<Parameters<typeof sign>[1]>,
  sent = options.body ?? "{}",
): Promise<{ readonly status: number | undefined; readonly body: unknown }> {
  const host = `127.0.0.1:${server.port}`;
  const { request } = await sign(identity, { host, ...options });
  const { method, url, rawHeaders } = request;
  return new Promise((resolve, reject) => {
    httpRequest(
      { host: "127.0.0.1", port: server.port, method, path: url, headers: [...rawHeaders] },
      (response) => {
        let text = "";
        response.setEncoding("utf8").on("data", (part: string) => (text += part));
        response.on("end", () =>
          resolve({ status: response.statusCode, body: JSON.parse(text) as unknown }),
        );
      },
    )
      .on("error", reject)
      .end(method === "GET" ? undefined : sent);
  });
}

const mismatch =
  "InvalidSignatureException: The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.";

describe("who signs with a key", () => {
  test.each([
    ["a user's", alice, "alice"],
    ["one that has to be read first", slow, "slow"],
    ["a session's", session, "session"],
  ])("%s, is known by it, in the Region of the signature", async (_, identity, name) => {
    asked.length = uses.length = 0;
    expect(await list(identity, "ap-northeast-2")).toEqual([]);
    expect(asked).toMatchObject([
      {
        action: "states:ListStateMachines",
        caller: {
          region: "ap-northeast-2",
          accountId,
          principal: user(name, identity),
          from: {
            sourceIp: "127.0.0.1",
            isSecure: false,
            userAgent: expect.stringMatching(/^aws-sdk-js/) as string,
          },
        },
      },
    ]);
    expect(uses).toEqual([`${identity.accessKeyId} ap-northeast-2 states`]);
  });

  test("may use what is beside the API, and the console's own API", async () => {
    const path = "/stepwell/express-executions";
    expect(await send(alice, { method: "GET", path, body: "" })).toMatchObject({ status: 200 });
    const health = { method: "GET", path: "/console/api/approvals", body: "" };
    expect(await send(alice, health)).toMatchObject({ status: 200, body: [] });
  });
});

describe("refused is", () => {
  test("an unknown key like a wrong secret, whatever the Region", async () => {
    expect(await list({ ...alice, secretAccessKey: "a guess" })).toBe(mismatch);
    expect(await list({ ...alice, accessKeyId: "AKIANOBODY0000000000" })).toBe(mismatch);
    expect(await list({ ...slow, secretAccessKey: "a guess" })).toBe(mismatch);
  });

  test("a token that is not ours, not the key's, or too old", async () => {
    const invalid =
      "UnrecognizedClientException: The security token included in the request is invalid.";
    expect(await list({ ...session, sessionToken: "forged" })).toBe(invalid);
    expect(await list({ ...session, accessKeyId: alice.accessKeyId })).toBe(invalid);
    expect(await list({ ...alice, sessionToken: session.sessionToken })).toBe(invalid);
    expect(await list({ ...session, secretAccessKey: "a guess" })).toBe(mismatch);
    expect(await list({ ...session, sessionToken: undefined as never })).toBe(mismatch);
    expiresAt = startedAt - 1;
    expect(await list(session)).toBe(
      "ExpiredTokenException: The security token included in the request is expired",
    );
    expiresAt = Number.POSITIVE_INFINITY;
  });

  test("an unsigned request, before its body is parsed and whatever it asks for", async () => {
    const { status, body } = await post(server.port, "NoOperation", "not json");
    expect({ status, body }).toEqual({
      status: 400,
      body: {
        __type: "MissingAuthenticationTokenException",
        message: "Missing Authentication Token",
      },
    });
  });

  test("another body than the signed one, before it is parsed", async () => {
    asked.length = 0;
    const sent = await send(alice, { body: "{}" }, "[]");
    expect(sent).toMatchObject({
      status: 400,
      body: { __type: "InvalidSignatureException" },
    });
    expect(asked).toEqual([]);
  });

  test("what was signed for another service or another path", async () => {
    expect(await send(alice, { service: "iam" })).toMatchObject({
      body: { message: "Credential should be scoped to correct service: 'states'." },
    });
  });

  test("whoever is not signed in to the console, at each of its addresses", async () => {
    for (const path of ["/console/", "/console/api/approvals", "/console/approve/x"]) {
      const response = await fetch(`http://127.0.0.1:${server.port}${path}`);
      expect(response.status, path).toBe(401);
    }
    const express = await fetch(`http://127.0.0.1:${server.port}/stepwell/express-executions`);
    expect(express.status).toBe(400);
  });
});

test("a probe asks for health without a signature", async () => {
  for (const path of ["/health", "/health/live", "/health/ready"]) {
    expect((await fetch(`http://127.0.0.1:${server.port}${path}`)).status, path).toBe(200);
  }
});

test("an address that has failed too often has to wait, and a key that was rightly used there need not", async () => {
  await Promise.all(Array.from({ length: 150 }, () => post(server.port, "ListStateMachines", {})));
  expect(await list({ ...alice, accessKeyId: "AKIAGUESS00000000000" })).toBe(
    "ThrottlingException: Rate exceeded",
  );
  expect(await list(alice)).toEqual([]);
});
