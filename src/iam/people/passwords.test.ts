import { expect, test } from "vitest";
import { generatedPassword } from "./generated-password.ts";
import { passwordProblem } from "./password-rules.ts";
import { createPasswords, TooManyPasswords } from "./passwords.ts";

const passwords = createPasswords(4);

test("a password is right for its own hash only, however its characters are composed", async () => {
  const hash = await passwords.hash("Zoë's horse battery");
  expect(hash).toMatch(/^scrypt:4:[\w+/=]{24}:[\w+/=]{44}$/);
  expect(await passwords.isRight("Zoë's horse battery".normalize("NFD"), hash)).toBe(true);
  expect(await passwords.isRight("Zoe's horse battery", hash)).toBe(false);
  expect(await passwords.isRight("Zoë's horse battery", undefined)).toBe(false);
  expect(await passwords.hash("Zoë's horse battery")).not.toBe(hash);
});

test("a hash of another cost is still looked at", async () => {
  const hash = await createPasswords(5).hash("correct horse battery");
  expect(await passwords.isRight("correct horse battery", hash)).toBe(true);
});

test("so many at once are looked at, and not more", async () => {
  const asked = Array.from({ length: 30 }, () => passwords.hash("correct horse battery"));
  const outcomes = await Promise.allSettled(asked);
  const refused = outcomes.filter((each) => each.status === "rejected");
  expect(refused).toHaveLength(12);
  for (const { reason } of refused) expect(reason).toBeInstanceOf(TooManyPasswords);
  expect(await passwords.hash("and then again")).toContain("scrypt:");
});

test("a generated password is one that is taken, and another one each time", () => {
  const all = Array.from({ length: 100 }, generatedPassword);
  expect(new Set(all).size).toBe(100);
  for (const each of all) expect(passwordProblem(each, "alice")).toBeUndefined();
});

test.each([
  ["elevenchars", "minimum length of 12"],
  ["Administrator-1", "the name of its user"],
  ["aaaaaaaaabbbbb", "characters that differ"],
])("%s is no password", (password, problem) => {
  expect(passwordProblem(password, "administrator-1")).toContain(problem);
});
