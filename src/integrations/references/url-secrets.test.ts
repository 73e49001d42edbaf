import { expect, test } from "vitest";
import { lastingSecretsOf, secretsOf } from "./url-secrets.ts";

test("a password is a secret in each spelling, and so is all of a URL that cannot be read", () => {
  expect(secretsOf("smtps://u:p%40ss@h?a=b%20c")).toEqual(
    expect.arrayContaining(["p%40ss", "p@ss", "b c", "\0u\0p@ss"]),
  );
  expect(secretsOf("no URL")).toEqual(["no URL"]);
});

test("wherever else it is met, a URL's password is a secret, and a word of it is none", () => {
  expect(lastingSecretsOf("postgres://u:p%40ss@h/d?sslmode=require&password=two")).toEqual([
    "p%40ss",
    "p@ss",
    "\0u\0p@ss",
    "u:p@ss",
    "two",
  ]);
  expect(lastingSecretsOf("postgres://postgres:postgres@h/d")).toEqual([]);
  expect(lastingSecretsOf("sqlite:x")).toEqual([]);
});
