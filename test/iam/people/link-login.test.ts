import { afterAll, beforeAll, expect, test } from "vitest";
import { accountId, region } from "../../api/start-server.ts";
import { allow, policyText, trust } from "../enforcing-stepwell.ts";
import { startConsole, type TestBrowser } from "./console-people.ts";
import { startProvider, type TestProvider } from "./test-provider.ts";

let provider: TestProvider;
beforeAll(async () => {
  provider = await startProvider();
});
afterAll(() => provider.close());

const password = "correct horse battery";
const activityArn = `arn:aws:states:${region}:${accountId}:activity:ask`;
const userArn = (name: string): string => `arn:aws:iam::${accountId}:user/${name}`;

/** A question with a link to it, which only somebody who is signed in may answer. */
async function asked() {
  const { issuer, clientId, clientSecret } = provider;
  const oidc = { issuer, clientId, clientSecret, roles: { operators: "Operator" } };
  const served = await startConsole({ oidc, linksNeedSignIn: true });
  const { asOwner, service, links, views } = served;
  await asOwner("CreateRole", {
    RoleName: "Operator",
    AssumeRolePolicyDocument: trust({ Service: "states.amazonaws.com" }),
  });
  const answers = policyText(allow("states:SendTaskSuccess", activityArn));
  const policy = { PolicyName: "answers", PolicyDocument: answers };
  await asOwner("PutRolePolicy", { RoleName: "Operator", ...policy });
  for (const UserName of ["alice", "bob", "dave"]) {
    await asOwner("CreateUser", { UserName });
    await asOwner("CreateLoginProfile", { UserName, Password: password });
    // Dave may answer nothing, and nobody may read the execution.
    if (UserName !== "dave") await asOwner("PutUserPolicy", { UserName, ...policy });
  }
  await service.call("CreateActivity", { name: "ask" });
  const { stateMachineArn } = await service.call("CreateStateMachine", {
    name: "asks",
    roleArn: `arn:aws:iam::${accountId}:role/Operator`,
    definition: JSON.stringify({
      StartAt: "Ask",
      States: {
        Ask: {
          Type: "Task",
          Resource: activityArn,
          End: true,
        },
      },
    }),
  });
  const started = await service.call("StartExecution", { stateMachineArn, input: "{}" });
  const executionArn = started["executionArn"] as string;
  const { sealed } = await links.make({ executionArn, taskId: 3 }, {});
  return {
    ...served,
    executionArn,
    path: `/console/approve/${sealed}`,
    outputOf: async () => {
      const described = await service.call("DescribeExecution", { executionArn });
      return described["output"] === undefined
        ? undefined
        : (JSON.parse(described["output"] as string) as unknown);
    },
    entries: async () => (await views.questions.audit({ offset: 0, limit: 10 }, {})).entries,
  };
}

const nonceIn = (html: string) => /name="nonce" value="([^"]+)"/.exec(html)?.[1] ?? "";

const send = (browser: TestBrowser, path: string, fields: { readonly [name: string]: string }) =>
  browser.fetch(path, {
    method: "POST",
    headers: {
      "content-type": "application/x-www-form-urlencoded",
      "sec-fetch-site": "same-origin",
    },
    body: new URLSearchParams(fields).toString(),
  });

const signIn = (browser: TestBrowser, name: string) => browser.post("sign-in", { name, password });

/** Answers as far as the page that is to be confirmed. */
async function reviewed(browser: TestBrowser, path: string): Promise<string> {
  const nonce = nonceIn(await (await browser.fetch(path)).text());
  const review = await send(browser, path, {
    nonce,
    step: "review",
    decision: "approve",
    comment: "fine",
    answeredBy: "arn:aws:iam::123456789012:user/eve",
  });
  return review.text();
}

test("who is not signed in neither sees nor answers it, and comes back to it from the sign-in", async () => {
  const { browser, path, outputOf, entries } = await asked();
  const nobody = browser();
  for (const answer of [
    await nobody.fetch(path),
    await send(nobody, path, { nonce: "x", step: "decide" }),
  ]) {
    expect(answer.status).toBe(302);
    expect(answer.headers.get("location")).toBe(
      `/console/sign-in?${new URLSearchParams({ return: path }).toString()}`,
    );
    expect(await answer.text()).toBe("");
  }
  expect(await outputOf()).toBeUndefined();
  expect((await entries()).map(({ action }) => action)).toEqual(["link"]);
});

test("who answers is named in the answer and in the audit log, whatever he calls himself", async () => {
  const { browser, path, outputOf, entries } = await asked();
  const alice = browser();
  expect((await signIn(alice, "alice")).status).toBe(200);
  const review = await reviewed(alice, path);
  // He confirms what it will be.
  expect(review).toContain(userArn("alice"));
  expect(review).not.toContain("eve");
  await send(alice, path, { nonce: nonceIn(review), step: "decide" });
  expect(await outputOf()).toEqual({
    approved: true,
    comment: "fine",
    answeredBy: userArn("alice"),
  });
  const named = { by: "link", caller: userArn("alice"), name: "alice" };
  expect(await entries()).toMatchObject([
    { action: "answer", ...named },
    { action: "view", ...named },
    { action: "link", by: "console" },
  ]);
});

test("a person of a provider is named by his session", async () => {
  const { browser, path, outputOf } = await asked();
  const carol = browser();
  const left = await carol.fetch(`/console/sign-in/leave?return=${encodeURIComponent(path)}`);
  const back = await carol.fetch(provider.authorize(left.headers.get("location") ?? ""), {
    headers: { "sec-fetch-site": "cross-site" },
  });
  expect(back.headers.get("location")).toBe(path);
  const review = await reviewed(carol, path);
  await send(carol, path, { nonce: nonceIn(review), step: "decide" });
  expect(await outputOf()).toMatchObject({
    answeredBy: `arn:aws:sts::${accountId}:assumed-role/Operator/alice@example.com`,
  });
});

test("what one person has begun to answer, another one confirms not", async () => {
  const { browser, path, outputOf } = await asked();
  const alice = browser();
  const bob = browser();
  await signIn(alice, "alice");
  await signIn(bob, "bob");
  const review = await reviewed(alice, path);
  const answer = await send(bob, path, { nonce: nonceIn(review), step: "decide" });
  expect(answer.status).toBe(409);
  expect(await outputOf()).toBeUndefined();
});

test("whose policies do not let him answer decides nothing, and others still may", async () => {
  const { browser, path, outputOf, entries } = await asked();
  const dave = browser();
  await signIn(dave, "dave");
  const refused = await send(dave, path, {
    nonce: nonceIn(await reviewed(dave, path)),
    step: "decide",
  });
  expect(refused.status).toBe(403);
  expect(await refused.text()).toContain("You may not answer this");
  expect(await outputOf()).toBeUndefined();
  expect((await entries()).map(({ action }) => action)).not.toContain("answer");
  const alice = browser();
  await signIn(alice, "alice");
  await send(alice, path, { nonce: nonceIn(await reviewed(alice, path)), step: "decide" });
  expect(await outputOf()).toMatchObject({ approved: true });
});
