import { expect, test } from "vitest";
import { billing } from "./billing.ts";

const small = { durationMs: 5, definitionCharacters: 300, documentCharacters: 100 };

test("a small execution is billed 100 ms and 64 MB, as AWS bills it", () => {
  expect(billing(small)).toEqual({ durationMs: 100, memoryMB: 64 });
  expect(billing({ ...small, durationMs: 0 })).toEqual({ durationMs: 100, memoryMB: 64 });
});

test("time is billed in whole steps of 100 ms", () => {
  expect(billing({ ...small, durationMs: 100 }).durationMs).toBe(100);
  expect(billing({ ...small, durationMs: 101 }).durationMs).toBe(200);
});

test("documents of many megabytes are billed in steps of 64 MB", () => {
  const megabyte = 1024 * 1024;
  expect(billing({ ...small, documentCharacters: 15 * megabyte }).memoryMB).toBe(64);
  expect(billing({ ...small, documentCharacters: 17 * megabyte }).memoryMB).toBe(128);
  expect(billing({ ...small, documentCharacters: 60 * megabyte }).memoryMB).toBe(192);
});
