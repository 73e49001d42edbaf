import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readSignature } from "../../src/iam/signature/read-signature.ts";
import { SigningKeys } from "../../src/iam/signature/signing-keys.ts";
import { isSignedWith } from "../../src/iam/signature/verify-signature.ts";

const secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
const now = Date.UTC(2015, 7, 30, 12, 36);
const rules = { services: ["service"], clockSkewSeconds: 300 };
const published = JSON.parse(
  readFileSync(new URL("published-signatures.json", import.meta.url), "utf8"),
) as { readonly requests: { readonly [name: string]: string } };

/** As Node hands it over: each character a byte. */
function requestOf(text: string) {
  const bytes = Buffer.from(text, "utf8").toString("latin1");
  const end = bytes.indexOf("\n\n");
  const [line = "", ...headers] = bytes.slice(0, end).split("\n");
  return {
    request: {
      method: line.slice(0, line.indexOf(" ")),
      url: line.slice(line.indexOf(" ") + 1, line.lastIndexOf(" ")),
      rawHeaders: headers.flatMap((header) => {
        const colon = header.indexOf(":");
        return [header.slice(0, colon), header.slice(colon + 1).trim()];
      }),
    },
    body: Buffer.from(bytes.slice(end + 2), "latin1"),
  };
}

test.each(Object.entries(published.requests))("the published request %s is taken", (_, text) => {
  const { request, body } = requestOf(text);
  const claimed = readSignature(request, now, rules);
  if ("refused" in claimed) throw new Error(claimed.message);
  expect(isSignedWith(secret, claimed, request, body, new SigningKeys())).toBe(true);
  expect(isSignedWith(`${secret}x`, claimed, request, body, new SigningKeys())).toBe(false);
});
