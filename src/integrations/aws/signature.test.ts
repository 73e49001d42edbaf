import { expect, test } from "vitest";
import { presignedUrl, signedHeaders } from "./signature.ts";

const scope = {
  service: "service",
  region: "us-east-1",
  credentials: {
    accessKeyId: "AKIDEXAMPLE",
    secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
  },
  at: Date.parse("2015-08-30T12:36:00Z"),
};

// Documented: AWS Signature Version 4 test suite.
test.each([
  ["get-vanilla", "GET", "/", "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"],
  ["post-vanilla", "POST", "/", "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b"],
  [
    "get-vanilla-query-order-key-case",
    "GET",
    "/?Param2=value2&Param1=value1",
    "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500",
  ],
])("%s", async (_, method, path, signature) => {
  const url = new URL(path, "https://example.amazonaws.com");
  expect(await signedHeaders({ method, url }, scope)).toEqual({
    "x-amz-date": "20150830T123600Z",
    authorization: `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, Signature=${signature}`,
  });
});

test("the body and a session's token are part of what is signed", async () => {
  const url = new URL("https://example.amazonaws.com/");
  const credentials = { ...scope.credentials, sessionToken: "a-token" };
  const sign = (body: string) =>
    signedHeaders({ method: "POST", url, body }, { ...scope, credentials });
  expect(await sign("a")).toMatchObject({ "x-amz-security-token": "a-token" });
  expect((await sign("a"))["authorization"]).not.toBe((await sign("b"))["authorization"]);
});

test("a URL that is signed names its headers and how long it is good", async () => {
  const url = new URL("https://sts.eu-west-1.amazonaws.com/?Action=GetCallerIdentity");
  const signed = await presignedUrl({ method: "GET", url, headers: { "x-own": "a b" } }, scope, 60);
  expect(Object.fromEntries(signed.searchParams)).toEqual({
    Action: "GetCallerIdentity",
    "X-Amz-Algorithm": "AWS4-HMAC-SHA256",
    "X-Amz-Credential": "AKIDEXAMPLE/20150830/us-east-1/service/aws4_request",
    "X-Amz-Date": "20150830T123600Z",
    "X-Amz-Expires": "60",
    "X-Amz-SignedHeaders": "host;x-own",
    "X-Amz-Signature": expect.stringMatching(/^[0-9a-f]{64}$/) as string,
  });
});
