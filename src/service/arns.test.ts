import { expect, test } from "vitest";
import { checkRoleArn } from "./arns.ts";

test.each(["aws", "aws-cn", "aws-us-gov"])("a role of the partition %s is a role", (partition) => {
  expect(() => checkRoleArn(`arn:${partition}:iam::123456789012:role/path/Orders`)).not.toThrow();
});

test.each([
  "role",
  "arn:aws:iam::1234:role/Orders",
  "arn:aws:iam::1234567890123:role/Orders",
  "arn:aws:iam:::role/Orders",
  "arn:aws:iam::123456789012:user/Orders",
  "arn:aws:iam::123456789012:role/",
])("%s is no role's ARN", (arn) => {
  expect(() => checkRoleArn(arn)).toThrow(
    expect.objectContaining({ code: "InvalidArn", message: `Invalid Role Arn: '${arn}'` }),
  );
});
