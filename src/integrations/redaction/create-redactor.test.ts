import { expect, test } from "vitest";
import { createRedactor } from "./create-redactor.ts";

test("what is configured is hidden from the start, what is learned from then on", () => {
  const redactor = createRedactor(["configured-1"]);
  expect(redactor.text("configured-1 learned-1")).toBe("******** learned-1");
  redactor.learn(["learned-1"]);
  expect(redactor.text("configured-1 learned-1")).toBe("******** ********");
  expect(redactor.value({ a: ["x learned-1"], "learned-1": 1 })).toEqual({
    a: ["x ********"],
    "********": 1,
  });
});

test("what is too short for a secret, or what everybody writes for one, is left", () => {
  const redactor = createRedactor(["short", "password", ""]);
  redactor.learn(["abcde", "minioadmin"]);
  expect(redactor.text("short password abcde minioadmin")).toBe("short password abcde minioadmin");
});

test("a thousand learned secrets are known, the one that was used last longest of all", () => {
  const redactor = createRedactor(["configured-1"]);
  const secrets = Array.from({ length: 1_000 }, (_, index) => `learned-${index}-`);
  redactor.learn(secrets);
  redactor.learn(["learned-0-", "one more"]);
  expect(redactor.text("configured-1 learned-0- learned-1- learned-2- one more")).toBe(
    "******** ******** learned-1- ******** ********",
  );
});
