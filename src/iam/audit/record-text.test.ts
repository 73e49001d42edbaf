import fc from "fast-check";
import { expect, test } from "vitest";
import type { Caller } from "../../ports/caller.ts";
import type { AuditRecord } from "./audit-record.ts";
import { call } from "./audit-log.fixture.ts";
import { recordText } from "./record-text.ts";

const facts = { eventId: "1", at: 0, region: "us-east-1", accountId: "1", partition: "aws" };
const recordOf = (...asked: Parameters<typeof call>) =>
  JSON.parse(recordText(call(...asked), facts)) as AuditRecord;

const anyText = fc.string({ unit: "binary" });

test("whatever callers send, a record is one line of JSON that says it", () => {
  const principal = { type: "accessKey", accessKeyId: "AKIA" } as const;
  fc.assert(
    fc.property(anyText, anyText, anyText, anyText, (eventName, userAgent, sourceIp, value) => {
      const from = { sourceIp, isSecure: true, userAgent };
      const caller: Caller = { partition: "aws", region: value, accountId: "1", principal, from };
      const asked = call(eventName, { caller, requestId: value, requestParameters: { value } });
      const text = recordText(asked, facts);
      expect(text).not.toContain("\n");
      expect(JSON.parse(text)).toMatchObject({
        eventName,
        userAgent,
        sourceIPAddress: sourceIp,
        awsRegion: value,
        requestID: value,
        requestParameters: { value },
      });
    }),
  );
});

test("who calls from another place, or in another partition, is written down as such", () => {
  const owner = { type: "owner" } as const;
  const scope = { region: "us-east-1", accountId: "1", partition: "aws", principal: owner };
  const from = { sourceIp: "192.0.2.1", isSecure: true };
  const callers: readonly Caller[] = [
    scope,
    { ...scope, from },
    { ...scope, from: { ...from, sourceIp: "192.0.2.2" } },
    { ...scope, from: { ...from, userAgent: "aws-cli/2" } },
    { ...scope, region: "eu-west-1" },
    { ...scope, accountId: "2" },
    { ...scope, partition: "aws-cn" },
    scope,
  ];
  const places = callers.map((caller) => {
    const { userIdentity, awsRegion, recipientAccountId, sourceIPAddress, userAgent } = recordOf(
      "StartExecution",
      { caller },
    );
    return [userIdentity.arn, awsRegion, recipientAccountId, sourceIPAddress, userAgent];
  });
  const [here, there] = ["127.0.0.1", "192.0.2.1"];
  expect(places).toEqual([
    ["arn:aws:iam::1:root", "us-east-1", "1", here, undefined],
    ["arn:aws:iam::1:root", "us-east-1", "1", there, undefined],
    ["arn:aws:iam::1:root", "us-east-1", "1", "192.0.2.2", undefined],
    ["arn:aws:iam::1:root", "us-east-1", "1", there, "aws-cli/2"],
    ["arn:aws:iam::1:root", "eu-west-1", "1", here, undefined],
    ["arn:aws:iam::2:root", "us-east-1", "2", here, undefined],
    ["arn:aws-cn:iam::1:root", "us-east-1", "1", here, undefined],
    ["arn:aws:iam::1:root", "us-east-1", "1", here, undefined],
  ]);
});

test("one name may be that of a read and of a change, and of several sources", () => {
  expect(recordOf("Get", { isReadOnly: true })).toMatchObject({ readOnly: true });
  expect(recordOf("Get", { isReadOnly: false })).toMatchObject({ readOnly: false });
  expect(recordOf("Get", { eventSource: "b" })).toMatchObject({ eventSource: "b" });
});

test("a resource is of the account in its ARN, or of the record's", () => {
  const arns = ["arn:aws:states:us-east-1:42:stateMachine:a", "arn:aws:s3:::bucket", "arn:short"];
  const requestParameters = Object.fromEntries(arns.map((arn, index) => [`arn${index}`, arn]));
  expect(recordOf("Get", { requestParameters }).resources).toEqual([
    { ARN: arns[0], accountId: "42" },
    { ARN: arns[1], accountId: "1" },
    { ARN: arns[2], accountId: "1" },
  ]);
});
