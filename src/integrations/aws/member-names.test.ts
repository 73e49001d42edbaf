import { expect, test } from "vitest";
import { optimizedStyle, sdkStyle } from "./member-names.ts";

test.each([
  ["Bucket", "Bucket"],
  ["jobName", "JobName"],
  ["SSEKMSKeyId", "SsekmsKeyId"],
  ["ETag", "ETag"],
  ["ChecksumCRC32", "ChecksumCRC32"],
  ["MD5OfMessageBody", "Md5OfMessageBody"],
  ["DBInstanceIdentifier", "DbInstanceIdentifier"],
  ["ACL", "Acl"],
  ["S", "S"],
  ["SS", "Ss"],
  ["BOOL", "Bool"],
  ["NULL", "Nul"],
  ["__proto__", "__proto__"],
])("an SDK integration knows the API's %s as %s", (name, shown) => {
  expect(sdkStyle.memberName(name)).toBe(shown);
});

test("an optimized integration has the API's names", () => {
  expect(optimizedStyle([]).memberName("MD5OfMessageBody")).toBe("MD5OfMessageBody");
});
