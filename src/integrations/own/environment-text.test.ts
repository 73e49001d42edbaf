import { expect, test } from "vitest";
import { filledText, filledUrl, secretsOf } from "./environment-text.ts";

const environment = { PASSWORD: "p@ss/w:rd", URL: "smtps://u:p@h:465", EMPTY: "" };

test("a variable that is a part of a URL may have any characters", () => {
  expect(filledUrl("smtps://u:${PASSWORD}@h", environment)).toEqual({
    text: "smtps://u:p%40ss%2Fw%3Ard@h",
  });
  expect(filledUrl("${URL}", environment)).toEqual({ text: environment.URL });
  expect(filledText("sqlite:./${PASSWORD}${EMPTY}.db", environment)).toEqual({
    text: "sqlite:./p@ss/w:rd.db",
  });
});

test("a variable that is not set is named", () => {
  expect(filledUrl("smtps://u:${NOWHERE}@${NOR_HERE}", environment)).toEqual({
    missing: "NOWHERE",
  });
});

test("a password is a secret in each spelling, and so is all of a URL that cannot be read", () => {
  expect(secretsOf("smtps://u:p%40ss@h?a=b%20c")).toEqual(
    expect.arrayContaining(["p%40ss", "p@ss", "b c"]),
  );
  expect(secretsOf("no URL")).toEqual(["no URL"]);
});
