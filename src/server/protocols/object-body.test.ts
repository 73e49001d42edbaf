import { hash } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { deriveSigningKey } from "../../iam/signature/signing-keys.ts";
import { objectBody, type PieceSigner } from "./object-body.ts";

async function* sent(bytes: Buffer, size = 1_000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(
  bytes: Buffer | string,
  headers: IncomingHttpHeaders,
  signer?: PieceSigner,
  size?: number,
): Promise<string> {
  const parts: Uint8Array[] = [];
  const body = sent(Buffer.from(bytes as string), size);
  for await (const part of objectBody(body, headers, signer)) parts.push(part);
  return Buffer.concat(parts).toString();
}

describe("a body in signed pieces", () => {
  // Documented: Amazon S3, "Signature calculations: transferring payload in multiple chunks", its example.
  const scope = { date: "20130524", region: "us-east-1", service: "s3" };
  const signer: PieceSigner = {
    key: deriveSigningKey("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", scope),
    signedAt: "20130524T000000Z",
    scope: "20130524/us-east-1/s3/aws4_request",
    signature: "4f232c4386841ef735655705268965c44a0e4690baa4adea153f7db9fa80a0a9",
  };
  const headers = {
    "x-amz-content-sha256": "STREAMING-AWS4-HMAC-SHA256-PAYLOAD",
    "x-amz-decoded-content-length": "66560",
  };
  const piece = (size: number, signature: string): string =>
    `${size.toString(16)};chunk-signature=${signature}\r\n${"a".repeat(size)}\r\n`;
  const first = piece(65_536, "ad80c730a21e5b8d04586a2213dd63b9a0e99e0e2307b0ade35a65485a288648");
  const second = piece(1_024, "0055627c9e194cb4542bae2aa5492e3c1575bbb81b612b7d234b86a503ef5497");
  const last = piece(0, "b6c6ea8a5354eaf15b3cb7646744f4275b71ea724fed81ceb9323e279d449df9");

  test("is what AWS's own example has in it", async () => {
    expect(await read(first + second + last, headers, signer)).toBe("a".repeat(66_560));
  });

  test.each([
    ["with a byte changed", (first + second + last).replace("\r\naaa", "\r\naab")],
    ["without its second piece", first + last],
    ["with a piece twice", first + second + second + last],
    ["without signatures", (first + second + last).replaceAll(/;chunk-signature=\w+/g, "")],
  ])("%s is refused", async (_, body) => {
    await expect(read(body, headers, signer)).rejects.toMatchObject({
      code: "SignatureDoesNotMatch",
    });
  });

  test("that ends too soon is refused", async () => {
    await expect(read(first, headers, signer)).rejects.toMatchObject({ code: "IncompleteBody" });
  });
});

describe("a body with trailers", () => {
  const headers = {
    "x-amz-content-sha256": "STREAMING-UNSIGNED-PAYLOAD-TRAILER",
    "x-amz-trailer": "x-amz-checksum-crc32",
  };

  test("comes out as it went in, however it is cut", async () => {
    const cut = fc.array(fc.string({ minLength: 1, maxLength: 50 }), { maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(cut, fc.integer({ min: 1, max: 40 }), async (pieces, size) => {
        const framed = pieces
          .map((text) => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`)
          .join("");
        expect(await read(`${framed}0\r\n\r\n`, headers, undefined, size)).toBe(pieces.join(""));
      }),
    );
  });

  test("is compared with the checksum in them", async () => {
    const framed = (sum: string): string => `2\r\nhi\r\n0\r\nx-amz-checksum-crc32:${sum}\r\n\r\n`;
    expect(await read(framed("2JMqrA=="), headers)).toBe("hi");
    await expect(read(framed("2JMqrQ=="), headers)).rejects.toMatchObject({ code: "BadDigest" });
  });
});

test.each([
  ["x-amz-content-sha256", hash("sha256", "hi", "hex"), "XAmzContentSHA256Mismatch"],
  ["content-md5", hash("md5", "hi", "base64"), "BadDigest"],
  ["x-amz-checksum-sha256", hash("sha256", "hi", "base64"), "BadDigest"],
])("a body is compared with its %s", async (name, value, code) => {
  expect(await read("hi", { [name]: value })).toBe("hi");
  await expect(read("ho", { [name]: value })).rejects.toMatchObject({ code });
});
