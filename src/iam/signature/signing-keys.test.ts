import { expect, test } from "vitest";
import { deriveSigningKey, SigningKeys } from "./signing-keys.ts";

const scope = { date: "20261127", region: "eu-west-1", service: "states" };

test("a signing key is found for its key, secret and scope only", () => {
  const keys = new SigningKeys();
  const signingKey = deriveSigningKey("secret", scope);
  keys.remember("AKIA1", "secret", scope, signingKey);
  expect(keys.find("AKIA1", "secret", scope)).toBe(signingKey);
  expect(keys.find("AKIA2", "secret", scope)).toBeUndefined();
  expect(keys.find("AKIA1", "another", scope)).toBeUndefined();
  for (const other of [{ date: "20261128" }, { region: "eu-west-2" }, { service: "sts" }]) {
    expect(keys.find("AKIA1", "secret", { ...scope, ...other })).toBeUndefined();
  }
});

test("no more than a thousand are remembered, and those used last stay", () => {
  const keys = new SigningKeys();
  const signingKey = deriveSigningKey("secret", scope);
  keys.remember("used", "secret", scope, signingKey);
  for (let index = 0; index < 3_000; index++) {
    keys.remember(`AKIA${index}`, "secret", scope, signingKey);
    keys.find("used", "secret", scope);
  }
  const known = Array.from({ length: 3_000 }, (_, index) => `AKIA${index}`).filter(
    (id) => keys.find(id, "secret", scope) !== undefined,
  );
  expect(known.length).toBeLessThanOrEqual(1_024);
  expect(keys.find("used", "secret", scope)).toBe(signingKey);
});
