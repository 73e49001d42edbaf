import { expect, test } from "vitest";
import { iamOperations } from "../../src/iam/operations/iam-service.ts";
import type { FormStructure } from "../../src/iam/operations/members.ts";
import type { AccessRequest, Authorizer } from "../../src/ports/authorizer.ts";
import type { Caller } from "../../src/ports/caller.ts";
import { createMemoryStore } from "../../src/store/memory/memory-store.ts";
import { accountId, region } from "../api/start-server.ts";
import { askedIamService } from "./asked-iam-service.ts";

const alice = `arn:aws:iam::${accountId}:user/alice`;
const caller: Caller = {
  partition: "aws",
  accountId,
  region,
  principal: { type: "user", userArn: alice, userId: "AIDA1", accessKeyId: "AKIA1" },
};
const document = JSON.stringify({
  Version: "2012-10-17",
  Statement: { Effect: "Allow", Action: "a:b", Resource: "*" },
});

/** Something for each member that any operation needs. */
const input: FormStructure = {
  UserName: "bob",
  GroupName: "ops",
  RoleName: "Orders",
  PolicyName: "P",
  PolicyArn: `arn:aws:iam::${accountId}:policy/P`,
  PermissionsBoundary: `arn:aws:iam::${accountId}:policy/B`,
  PolicyDocument: document,
  AssumeRolePolicyDocument: document,
  VersionId: "v1",
  AccessKeyId: "AKIAEXAMPLEEXAMPLE",
  Status: "Active",
  Description: "d",
  ActionNames: ["a:b"],
  PolicySourceArn: alice,
  RoleArn: `arn:aws:iam::${accountId}:role/Orders`,
  RoleSessionName: "work",
  Password: "correct horse battery",
  OldPassword: "correct horse battery",
  NewPassword: "another horse battery",
};

const all = Object.entries(iamOperations).flatMap(([service, table]) =>
  Object.keys(table).map((name) => [service as "iam" | "sts", name] as const),
);

test.each(all)(
  "%s:%s is asked about by its own name before it does anything",
  async (service, name) => {
    const store = createMemoryStore();
    const asked: AccessRequest[] = [];
    const authorizer: Authorizer = {
      mayCall(request) {
        asked.push(request);
        return { allowed: false };
      },
      mayAct: () => ({ allowed: false }),
    };
    const iam = await askedIamService(authorizer, { store, region, accountId });
    const call = iam.call(service, name, input, caller);
    if (name === "GetCallerIdentity") {
      expect(await call).toMatchObject({ Arn: alice });
      return;
    }
    // *Documented*: nobody is asked. What it gives may nothing that its user may not.
    if (name === "GetSessionToken") {
      expect(await call).toHaveProperty("Credentials");
      return;
    }
    await expect(call).rejects.toMatchObject({ code: "AccessDenied", statusCode: 403 });
    expect(asked).toMatchObject([{ action: `${service}:${name}`, caller }]);
    // A resource that is none of IAM's would be allowed by policies that mean another.
    expect(asked[0]?.resource).toMatch(
      /^(\*|arn:aws:iam::123456789012:(user|group|role|policy)\/.*)$/,
    );
    expect((await store.documents("iam.user", { limit: 1 })).items).toEqual([]);
  },
);
