import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { startConsole, type TestBrowser } from "./console-people.ts";
import { type Faults, startProvider, type TestProvider } from "./test-provider.ts";

let provider: TestProvider;
beforeAll(async () => {
  provider = await startProvider();
});
afterAll(() => provider.close());
beforeEach(() => {
  provider.groups = ["operators"];
  provider.faults = {};
});

const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: { Service: "states.amazonaws.com" }, Action: "sts:AssumeRole" },
  ],
});

async function consoleWithRoles() {
  const { issuer, clientId, clientSecret } = provider;
  const roles = { operators: "Operator", "orders-readers": "Reader", nobody: "NotThere" };
  const served = await startConsole({ oidc: { issuer, clientId, clientSecret, roles } });
  for (const RoleName of ["Operator", "Reader"]) {
    await served.asOwner("CreateRole", { RoleName, AssumeRolePolicyDocument: trust });
  }
  return served;
}

/** Where the provider sends the browser back to. */
async function leave(browser: TestBrowser): Promise<string> {
  const left = await browser.fetch("/console/sign-in/leave?return=/console/executions?q=a");
  expect(left.status).toBe(302);
  return provider.authorize(left.headers.get("location") ?? "");
}

async function signIn(browser: TestBrowser): Promise<Response> {
  const back = await leave(browser);
  return browser.fetch(back, { headers: { "sec-fetch-site": "cross-site" } });
}

test("a person of a mapped group is a session of its role, back where he was", async () => {
  const { browser } = await consoleWithRoles();
  const alice = browser();
  const back = await signIn(alice);
  expect(back.headers.get("location")).toBe("/console/executions?q=a");
  const session = (await (await alice.get("session")).json()) as object;
  expect(session).toMatchObject({
    me: {
      name: "alice@example.com",
      role: "Operator",
      roles: ["Operator"],
      arn: "arn:aws:sts::123456789012:assumed-role/Operator/alice@example.com",
    },
  });
});

test.each<readonly [string, Faults]>([
  ["ES256", { algorithm: "ES256" }],
  ["userinfo", { isThin: true }],
])("a provider may do it its way: %s", async (_, faults) => {
  provider.faults = faults;
  const { browser } = await consoleWithRoles();
  const alice = browser();
  await signIn(alice);
  expect((await alice.get("session")).status).toBe(200);
});

test("a person of several groups acts in the first role, and may act in another of his", async () => {
  provider.groups = ["orders-readers", "operators", "others"];
  const { browser } = await consoleWithRoles();
  const alice = browser();
  await signIn(alice);
  const told = (await alice.get("stream")).text();
  expect((await alice.post("me/role", { role: "Reader" })).status).toBe(200);
  // What is open was for the other role's eyes.
  expect(await told).toBeDefined();
  expect(await (await alice.get("session")).json()).toMatchObject({
    me: { role: "Reader", roles: ["Operator", "Reader"] },
  });
  expect((await alice.post("me/role", { role: "NotThere" })).status).toBe(403);
});

const past = Math.floor(Date.now() / 1_000) - 3_600;
describe("nobody is signed in by a token", () => {
  test.each<readonly [string, Faults]>([
    ["of another issuer", { claims: { iss: "https://evil.example.com" } }],
    ["for another client", { claims: { aud: "another" } }],
    ["for several clients, asked for by another", { claims: { aud: ["stepwell", "x"], azp: "x" } }],
    ["that has expired", { claims: { exp: past } }],
    ["with another nonce", { claims: { nonce: "another" } }],
    ["without a nonce", { claims: { nonce: undefined } }],
    ["of nobody", { claims: { sub: undefined } }],
    ["that is not signed", { algorithm: "none" }],
    ["that is signed with the public key as a secret", { algorithm: "HS256" }],
    ["that is signed with another key", { isForged: true }],
  ])("%s", async (_, faults) => {
    provider.faults = faults;
    const { browser } = await consoleWithRoles();
    const alice = browser();
    const back = await signIn(alice);
    expect(back.headers.get("location")).toBe("/console/sign-in?problem=provider");
    expect((await alice.get("session")).status).toBe(401);
  });
});

test("a person without a mapped group is told so", async () => {
  const { browser } = await consoleWithRoles();
  for (const groups of [[], ["others"], ["nobody"], ["toString"]]) {
    provider.groups = groups;
    const alice = browser();
    const back = await signIn(alice);
    expect(back.headers.get("location")).toBe("/console/sign-in?problem=noRole");
    expect((await alice.get("session")).status).toBe(401);
  }
});

test("what one browser left for signs no other one in, and only once", async () => {
  const { browser, clock } = await consoleWithRoles();
  const refused = "/console/sign-in?problem=otherSignIn";
  const [alice, mallory] = [browser(), browser()];
  const back = await leave(mallory);
  expect((await alice.fetch(back)).headers.get("location")).toBe(refused);
  await leave(alice);
  // With a sign-in of her own under way, it is still not hers.
  expect((await alice.fetch(back)).headers.get("location")).toBe(refused);
  const own = await leave(alice);
  const copy = alice.stolen();
  expect((await alice.fetch(own)).headers.get("location")).toBe("/console/executions?q=a");
  expect((await copy.fetch(own)).headers.get("location")).toBe("/console/sign-in?problem=provider");

  const late = await leave(alice);
  clock.at += 10 * 60_000;
  expect((await alice.fetch(late)).headers.get("location")).toBe(refused);
});

test("a session is over once its role is gone, even if another of its name is there", async () => {
  const { browser, asOwner } = await consoleWithRoles();
  const alice = browser();
  await signIn(alice);
  await asOwner("DeleteRole", { RoleName: "Operator" });
  expect((await alice.get("session")).status).toBe(401);
  await asOwner("CreateRole", { RoleName: "Operator", AssumeRolePolicyDocument: trust });
  expect((await alice.get("session")).status).toBe(401);
});

test("after a sign-in nobody is sent to another place than the console", async () => {
  const { browser } = await consoleWithRoles();
  for (const place of [
    "https://evil.example.com",
    "//evil.example.com",
    "/\\evil",
    "/console/../x",
  ]) {
    const alice = browser();
    const left = await alice.fetch(`/console/sign-in/leave?return=${encodeURIComponent(place)}`);
    const back = await alice.fetch(provider.authorize(left.headers.get("location") ?? ""));
    expect(back.headers.get("location")).toBe("/console/");
  }
});
