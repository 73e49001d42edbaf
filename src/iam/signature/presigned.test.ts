import { expect, test } from "vitest";
import { readSignature } from "./read-signature.ts";
import { SigningKeys } from "./signing-keys.ts";
import { isSignedWith } from "./verify-signature.ts";

// Documented: Amazon S3, "Authenticating requests: using query parameters", its example.
const example = {
  method: "GET",
  url: "/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404",
  rawHeaders: ["Host", "examplebucket.s3.amazonaws.com"],
};
const secret = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const signedAt = Date.UTC(2013, 4, 24);
const rules = { services: ["s3"], clockSkewSeconds: 300, isOfS3: true };

function isTaken(url: string, at = signedAt, rawHeaders = example.rawHeaders): boolean | string {
  const request = { ...example, url, rawHeaders };
  const claimed = readSignature(request, at, rules);
  if ("refused" in claimed) return claimed.message;
  return isSignedWith(secret, claimed, request, Buffer.alloc(0), new SigningKeys());
}

test("a URL that AWS has presigned is taken as long as it says, and not a second longer", () => {
  expect(isTaken(example.url)).toBe(true);
  expect(isTaken(example.url, signedAt + 86_400_000)).toBe(true);
  expect(isTaken(example.url, signedAt + 86_400_001)).toBe("Request has expired");
  expect(isTaken(example.url, signedAt - 300_001)).toBe("Request has expired");
});

test.each([
  ["another object", example.url.replace("test.txt", "other.txt")],
  ["a longer time", example.url.replace("=86400", "=604800")],
  ["one more parameter", `${example.url}&versionId=1`],
  ["another signature", example.url.replace("aeeed", "beeed")],
])("it is not taken for %s", (_, url) => {
  expect(isTaken(url)).toBe(false);
});

test("it is refused where a header tells S3 something that nobody signed", () => {
  const rawHeaders = [...example.rawHeaders, "x-amz-acl", "public-read"];
  expect(isTaken(example.url, signedAt, rawHeaders)).toMatch("not signed: x-amz-acl");
});

test("other services take none", () => {
  const refused = readSignature(example, signedAt, { services: ["states"], clockSkewSeconds: 300 });
  expect(refused).toMatchObject({ refused: "incomplete" });
});
