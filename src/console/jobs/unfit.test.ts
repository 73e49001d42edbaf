import { expect, test } from "vitest";
import { unfitFor } from "./unfit.ts";

const now = Date.UTC(2026, 1, 1);
const day = 86_400_000;
const standard = (status: "RUNNING" | "FAILED" | "SUCCEEDED" | "PENDING_REDRIVE", age = 0) =>
  ({ type: "STANDARD", status, stopDate: now - age }) as const;

test("only what runs can be stopped, only what failed lately can be redriven", () => {
  expect(unfitFor("stop", standard("RUNNING"), now)).toBeUndefined();
  expect(unfitFor("stop", standard("FAILED"), now)).toBe("ended");
  expect(unfitFor("redrive", standard("FAILED"), now)).toBeUndefined();
  expect(unfitFor("redrive", standard("FAILED", 15 * day), now)).toBe("expired");
  expect(unfitFor("redrive", standard("RUNNING"), now)).toBe("running");
  expect(unfitFor("redrive", standard("SUCCEEDED"), now)).toBe("succeeded");
  expect(unfitFor("redrive", standard("PENDING_REDRIVE"), now)).toBe("pending");
  expect(unfitFor("redrive", { type: "EXPRESS", status: "FAILED" }, now)).toBe("express");
});
