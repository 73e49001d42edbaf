import { expect, test } from "vitest";
import { scopeOf } from "../../machine/arns.ts";
import { parseFunctionReference } from "./function-name.ts";

const arn = "arn:aws:lambda:eu-west-1:123456789012:function:charge";

test.each([
  ["charge", undefined, arn],
  ["charge:live", "live", `${arn}:live`],
  ["charge:$LATEST", "$LATEST", `${arn}:$LATEST`],
  ["Lambda:charge", undefined, arn],
  ["function:charge:3", "3", `${arn}:3`],
  ["123456789012:function:charge", undefined, arn],
  [
    "arn:aws-us-gov:lambda:us-gov-west-1:1:function:charge",
    undefined,
    "arn:aws-us-gov:lambda:us-gov-west-1:1:function:charge",
  ],
  [`${arn}:live`, "live", `${arn}:live`],
])("%s names the function charge", (text, qualifier, whole) => {
  expect(parseFunctionReference(text, scopeOf("eu-west-1", "123456789012"))).toEqual({
    name: "charge",
    qualifier,
    arn: whole,
  });
});

test.each([
  "",
  "../charge",
  "a b",
  "arn:aws:sqs:eu-west-1:1:queue",
  "charge:",
  "a:b:c",
  "arn:aws:lambda:eu-west-1:1:layer:charge",
])("'%s' names no function", (text) =>
  expect(parseFunctionReference(text, scopeOf("eu-west-1", "1"))).toBe(undefined),
);
