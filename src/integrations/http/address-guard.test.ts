import { describe, expect, test } from "vitest";
import { allowedEntryProblem, createAddressGuard, isPublic } from "./address-guard.ts";

test.each([
  "1.1.1.1",
  "8.8.8.8",
  "93.184.215.14",
  "100.63.255.255",
  "100.128.0.0",
  "172.15.255.255",
  "172.32.0.0",
  "169.253.255.255",
  "192.169.0.0",
  "223.255.255.255",
  "2606:2800:21f:cb07:6820:80da:af6b:8b2c",
  "2a00:1450:4001:80b::200e",
  "64:ff9b::1.1.1.1",
  "::ffff:8.8.8.8",
  "2606:4700:0:1::5efe:8.8.8.8",
])("%s is public", (address) => {
  expect(isPublic(address)).toBe(true);
});

// What is not is the corpus of test/contracts/http-ssrf.test.ts.
test.each(["", "localhost", "1.2.3", "fe80::1%eth0", "2606::1%eth0", "1.1.1.1:80", "[::1]"])(
  "'%s' is no address that is public",
  (text) => {
    expect(isPublic(text)).toBe(false);
  },
);

describe("what is allowed beside", () => {
  const guard = createAddressGuard(["10.1.0.0/16", "fd00::/8", "::1", "db.internal"]);

  test.each([
    ["anything", "10.1.2.3"],
    ["anything", "fd12::1"],
    ["anything", "::1"],
    ["DB.internal.", "192.168.0.1"],
    ["db.internal", "::ffff:192.168.0.1"],
    ["anything", "9.9.9.9"],
  ])("the host %s with %s", (host, address) => {
    expect(guard.allows(host, address)).toBe(true);
  });

  test.each([
    ["anything", "10.2.0.1"],
    ["anything", "127.0.0.1"],
    ["xdb.internal", "192.168.0.1"],
    ["db.internal", "no address"],
  ])("not the host %s with %s", (host, address) => {
    expect(guard.allows(host, address)).toBe(false);
  });
});

test.each([
  ["10.0.0.0/8", true],
  ["10.0.0.1", true],
  ["::1", true],
  ["fd00::/8", true],
  ["host.test", true],
  ["a_b", true],
  ["10.0.0.0/33", false],
  ["10.0.0.0/", false],
  ["fd00::/129", false],
  ["10.0.0.0/8/8", false],
  ["*.test", false],
  ["host.test:80", false],
  ["", false],
])("the entry '%s' is good: %s", (entry, isGood) => {
  expect(allowedEntryProblem(entry) === undefined).toBe(isGood);
});
