import { expect, test } from "vitest";
import { callerOf } from "./caller.ts";

const scope = { partition: "aws", region: "eu-west-1", accountId: "123456789012" };
const signed = (credential: string, algorithm = "AWS4-HMAC-SHA256"): string =>
  `${algorithm} Credential=${credential}, SignedHeaders=host;x-amz-date, Signature=00ff`;

test.each([
  ["AKIDEXAMPLE/20261127/ap-northeast-2/states/aws4_request", "ap-northeast-2", "aws"],
  ["AKIDEXAMPLE/20261127/cn-north-1/states/aws4_request", "cn-north-1", "aws-cn"],
  ["AKIDEXAMPLE/20261127/us-gov-west-1/states/aws4_request", "us-gov-west-1", "aws-us-gov"],
])("a request signed for %s is a call in %s", (credential, region, partition) => {
  expect(callerOf({ authorization: signed(credential) }, scope)).toEqual({
    partition,
    region,
    accountId: "123456789012",
    principal: { type: "accessKey", accessKeyId: "AKIDEXAMPLE" },
  });
});

test("a signature for several Regions names a key, and the call is in the server's own", () => {
  const authorization = signed("KEY/20261127/states/aws4_request", "AWS4-ECDSA-P256-SHA256");
  expect(callerOf({ authorization }, scope)).toMatchObject({
    region: "eu-west-1",
    principal: { type: "accessKey", accessKeyId: "KEY" },
  });
});

test.each([undefined, "", "Bearer token", signed("KEY"), signed("KEY/today/eu-west-1/states/x")])(
  "a request with the Authorization %j is anonymous, in the server's own Region",
  (authorization) => {
    const headers = authorization === undefined ? {} : { authorization };
    expect(callerOf(headers, scope)).toEqual({
      partition: "aws",
      region: "eu-west-1",
      accountId: "123456789012",
      principal: { type: "anonymous" },
    });
  },
);
