import { describe, expect, test } from "vitest";
import { decideTrust } from "./decide.ts";
import { policyOf } from "./policy.fixture.ts";
import type { PolicyPrincipal } from "./question.ts";

const alice: PolicyPrincipal = {
  arns: ["arn:aws:iam::123456789012:user/alice"],
  accountId: "123456789012",
};
const session: PolicyPrincipal = {
  arns: [
    "arn:aws:sts::123456789012:assumed-role/Deploy/run",
    "arn:aws:iam::123456789012:role/ci/Deploy",
  ],
  accountId: "123456789012",
};
const service: PolicyPrincipal = { arns: [], service: "states.amazonaws.com" };
const person: PolicyPrincipal = { arns: [], federated: "https://id.example.com/realm" };

function decideFor(
  principal: PolicyPrincipal,
  statements: object | readonly object[],
  context: ReadonlyMap<string, string> = new Map(),
) {
  const list = (Array.isArray(statements) ? statements : [statements]) as readonly object[];
  const trust = policyOf(
    list.map((statement) => ({ Effect: "Allow", Action: "sts:AssumeRole", ...statement })),
    "trust",
    "Orders",
  );
  const question = { principal, action: "sts:AssumeRole", resource: "*", context };
  return decideTrust(question, trust);
}

const by = "Orders[0]";

describe("a trust policy", () => {
  test.each([
    ["a user by his ARN", { AWS: alice.arns[0] }, alice, "principal"],
    ["another user", { AWS: "arn:aws:iam::123456789012:user/bob" }, alice, undefined],
    ["a session by its own ARN", { AWS: session.arns[0] }, session, "principal"],
    ["a session by its role", { AWS: ["999999999999", session.arns[1]] }, session, "principal"],
    ["somebody by his account", { AWS: "123456789012" }, alice, "account"],
    ["somebody by its root", { AWS: "arn:aws:iam::123456789012:root" }, session, "account"],
    ["nobody of another account", { AWS: "999999999999" }, alice, undefined],
    ["everybody", "*", alice, "everybody"],
    ["everybody, in the other way", { AWS: "*" }, alice, "everybody"],
    ["a service", { Service: ["x.amazonaws.com", service.service] }, service, "principal"],
    ["no other service", { Service: "events.amazonaws.com" }, service, undefined],
    ["no service by an account", { AWS: "123456789012" }, service, undefined],
    [
      "a person by the provider's ARN",
      { Federated: "arn:aws:iam::123456789012:oidc-provider/id.example.com/realm" },
      person,
      "principal",
    ],
    ["a person by the issuer", { Federated: "id.example.com/realm" }, person, "principal"],
    ["no person of another issuer", { Federated: "id.example.com" }, person, undefined],
  ])("knows %s", (_, Principal, principal, names) => {
    expect(decideFor(principal, { Principal })).toEqual(
      names === undefined ? { allowed: false, at: "trust" } : { allowed: true, by, names },
    );
  });

  test("that names somebody and his account knows him by himself", () => {
    const statements = [{ Principal: { AWS: "123456789012" } }, { Principal: { AWS: alice.arns } }];
    expect(decideFor(alice, statements)).toMatchObject({ by: "Orders[1]", names: "principal" });
    expect(decideFor(alice, statements.toReversed())).toMatchObject({ names: "principal" });
  });

  test("denies everybody but those whom NotPrincipal names", () => {
    const statements = [
      { Principal: { AWS: "123456789012" } },
      { Effect: "Deny", NotPrincipal: { AWS: alice.arns } },
    ];
    expect(decideFor(alice, statements)).toMatchObject({ allowed: true });
    expect(decideFor(session, statements)).toEqual({
      allowed: false,
      at: "trust",
      deniedBy: "Orders[1]",
    });
  });

  test("keeps a service from being a confused deputy", () => {
    const statement = {
      Principal: { Service: "states.amazonaws.com" },
      Condition: {
        ArnLike: { "aws:SourceArn": "arn:aws:states:us-east-1:123456789012:stateMachine:*" },
        StringEquals: { "aws:SourceAccount": "123456789012" },
      },
    };
    const from = (account: string) =>
      new Map([
        ["aws:sourcearn", `arn:aws:states:us-east-1:${account}:stateMachine:orders`],
        ["aws:sourceaccount", account],
      ]);
    expect(decideFor(service, statement, from("123456789012"))).toMatchObject({ allowed: true });
    expect(decideFor(service, statement, from("999999999999"))).toMatchObject({ allowed: false });
    expect(decideFor(service, statement)).toMatchObject({ allowed: false });
  });

  test("asks for the action that it is asked about", () => {
    expect(
      decideFor(alice, { Principal: "*", Action: "sts:AssumeRoleWithWebIdentity" }),
    ).toMatchObject({ allowed: false });
  });
});
