import { expect, test } from "vitest";
import type { Principal } from "../../ports/caller.ts";
import { inOwnName } from "./own-name.ts";

const place = { partition: "aws", region: "eu-west-1", accountId: "123456789012" } as const;
const sent = { taskId: 1, name: "somebody else" };
const nameOf = (principal: Principal) => inOwnName(sent, { caller: { ...place, principal } });

test("whoever is signed in is told of under his own name, whatever he says", () => {
  const userArn = "arn:aws:iam::123456789012:user/team/alice";
  expect(nameOf({ type: "user", userArn, userId: "AIDA1" })).toEqual({ taskId: 1, name: "alice" });
  const roleArn = "arn:aws:iam::123456789012:role/Operator";
  const session = { roleArn, roleId: "AROA1", sessionName: "bob@example.com", issuedAt: 1 };
  expect(nameOf({ type: "assumedRole", ...session })).toEqual({
    taskId: 1,
    name: "bob@example.com",
  });
});

test("where nobody is asked who he is, a name is what somebody says", () => {
  expect(nameOf({ type: "anonymous" })).toEqual(sent);
  expect(inOwnName("no object", {})).toBe("no object");
});
