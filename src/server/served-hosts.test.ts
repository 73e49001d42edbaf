import { expect, test } from "vitest";
import { servedHosts } from "./served-hosts.ts";

const serves = servedHosts(["Stepwell.Example"]);

test("an address is served where the connection came in on it", () => {
  expect(serves("192.0.2.7:8083", "192.0.2.7")).toBe(true);
  expect(serves("sync-192.0.2.7:8083", "::ffff:192.0.2.7")).toBe(true);
  expect(serves("192.0.2.8:8083", "192.0.2.7")).toBe(false);
  expect(serves("[2001:db8::1]:8083", "2001:db8::1")).toBe(true);
});

test("a name that was configured is served in any spelling", () => {
  expect(serves("stepwell.EXAMPLE:1", undefined)).toBe(true);
  expect(serves("x.stepwell.example", undefined)).toBe(false);
});

test("no Host at all is not served", () => {
  expect(serves(undefined, "127.0.0.1")).toBe(false);
  expect(serves("", "127.0.0.1")).toBe(false);
});
