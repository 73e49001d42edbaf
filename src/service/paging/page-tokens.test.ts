import { expect, test } from "vitest";
import { pageTokens } from "./page-tokens.ts";

const tokens = pageTokens(Buffer.alloc(32, 7).toString("base64"));
const day = 24 * 60 * 60 * 1000;

test("a token says where its listing goes on", () => {
  const token = tokens.seal("ListActivities", "position", 1000);
  expect(tokens.open("ListActivities", token, 1000 + day)).toBe("position");
  expect(token).toMatch(/^[\w.-]+$/);
});

test("a token is good for its own listing only", () => {
  const token = tokens.seal("ListExecutions a", 1, 0);
  expect(() => tokens.open("ListExecutions b", token, 0)).toThrow("Invalid Token: 'Invalid token'");
});

test("a token is good for a day", () => {
  const token = tokens.seal("l", 1, 0);
  expect(() => tokens.open("l", token, day + 1)).toThrow("Invalid Token");
});

test("a token of another store is refused", () => {
  const other = pageTokens(Buffer.alloc(32, 8).toString("base64"));
  expect(() => tokens.open("l", other.seal("l", 1, 0), 0)).toThrow("Invalid Token");
});

test("a token with any character changed is refused", () => {
  const token = tokens.seal("l", { at: 5 }, 0);
  for (let index = 0; index < token.length; index++) {
    const changed =
      token.slice(0, index) + (token[index] === "A" ? "Q" : "A") + token.slice(index + 1);
    expect(() => tokens.open("l", changed, 0)).toThrow("Invalid Token");
  }
  for (const nonsense of ["", ".", "x", "x.", ".x", "é.é"]) {
    expect(() => tokens.open("l", nonsense, 0)).toThrow("Invalid Token");
  }
});
