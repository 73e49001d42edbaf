import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { trust } from "../enforcing-stepwell.ts";
import { setClock, startConsole, TestBrowser, type TestConsole } from "./console-people.ts";
import { startProvider, type TestProvider } from "./test-provider.ts";

let provider: TestProvider;
beforeAll(async () => {
  provider = await startProvider();
});
afterAll(() => provider.close());
afterEach(() => {
  vi.useRealTimers();
});

/** Two nodes over one store, behind one address: their cookies are the same. */
async function twoNodes(): Promise<readonly [TestConsole, TestConsole]> {
  const { issuer, clientId, clientSecret } = provider;
  provider.groups = ["operators", "readers"];
  const oidc = {
    issuer,
    clientId,
    clientSecret,
    roles: { operators: "Operator", readers: "Reader" },
  };
  const clock = setClock();
  const one = await startConsole({ oidc, clock, isSecure: true });
  for (const RoleName of ["Operator", "Reader"]) {
    await one.asOwner("CreateRole", {
      RoleName,
      AssumeRolePolicyDocument: trust({ Service: "states.amazonaws.com" }),
    });
    await one.asOwner("PutRolePolicy", {
      RoleName,
      PolicyName: "own",
      PolicyDocument: JSON.stringify({
        Version: "2012-10-17",
        Statement: { Effect: "Allow", Action: "states:*", Resource: "*" },
      }),
    });
  }
  return [one, await startConsole({ oidc, clock, isSecure: true, store: one.store })];
}

/** The same browser, as the other node sees it. */
function at(node: TestConsole, browser: TestBrowser): TestBrowser {
  const same = new TestBrowser(node.url, {});
  for (const [name, value] of browser.cookies) same.cookies.set(name, value);
  return same;
}

async function signedIn(node: TestConsole): Promise<TestBrowser> {
  const browser = node.browser();
  const left = await browser.fetch("/console/sign-in/leave?return=/console/");
  const back = new URL(provider.authorize(left.headers.get("location") ?? ""));
  await browser.fetch(back.pathname + back.search, {
    headers: { "sec-fetch-site": "cross-site" },
  });
  return browser;
}

const roleOf = async (browser: TestBrowser): Promise<unknown> => {
  const { me } = (await (await browser.get("session")).json()) as {
    readonly me?: { role?: string };
  };
  return me?.role;
};

test("a session that one node began is known to the other, with what it may and when it was used", async () => {
  const [one, two] = await twoNodes();
  const here = await signedIn(one);
  const there = at(two, here);
  expect(await roleOf(there)).toBe("Operator");
  expect((await there.post("me/role", { role: "Reader" })).status).toBe(200);
  expect(await roleOf(here)).toBe("Reader");
  // Half an hour unused ends it; it is used at the other node.
  for (let times = 0; times < 3; times++) {
    one.clock.at += 20 * 60_000;
    expect((await there.get("session")).status).toBe(200);
  }
  expect((await here.get("session")).status).toBe(200);
});

test("what one node ends is over at the other: by signing out, and by whoever may end it", async () => {
  const [one, two] = await twoNodes();
  const first = await signedIn(one);
  await at(two, first).post("sign-out", {});
  expect((await first.get("session")).status).toBe(401);

  const second = await signedIn(two);
  const [session] = await one.iam.people.sessions.list();
  await one.iam.people.end(session?.handle ?? "");
  expect((await second.get("session")).status).toBe(401);
});

test.each([
  ["is over", (browser: TestBrowser) => browser.post("sign-out", {})],
  ["acts in another role", (browser: TestBrowser) => browser.post("me/role", { role: "Reader" })],
])(
  "a stream ends at most ten seconds after its session %s at the other node",
  async (_, change) => {
    const [one, two] = await twoNodes();
    const here = await signedIn(one);
    vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
    const stream = await here.get("stream?executions=");
    expect(stream.status).toBe(200);
    const told = stream.text();
    // Its session has been looked at once.
    await here.get("session");
    expect((await change(at(two, here))).status).toBe(200);
    await vi.advanceTimersByTimeAsync(10_000);
    expect(await told).toContain("event: start");
  },
);
