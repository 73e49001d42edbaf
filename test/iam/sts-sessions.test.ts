import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Caller } from "../../src/ports/caller.ts";
import type { FormStructure } from "../../src/iam/operations/members.ts";
import { accountId } from "../api/start-server.ts";
import {
  allow,
  arnOfRole,
  enforcingStepwell,
  type EnforcingStepwell,
  policyText,
} from "./enforcing-stepwell.ts";

let server: EnforcingStepwell;
let alice: Caller;
const arnOfUser = (name: string): string => `arn:aws:iam::${accountId}:user/${name}`;
const everybodyHere = { AWS: `arn:aws:iam::${accountId}:root` };
const trustFor = (...Action: readonly string[]): string =>
  policyText({ Effect: "Allow", Principal: everybodyHere, Action });

beforeAll(async () => {
  server = await enforcingStepwell();
  alice = await server.user("alice", [allow(["sts:*", "states:ListStateMachines"])]);
  const tagged = trustFor("sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity");
  await server.role("First", [allow("sts:*")], tagged);
  await server.role("Second", [allow("sts:*"), allow("states:*")], tagged);
  await server.role("Plain", [], trustFor("sts:AssumeRole"));
});
afterAll(async () => {
  expect(server.mistakes).toEqual([]);
  await server.close();
});

const sts = (operation: string, input: FormStructure, caller: Caller) =>
  server.stepwell.iam.service.call("sts", operation, input, caller);

/** Who the session makes its caller. */
async function sessionIn(answer: object): Promise<Caller> {
  const { Credentials } = answer as { readonly Credentials: { readonly SessionToken: string } };
  const session = await server.stepwell.iam.credentials.openSession(Credentials.SessionToken);
  return { ...server.service.scope, principal: session?.principal ?? { type: "anonymous" } };
}

const assume = async (role: string, caller: Caller, more: FormStructure = {}): Promise<Caller> =>
  sessionIn(
    await sts(
      "AssumeRole",
      { RoleArn: arnOfRole(role), RoleSessionName: "session", ...more },
      caller,
    ),
  );
const tags = (given: { readonly [key: string]: string }) =>
  Object.entries(given).map(([Key, Value]) => ({ Key, Value }));
const tagsOf = ({ principal }: Caller) =>
  principal.type === "assumedRole" ? principal.sessionTags : undefined;

describe("tags of a session", () => {
  test("need sts:TagSession of the role's trust policy", async () => {
    await expect(assume("Plain", alice, { Tags: tags({ team: "desk" }) })).rejects.toMatchObject({
      code: "AccessDenied",
      message: expect.stringContaining("not authorized to perform: sts:TagSession"),
    });
    expect(tagsOf(await assume("First", alice, { Tags: tags({ team: "desk" }) }))).toEqual({
      team: "desk",
    });
  });

  test("go on to the next session where they are transitive, and to all after it", async () => {
    const first = await assume("First", alice, {
      Tags: tags({ Team: "desk", tier: "one" }),
      TransitiveTagKeys: ["team"],
    });
    const second = await assume("Second", first, { Tags: tags({ stage: "two" }) });
    expect(tagsOf(second)).toEqual({ Team: "desk", stage: "two" });
    expect(tagsOf(await assume("First", second))).toEqual({ Team: "desk" });
  });

  test("that are inherited cannot be changed, and need sts:TagSession as those that are passed", async () => {
    const first = await assume("First", alice, {
      Tags: tags({ team: "desk" }),
      TransitiveTagKeys: ["team"],
    });
    await expect(assume("Second", first, { Tags: tags({ TEAM: "root" }) })).rejects.toMatchObject({
      code: "InvalidParameterValue",
      message:
        "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
    });
    await expect(assume("Plain", first)).rejects.toMatchObject({
      message: expect.stringContaining("sts:TagSession"),
    });
    await expect(
      assume("First", alice, { Tags: tags({ team: "desk" }), TransitiveTagKeys: ["other"] }),
    ).rejects.toMatchObject({ code: "InvalidParameterValue" });
  });

  test("are, along any chain, those that were passed last and those that went on from before", async () => {
    const key = fc.constantFrom<string>("a", "B", "c", "D");
    const hop = fc.record({
      passed: fc.dictionary(key, fc.constantFrom("1", "2"), { maxKeys: 3 }),
      goOn: fc.array(key, { maxLength: 3 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(hop, { minLength: 1, maxLength: 4 }), async (hops) => {
        let caller = alice;
        let transitive: { readonly [key: string]: string } = {};
        for (const [index, { passed, goOn }] of hops.entries()) {
          // What is inherited is not passed again, and only what is passed can go on.
          const own = Object.fromEntries(
            Object.entries(passed).filter(([name]) => !Object.hasOwn(transitive, name)),
          );
          const keys = [...new Set(goOn)].filter((name) => Object.hasOwn(own, name));
          caller = await assume(index % 2 === 0 ? "First" : "Second", caller, {
            Tags: tags(own),
            TransitiveTagKeys: keys,
          });
          expect(tagsOf(caller) ?? {}).toEqual({ ...transitive, ...own });
          transitive = {
            ...transitive,
            ...Object.fromEntries(Object.entries(own).filter(([name]) => keys.includes(name))),
          };
        }
      }),
      { numRuns: 40 },
    );
  });

  test("go before the role's of the same key, however it is written", async () => {
    await server.stepwell.iam.service.call(
      "iam",
      "TagRole",
      { RoleName: "Second", Tags: tags({ Team: "role" }) },
      { ...server.service.scope, principal: { type: "owner" } },
    );
    await server.policy("Second", [
      allow("sts:*"),
      allow("states:ListActivities", "*", {
        Condition: { StringEquals: { "aws:PrincipalTag/team": "desk" } },
      }),
    ]);
    const list = (caller: Caller) => server.service.call("ListActivities", {}, { caller });
    await expect(list(await assume("Second", alice))).rejects.toMatchObject({
      code: "AccessDeniedException",
    });
    const session = await assume("Second", alice, { Tags: tags({ team: "desk" }) });
    expect(await list(session)).toEqual({ activities: [] });
  });
});

test("a source identity stays with every session that follows", async () => {
  const first = await assume("First", alice, { SourceIdentity: "Alice" });
  const second = await assume("Second", first);
  expect(second.principal).toMatchObject({ sourceIdentity: "Alice" });
  await expect(assume("First", second, { SourceIdentity: "Eve" })).rejects.toMatchObject({
    code: "AccessDenied",
  });
  await expect(assume("Plain", second)).rejects.toMatchObject({
    message: expect.stringContaining("sts:SetSourceIdentity"),
  });
});

describe("a session of a user", () => {
  test("may what he may, but for IAM and most of STS", async () => {
    const session = await sessionIn(await sts("GetSessionToken", {}, alice));
    expect(session.principal).toMatchObject({
      type: "user",
      accessKeyId: expect.stringMatching(/^ASIA/),
    });
    expect(await server.service.call("ListStateMachines", {}, { caller: session })).toBeDefined();
    await expect(
      server.service.call("ListActivities", {}, { caller: session }),
    ).rejects.toMatchObject({ code: "AccessDeniedException" });
    expect(await sts("GetCallerIdentity", {}, session)).toMatchObject({
      Arn: arnOfUser("alice"),
    });
    expect(await assume("First", session)).toMatchObject({ principal: { type: "assumedRole" } });
    await expect(
      server.stepwell.iam.service.call("iam", "ListUsers", {}, session),
    ).rejects.toMatchObject({
      code: "InvalidClientTokenId",
      message: "The security token included in the request is invalid",
    });
  });

  test("is given for his own key alone, and for no code that nobody can check", async () => {
    const refused = (caller: Caller, input: FormStructure = {}) =>
      expect(sts("GetSessionToken", input, caller)).rejects.toMatchObject({ code: "AccessDenied" });
    await refused(await sessionIn(await sts("GetSessionToken", {}, alice)));
    await refused(await assume("First", alice));
    const person = { type: "user", userArn: arnOfUser("alice"), userId: "AIDA" } as const;
    await refused({ ...alice, principal: person });
    await refused({ ...alice, principal: { type: "owner" } });
    await refused(alice, { SerialNumber: "GAHT12345678", TokenCode: "123456" });
  });

  test("lasts twelve hours, or as long as is asked for up to 36", async () => {
    const secondsOf = async (input: FormStructure) => {
      const { Credentials } = await sts("GetSessionToken", input, alice);
      const { Expiration } = Credentials as { readonly Expiration: Date };
      return Math.round((Number(Expiration) - Date.now()) / 1_000);
    };
    expect(await secondsOf({})).toBeCloseTo(43_200, -1);
    expect(await secondsOf({ DurationSeconds: "129600" })).toBeCloseTo(129_600, -1);
    await expect(secondsOf({ DurationSeconds: "129601" })).rejects.toMatchObject({
      code: "ValidationError",
    });
  });

  test("ends with the user, and with a policy that denies what was issued before", async () => {
    const bob = await server.user("bob", [allow("states:ListActivities")]);
    const answer = await sts("GetSessionToken", {}, bob);
    const session = await sessionIn(answer);
    const list = () => server.service.call("ListActivities", {}, { caller: session });
    expect(await list()).toBeDefined();
    await server.asOwner("PutUserPolicy", {
      UserName: "bob",
      PolicyName: "revoked",
      PolicyDocument: policyText({
        Effect: "Deny",
        Action: "*",
        Resource: "*",
        Condition: { DateLessThan: { "aws:TokenIssueTime": "2999-01-01T00:00:00Z" } },
      }),
    });
    await expect(list()).rejects.toMatchObject({ code: "AccessDeniedException" });
    for (const PolicyName of ["own", "revoked"]) {
      await server.asOwner("DeleteUserPolicy", { UserName: "bob", PolicyName });
    }
    await server.asOwner("DeleteUser", { UserName: "bob" });
    expect((await sessionIn(answer)).principal).toEqual({ type: "anonymous" });
  });
});
