import { describe, expect, test } from "vitest";
import { readSignature } from "./read-signature.ts";

const now = Date.UTC(2026, 10, 27, 10, 15);
const rules = { services: ["states", "sts"], clockSkewSeconds: 300 };
const signature = "0123456789abcdef".repeat(4);

function read(
  options: {
    readonly authorization?: string;
    readonly credential?: string;
    readonly signedHeaders?: string;
    readonly date?: string;
    readonly url?: string;
    readonly more?: readonly string[];
  } = {},
) {
  const {
    credential = "AKIA1/20261127/eu-west-1/states/aws4_request",
    signedHeaders = "host;x-amz-date",
    date = "20261127T101500Z",
  } = options;
  const authorization =
    options.authorization ??
    `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=${signedHeaders}, Signature=${signature}`;
  return readSignature(
    {
      method: "POST",
      url: options.url ?? "/",
      rawHeaders: [
        "Host",
        "localhost",
        ...(date === "" ? [] : ["X-Amz-Date", date]),
        ...(authorization === "" ? [] : ["Authorization", authorization]),
        ...(options.more ?? []),
      ],
    },
    now,
    rules,
  );
}

test("what a signature says is read, and blanks and the order of its parts do not matter", () => {
  const expected = {
    accessKeyId: "AKIA1",
    scope: { date: "20261127", region: "eu-west-1", service: "states" },
    signedHeaders: ["host", "x-amz-date"],
    signature,
    signedAt: "20261127T101500Z",
  };
  expect(read()).toEqual(expected);
  expect(
    read({
      authorization: `AWS4-HMAC-SHA256 Signature=${signature},SignedHeaders=host;x-amz-date,Credential=AKIA1/20261127/eu-west-1/states/aws4_request`,
    }),
  ).toEqual(expected);
});

test("the same header with another signature is read again, and what is no signature is refused", () => {
  read();
  const credential = "AKIA1/20261127/eu-west-1/states/aws4_request";
  const other = (end: string) =>
    read({
      authorization: `AWS4-HMAC-SHA256 Credential=${credential}, SignedHeaders=host;x-amz-date, Signature=${end}`,
    });
  expect(other("f".repeat(64))).toMatchObject({ signature: "f".repeat(64) });
  for (const end of ["f".repeat(63), "f".repeat(65), "g".repeat(64), "f".repeat(60)]) {
    expect(other(end)).toMatchObject({ refused: "invalid" });
  }
});

test("a session's token and the body's hash are read with it", () => {
  const signedHeaders = "host;x-amz-content-sha256;x-amz-date;x-amz-security-token";
  const more = ["x-amz-security-token", "token", "x-amz-content-sha256", signature];
  expect(read({ signedHeaders, more })).toMatchObject({
    sessionToken: "token",
    claimedBodyHash: signature,
  });
});

test("a date of HTTP is taken where there is no other, if it is signed", () => {
  const more = ["Date", "Fri, 27 Nov 2026 10:15:00 GMT"];
  expect(read({ date: "", signedHeaders: "date;host", more })).toMatchObject({
    signedAt: "20261127T101500Z",
  });
  expect(read({ date: "", signedHeaders: "host", more })).toMatchObject({ refused: "invalid" });
});

describe("refused is", () => {
  test.each([
    [
      "a request without a signature",
      { authorization: "" },
      "missing",
      "Missing Authentication Token",
    ],
    [
      "another kind of token",
      { authorization: "Bearer x" },
      "missing",
      "Missing Authentication Token",
    ],
    [
      "a presigned URL",
      { authorization: "", url: "/?X-Amz-Signature=00" },
      "incomplete",
      /Presigned/,
    ],
    [
      "version 4A",
      { authorization: "AWS4-ECDSA-P256-SHA256 Credential=K/20261127/states/aws4_request" },
      "incomplete",
      /'AWS4-ECDSA-P256-SHA256' is not supported/,
    ],
    [
      "a signature without any part",
      { authorization: "AWS4-HMAC-SHA256", date: "" },
      "incomplete",
      "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter. Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header.",
    ],
    ["a second Authorization", { more: ["authorization", "x"] }, "incomplete", /more than one/],
    ["a second date", { more: ["x-amz-date", "20261127T101500Z"] }, "incomplete", /^Date must be/],
    ["a date that there is not", { date: "20261327T101500Z" }, "incomplete", /^Date must be/],
    ["a scope of four parts", { credential: "AKIA1/20261127/eu-west-1/states" }, "incomplete", /5/],
    [
      "a scope for another service",
      { credential: "AKIA1/20261127/eu-west-1/s3/aws4_request" },
      "invalid",
      "Credential should be scoped to correct service: 'states' or 'sts'.",
    ],
    [
      "a scope for no Region",
      { credential: "AKIA1/20261127/EU_west/states/aws4_request" },
      "invalid",
      "Credential should be scoped to a valid region.",
    ],
    [
      "a scope that ends otherwise",
      { credential: "AKIA1/20261127/eu-west-1/states/aws5_request" },
      "invalid",
      "Credential should be scoped with a valid terminator: 'aws4_request'.",
    ],
    [
      "a scope of another day",
      { credential: "AKIA1/20261126/eu-west-1/states/aws4_request" },
      "invalid",
      /'20261126' != '20261127', from '20261127T101500Z'/,
    ],
    [
      "what was signed too long ago",
      { date: "20261127T100959Z" },
      "invalid",
      "Signature expired: 20261127T100959Z is now earlier than 20261127T101000Z (20261127T101500Z - 5 min.)",
    ],
    [
      "what is to be signed later",
      { date: "20261127T102001Z" },
      "invalid",
      "Signature not yet current: 20261127T102001Z is still later than 20261127T102000Z (20261127T101500Z + 5 min.)",
    ],
    ["an unsigned Host", { signedHeaders: "x-amz-date" }, "invalid", /^'Host' or ':authority'/],
    ["an unsigned date", { signedHeaders: "host" }, "invalid", /not signed: x-amz-date$/],
    [
      "an unsigned header of AWS's",
      { more: ["X-Amz-Security-Token", "t"] },
      "invalid",
      /not signed: x-amz-security-token$/,
    ],
    [
      "an unsigned body",
      {
        signedHeaders: "host;x-amz-content-sha256;x-amz-date",
        more: ["x-amz-content-sha256", "UNSIGNED-PAYLOAD"],
      },
      "invalid",
      /^The body must be signed/,
    ],
    ["headers out of order", { signedHeaders: "x-amz-date;host" }, "incomplete", /sorted/],
    ["a header named twice", { signedHeaders: "host;host;x-amz-date" }, "incomplete", /sorted/],
  ])("%s", (_, options, refused, message) => {
    const refusal = read(options);
    expect(refusal).toMatchObject({ refused });
    if ("message" in refusal) expect(refusal.message).toMatch(message);
  });
});
