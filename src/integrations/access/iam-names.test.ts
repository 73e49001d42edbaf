import { expect, test } from "vitest";
import { iamAction } from "./iam-names.ts";

test.each([
  ["emr", "runJobFlow", "elasticmapreduce:RunJobFlow"],
  ["s3", "headObject", "s3:GetObject"],
  ["s3", "listObjectsV2", "s3:ListBucket"],
  ["s3", "getObject", "s3:GetObject"],
  ["translate", "translateText", "translate:TranslateText"],
  ["constructor", "toString", "constructor:ToString"],
])("IAM names %s %s %s", (service, operation, action) => {
  expect(iamAction(service, operation)).toBe(action);
});
