import { expect, test } from "vitest";
import { createSecretMask, masked } from "./secret-mask.ts";

const secret = 'p@ss/w"ord & ü';
const mask = createSecretMask([secret]);

test.each([
  secret,
  JSON.stringify(secret).slice(1, -1),
  JSON.stringify(secret).slice(1, -1).replaceAll("/", "\\/"),
  encodeURIComponent(secret),
  encodeURIComponent(secret).toLowerCase(),
  new URLSearchParams({ a: secret }).toString().slice(2),
  Buffer.from(secret).toString("base64"),
  Buffer.from(secret).toString("base64url"),
  Buffer.from(secret).toString("hex"),
  "p@ss/w&quot;ord &amp; ü",
])("is found as %s", (spelling) => {
  expect(mask.text(`<${spelling}>`)).toBe(`<${masked}>`);
});

test("is found in values and names of JSON, and in headers", () => {
  expect(mask.value({ [secret]: [1, null, { a: `x${secret}` }] })).toEqual({
    [masked]: [1, null, { a: `x${masked}` }],
  });
  expect(mask.headers([["a", `b ${secret}`]])).toEqual([["a", `b ${masked}`]]);
});

test("the longer of two is hidden as a whole; what is too short for a secret is left", () => {
  expect(createSecretMask(["secret", "secret-two"]).text("secret-two secret")).toBe(
    `${masked} ${masked}`,
  );
  expect(createSecretMask(["", "abc"]).text("abc")).toBe("abc");
});
