import fc from "fast-check";
import { damaged, numbers, texts } from "./vocabulary.ts";

/** What a client of the API sends, signed by a key that nobody has. */
const signed =
  "AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20260101/eu-west-1/states/aws4_request, " +
  "SignedHeaders=content-type;host;x-amz-date;x-amz-target, Signature=" +
  "a".repeat(64);

const values: { readonly [name: string]: fc.Arbitrary<string> } = {
  Host: fc.constantFrom(
    "localhost",
    "127.0.0.1:1",
    "evil.example",
    "",
    "localhost, localhost",
    "[::1",
  ),
  Authorization: fc.oneof(damaged(fc.constant(signed)), fc.constant(signed), texts),
  "X-Amz-Date": damaged(fc.constant("20260101T000000Z")),
  "X-Amz-Target": damaged(fc.constant("AWSStepFunctions.ListStateMachines")),
  "X-Amz-Security-Token": fc.oneof(
    texts,
    fc.nat(9_000).map((length) => "A".repeat(length)),
  ),
  "X-Amz-Content-Sha256": fc.constantFrom("UNSIGNED-PAYLOAD", "", "0".repeat(64)),
  "Content-Type": fc.oneof(
    fc.constantFrom(
      "application/x-amz-json-1.0",
      "application/x-www-form-urlencoded",
      "text/plain",
    ),
    texts,
  ),
  "Content-Length": fc.oneof(
    fc.constantFrom("0", "2", "-1", "+2", "2, 2", "0x2"),
    numbers.map(String),
  ),
  "Transfer-Encoding": fc.constantFrom(
    "chunked",
    "chunked, chunked",
    "identity",
    "xchunked",
    "\tchunked",
  ),
  "x-stepwell-wait-seconds": numbers.map(String),
  "Accept-Language": damaged(fc.constant("ko-KR,ko;q=0.9,en;q=0.5")),
  "Accept-Encoding": fc.constantFrom("br", "br;q=0", "gzip, br", ",".repeat(5_000)),
  Cookie: texts,
  Origin: fc.constantFrom("null", "http://localhost", "https://evil.example"),
  "Sec-Fetch-Site": fc.constantFrom("cross-site", "same-origin", "none"),
  Expect: fc.constantFrom("100-continue", "nonsense"),
  Upgrade: fc.constantFrom("websocket", "h2c"),
  Connection: fc.constantFrom("close", "keep-alive", "upgrade"),
  "X-Forwarded-For": texts,
  Range: fc.constantFrom("bytes=0-", "bytes=9-1", "bytes=-"),
};
const header = fc
  .constantFrom(...Object.keys(values))
  .chain((name) => (values[name] as fc.Arbitrary<string>).map((value) => `${name}: ${value}`));

const paths = fc.oneof(
  fc.constantFrom(
    "/",
    "/",
    "/",
    "/health",
    "/console",
    "/console/",
    "/console/../secret.txt",
    "//",
  ),
  fc.constantFrom("/hooks/x", "http://evil.example/", "*", "/express-executions", "/?a=b", "/%00"),
  texts.map((text) => `/${text}`),
);

/** A request byte by byte: a character is a byte. Most are whole, and end their connection. */
export const wireTexts: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom("POST", "POST", "GET", "HEAD", "OPTIONS", "PUT", "CONNECT", "TRACE", "get", ""),
    paths,
    fc.constantFrom("HTTP/1.1", "HTTP/1.1", "HTTP/1.1", "HTTP/1.0", "HTTP/2.0", "HTTP"),
    fc.array(header, { maxLength: 8 }),
    fc.constantFrom(
      "",
      "{}",
      "2\r\n{}\r\n0\r\n\r\n",
      "fffffffffffffff\r\n",
      "Action=ListUsers&Version=2010-05-08",
    ),
    fc.nat(9),
  )
  .chain(([method, path, version, headers, body, hurt]) => {
    const head = [`${method} ${path} ${version}`, ...headers].join("\r\n");
    const whole = fc.constant(`${head}\r\n\r\n${body}`);
    return hurt === 0 ? damaged(whole) : whole;
  });
