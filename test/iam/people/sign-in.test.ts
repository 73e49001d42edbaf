import { expect, test } from "vitest";
import { type TestBrowser, type TestConsole, startConsole } from "./console-people.ts";

const password = "correct horse battery";
const next = "another horse battery";

/** A user with a password, who may do everything. */
async function withUser(served: TestConsole, UserName = "alice", reset = "false") {
  await served.asOwner("CreateUser", { UserName });
  const PolicyArn = "arn:aws:iam::aws:policy/AdministratorAccess";
  await served.asOwner("AttachUserPolicy", { UserName, PolicyArn });
  const profile = { UserName, Password: password, PasswordResetRequired: reset };
  await served.asOwner("CreateLoginProfile", profile);
}

async function signedIn(served: TestConsole, name = "alice"): Promise<TestBrowser> {
  const browser = served.browser({ "user-agent": "Firefox" });
  expect((await browser.post("sign-in", { name, password })).status).toBe(200);
  return browser;
}

const eventsOf = ({ recorded }: TestConsole) => recorded.map(({ eventName }) => eventName);

async function isServed(browser: TestBrowser): Promise<boolean> {
  const { status } = await browser.get("session");
  expect([200, 401]).toContain(status);
  return status === 200;
}

test("a user with a password is himself at the console, and nobody after he has signed out", async () => {
  const served = await startConsole();
  await withUser(served);
  const alice = await signedIn(served, "Alice");
  expect(await (await alice.get("session")).json()).toMatchObject({
    me: { name: "alice", arn: "arn:aws:iam::123456789012:user/alice", hasPassword: true },
  });
  const copy = alice.stolen();
  expect((await alice.post("sign-out", {})).status).toBe(200);
  expect(alice.cookies.size).toBe(0);
  expect(await isServed(alice)).toBe(false);
  expect(await isServed(copy)).toBe(false);
  const userArn = "arn:aws:iam::123456789012:user/alice";
  expect(served.recorded).toMatchObject(
    ["SignIn", "SignOut"].map((eventName) => ({
      eventName,
      caller: { principal: { type: "user", userArn } },
    })),
  );
});

test("cookies are for this host over TLS, or for this port without it, and no script reads them", async () => {
  for (const isSecure of [true, false]) {
    const served = await startConsole({ isSecure });
    await withUser(served);
    const response = await served.browser().post("sign-in", { name: "alice", password });
    const [cookie = ""] = response.headers.getSetCookie();
    const [pair = "", ...flags] = cookie.split("; ");
    const port = new URL(served.url).port;
    expect(pair.split("=")[0]).toBe(isSecure ? "__Host-stepwell" : `stepwell-${port}`);
    expect(pair.split("=")[1]).toMatch(/^[\w-]{43}$/);
    const secure = isSecure ? ["Secure"] : [];
    expect(flags).toEqual(["Path=/", "HttpOnly", "SameSite=Lax", ...secure]);
  }
});

test("a cookie that is there twice is none: one of them somebody else has set", async () => {
  const served = await startConsole();
  await withUser(served);
  const alice = await signedIn(served);
  const [[name, value] = []] = [...alice.cookies];
  const twice = await served.browser().fetch("/console/api/session", {
    headers: { cookie: `${name}=${value}; ${name}=${value}` },
  });
  expect(twice.status).toBe(401);
});

test("whoever has to choose another password gets no session before", async () => {
  const served = await startConsole();
  await withUser(served, "alice", "true");
  const browser = served.browser();
  const first = await browser.post("sign-in", { name: "alice", password });
  expect(await first.json()).toMatchObject({ __type: "PasswordResetRequired" });
  const answerTo = async (newPassword: string) =>
    (await browser.post("sign-in", { name: "alice", password, newPassword })).json();
  expect(await answerTo("short")).toMatchObject({ __type: "PasswordPolicyViolation" });
  expect(await answerTo(password)).toMatchObject({ __type: "PasswordPolicyViolation" });
  expect(await isServed(browser)).toBe(false);
  expect(await answerTo(next)).toEqual({});
  expect(await isServed(browser)).toBe(true);
  expect(eventsOf(served)).toEqual(["ChangePassword", "SignIn"]);
});

test("a password that is changed ends the other sessions, and the old one is worth nothing", async () => {
  const served = await startConsole();
  await withUser(served);
  const [here, elsewhere] = [await signedIn(served), await signedIn(served)];
  const before = here.stolen();
  const wrong = await here.post("me/password", { password: next, newPassword: next });
  expect(wrong.status).toBe(403);
  await here.post("me/password", { password, newPassword: next });
  expect(eventsOf(served).slice(2)).toEqual(["ChangePassword", "SignIn"]);
  expect(await Promise.all([here, before, elsewhere].map(isServed))).toEqual([true, false, false]);
  expect((await served.browser().post("sign-in", { name: "alice", password })).status).toBe(403);
});

test("a session lasts half an hour unused and twelve hours at all, and what refreshes itself is no use", async () => {
  const served = await startConsole();
  await withUser(served);
  const minute = 60_000;
  const [idle, used] = [await signedIn(served), await signedIn(served)];
  served.clock.at += 29 * minute;
  expect(await isServed(used)).toBe(true);
  const refreshed = await idle.fetch("/console/api/session", {
    headers: { "x-stepwell-background": "1" },
  });
  expect(refreshed.status).toBe(200);
  served.clock.at += minute;
  expect(await isServed(idle)).toBe(false);
  for (let minutes = 30; minutes < 12 * 60; minutes += 15) {
    expect(await isServed(used)).toBe(true);
    served.clock.at += 15 * minute;
  }
  expect(await isServed(used)).toBe(false);
});

test("a stolen cookie is as good as the session, and no better: another sign-in, a revocation, a lost user end it", async () => {
  const served = await startConsole();
  await withUser(served);
  const alice = await signedIn(served);
  const thief = alice.stolen({ "user-agent": "curl" });
  expect(await isServed(thief)).toBe(true);
  // The id is another one after a sign-in.
  await alice.post("sign-in", { name: "alice", password });
  expect(await isServed(thief)).toBe(false);

  const second = alice.stolen();
  const sessions = (await (await alice.get("sessions")).json()) as readonly {
    readonly handle: string;
    readonly isCurrent?: true;
  }[];
  expect(sessions).toMatchObject([{ name: "alice", userAgent: "Firefox", isCurrent: true }]);
  expect(served.recorded.at(-1)).toMatchObject({
    eventName: "GET sessions",
    isReadOnly: true,
    decisions: [{ access: { action: "stepwell:ListSessions" }, decision: { allowed: true } }],
  });
  const handle = sessions[0]?.handle ?? "";
  // What names a session in a list opens none.
  const byHandle = alice.stolen();
  for (const name of byHandle.cookies.keys()) byHandle.cookies.set(name, handle);
  expect(await isServed(byHandle)).toBe(false);
  await alice.post("sessions/end", { handle });
  expect(await isServed(second)).toBe(false);

  const third = await signedIn(served);
  await served.asOwner("DeleteLoginProfile", { UserName: "alice" });
  expect(await isServed(third)).toBe(false);
});

test("only who may sees and ends sessions of others", async () => {
  const served = await startConsole();
  await withUser(served);
  await withUser(served, "bob");
  await served.asOwner("DetachUserPolicy", {
    UserName: "bob",
    PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
  });
  const [alice, bob] = [await signedIn(served), await signedIn(served, "bob")];
  const seenBy = async (browser: TestBrowser) =>
    (await (await browser.get("sessions")).json()) as readonly { readonly handle: string }[];
  expect(await seenBy(bob)).toMatchObject([{ name: "bob" }]);
  const ofAlice = (await seenBy(alice)).find((each) => "name" in each && each.name === "alice");
  const refused = await bob.post("sessions/end", { handle: ofAlice?.handle });
  expect(await refused.json()).toMatchObject({
    __type: "AccessDeniedException",
    message: expect.stringContaining("stepwell:EndSession") as string,
  });
  expect(await isServed(alice)).toBe(true);
});

test("guesses are few from one place, and take as long for whom there is not", async () => {
  const served = await startConsole();
  await withUser(served);
  const browser = served.browser();
  const guess = async (name: string) =>
    (await browser.post("sign-in", { name, password: "wrong password" })).json();
  expect(await guess("nobody")).toEqual(await guess("alice"));
  let heard = 0;
  while (
    heard < 50 &&
    ((await guess("alice")) as object & { __type: string }).__type !== "ThrottlingException"
  )
    heard++;
  expect(heard).toBe(9);
  const right = await browser.post("sign-in", { name: "alice", password });
  expect(right.status).toBe(429);
  served.clock.at += 60_000;
  expect((await browser.post("sign-in", { name: "alice", password })).status).toBe(200);
});

test("the API of AWS takes no cookie", async () => {
  const served = await startConsole();
  await withUser(served);
  const alice = await signedIn(served);
  const states = await alice.fetch("/", {
    method: "POST",
    headers: {
      "content-type": "application/x-amz-json-1.0",
      "x-amz-target": "AWSStepFunctions.ListStateMachines",
    },
    body: "{}",
  });
  expect(await states.json()).toMatchObject({ __type: "MissingAuthenticationTokenException" });
  const iam = await alice.fetch("/", {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: "Action=ListUsers&Version=2010-05-08",
  });
  expect(await iam.text()).toContain("MissingAuthenticationToken");
});

test("the pages about access ask as IAM does", async () => {
  const served = await startConsole();
  await withUser(served);
  await withUser(served, "bob");
  await served.asOwner("DetachUserPolicy", {
    UserName: "bob",
    PolicyArn: "arn:aws:iam::aws:policy/AdministratorAccess",
  });
  const [alice, bob] = [await signedIn(served), await signedIn(served, "bob")];
  expect(await (await alice.post("iam/ListUsers", { MaxItems: 1 })).json()).toMatchObject({
    Users: [{ UserName: "alice" }],
    IsTruncated: true,
  });
  expect(await (await bob.post("iam/ListUsers", {})).json()).toMatchObject({
    __type: "AccessDenied",
    message: expect.stringContaining("iam:ListUsers") as string,
  });
  expect((await served.browser().post("iam/ListUsers", {})).status).toBe(401);
});

test("a stream ends with its session", async () => {
  const served = await startConsole();
  await withUser(served);
  const alice = await signedIn(served);
  const stream = await alice.get("stream?executions=");
  expect(stream.status).toBe(200);
  const told = stream.text();
  await alice.post("sign-out", {});
  expect(await told).toContain("event: start");
});
