import fc from "fast-check";
import { expect, test } from "vitest";
import { readSignature } from "../../src/iam/signature/read-signature.ts";
import type { SignedRequest } from "../../src/iam/signature/signed-request.ts";
import { SigningKeys } from "../../src/iam/signature/signing-keys.ts";
import { isSignedWith } from "../../src/iam/signature/verify-signature.ts";
import { sign } from "./sign.ts";

/** `STEPWELL_MUTATIONS=100000` for a long run. */
const mutations = Number(process.env["STEPWELL_MUTATIONS"] ?? 5_000);
const now = Date.UTC(2026, 10, 27, 10, 15);
const rules = { services: ["states", "sts", "iam"], clockSkewSeconds: 300 };
const alice = { accessKeyId: "AKIAALICE00000000000", secretAccessKey: "alice's secret" };

interface Arrived {
  readonly request: SignedRequest;
  readonly body: Buffer;
}

const keys = new SigningKeys();

function isTaken({ request, body }: Arrived): boolean {
  const claimed = readSignature(request, now, rules);
  if ("refused" in claimed) return false;
  const isAlice = claimed.accessKeyId === alice.accessKeyId;
  return isSignedWith(isAlice ? alice.secretAccessKey : undefined, claimed, request, body, keys);
}

/** Another character in place of one; what it changes means something else to a server, unless it is a blank. */
function replaced(text: string, at: number, by: number): string {
  const place = at % text.length;
  const old = text.charCodeAt(place);
  const next = 33 + ((old - 33 + 1 + (by % 93)) % 94);
  return text.slice(0, place) + String.fromCharCode(next) + text.slice(place + 1);
}

type Mutation = (arrived: Arrived, at: number, by: number) => Arrived;

function withHeader(
  { request, body }: Arrived,
  name: string,
  change: (value: string) => string | undefined,
): Arrived {
  const rawHeaders: string[] = [];
  for (let index = 0; index < request.rawHeaders.length; index += 2) {
    const [key = "", value = ""] = request.rawHeaders.slice(index, index + 2);
    const changed = key.toLowerCase() === name ? change(value) : value;
    if (changed !== undefined) rawHeaders.push(key, changed);
  }
  return { request: { ...request, rawHeaders }, body };
}

function added({ request, body }: Arrived, ...header: readonly string[]): Arrived {
  return { request: { ...request, rawHeaders: [...request.rawHeaders, ...header] }, body };
}

const signedHeaders = [
  "host",
  "content-type",
  "x-amz-target",
  "x-amz-date",
  "x-amz-content-sha256",
];
const methods = ["GET", "PUT", "post", "DELETE", "PATCH", "OPTIONS"];
const lies = ["UNSIGNED-PAYLOAD", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD", "0".repeat(64)];

const kinds: readonly Mutation[] = [
  ({ request, body }, at) => ({
    request: { ...request, method: methods[at % methods.length] ?? "" },
    body,
  }),
  ({ request, body }, at, by) => ({
    request: { ...request, url: `/${replaced("stepwell", at, by)}` },
    body,
  }),
  ({ request, body }, at) => ({ request: { ...request, url: `/?a=${at}` }, body }),
  ({ request, body }, at, by) => {
    const changed = Buffer.from(body);
    const place = at % body.length;
    changed[place] = ((body[place] ?? 0) + 1 + (by % 255)) % 256;
    return { request, body: changed };
  },
  ({ request, body }, at) => ({ request, body: body.subarray(0, at % body.length) }),
  ({ request, body }, _, by) => ({
    request,
    body: Buffer.concat([body, Buffer.from([by % 256])]),
  }),
  (arrived, at, by) => {
    const name = signedHeaders[by % signedHeaders.length] ?? "";
    return withHeader(arrived, name, (value) => replaced(value, at, by));
  },
  (arrived, at) =>
    withHeader(arrived, signedHeaders[at % signedHeaders.length] ?? "", () => undefined),
  (arrived, at, by) =>
    added(arrived, signedHeaders[at % signedHeaders.length] ?? "", replaced("value", at, by)),
  (arrived, at, by) => added(arrived, `X-Amz-${replaced("Target-2", at, by)}`, "value"),
  (arrived, _, by) =>
    withHeader(arrived, "x-amz-content-sha256", () => lies[by % lies.length] ?? ""),
  (arrived, at, by) => withHeader(arrived, "authorization", (value) => forged(value, at, by)),
  (arrived, at) =>
    withHeader(arrived, "authorization", (value) => value.slice(0, at % value.length)),
  (arrived, at) =>
    withHeader(arrived, "authorization", (value) => {
      const [, names = ""] = /SignedHeaders=([^,]+)/.exec(value) ?? [];
      const fewer = names.split(";");
      fewer.splice(at % fewer.length, 1);
      return value.replace(names, fewer.join(";"));
    }),
];

/** The Authorization with one character changed; a blank between its parts says nothing, nor does what is not known. */
function forged(value: string, at: number, by: number): string {
  const meaning = [...value.matchAll(/[^ ,]/g)].map(({ index }) => index);
  return replaced(value, meaning[at % meaning.length] ?? 0, by);
}

test(`of ${mutations} signed requests that somebody changed none is taken`, async () => {
  const arrived = await sign(alice, {
    at: now,
    body: '{"stateMachineArn":"arn:aws:states:eu-west-1:123456789012:stateMachine:orders"}',
  });
  expect(isTaken(arrived)).toBe(true);
  fc.assert(
    fc.property(fc.nat(kinds.length - 1), fc.nat(1_000_000), fc.nat(1_000_000), (kind, at, by) => {
      const changed = kinds[kind]?.(arrived, at, by);
      return changed !== undefined && !isTaken(changed);
    }),
    { numRuns: mutations, seed: 20_261_127 },
  );
  expect(isTaken(arrived)).toBe(true);
}, 600_000);

test("a guessed secret and an unknown key are refused", async () => {
  const guessed = await sign({ ...alice, secretAccessKey: "a guess" }, { at: now });
  const unknown = await sign({ ...alice, accessKeyId: "AKIANOBODY0000000000" }, { at: now });
  for (const arrived of [guessed, unknown]) expect(isTaken(arrived)).toBe(false);
});

test("what the official signer signs is taken, whatever is in path, query, headers and body", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        body: fc.string({ unit: "grapheme", maxLength: 200 }),
        path: fc
          .array(fc.stringMatching(/^[A-Za-z0-9:_.~-]{1,12}$/), { maxLength: 4 })
          .map((parts) => `/${parts.map(encodeURIComponent).join("/")}`),
        query: fc.dictionary(
          fc.stringMatching(/^[A-Za-z0-9 :_.~/-]{1,8}$/),
          fc.stringMatching(/^[A-Za-z0-9 :+=&%_.~/-]{0,8}$/),
          { maxKeys: 3 },
        ),
        headers: fc.dictionary(
          fc.stringMatching(/^x-amz-a[a-z]{1,6}$/),
          fc.stringMatching(/^[!-~]([ -~]{0,10}[!-~])?$/),
          { maxKeys: 3 },
        ),
        region: fc.constantFrom("eu-west-1", "cn-north-1", "us-gov-west-1"),
      }),
      async ({ query, ...options }) => {
        expect(isTaken(await sign(alice, { ...options, query: { ...query }, at: now }))).toBe(true);
      },
    ),
    { numRuns: 300, seed: 20_261_127 },
  );
});
