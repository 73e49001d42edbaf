import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Caller } from "../../ports/caller.ts";
import { FailedAttempts } from "./failed-attempts.ts";
import { requestLimits } from "./request-limits.ts";
import { TokenBuckets } from "../../service/token-buckets.ts";

const scope = { partition: "aws", region: "eu-west-1", accountId: "123456789012" };
const alice: Caller = {
  ...scope,
  principal: {
    type: "user",
    userArn: "arn:aws:iam::123456789012:user/alice",
    userId: "AIDA1",
    accessKeyId: "AKIA1",
  },
};
const bob: Caller = {
  ...scope,
  principal: {
    ...alice.principal,
    type: "user",
    userArn: "arn:aws:iam::123456789012:user/bob",
  } as never,
};

describe("a bucket", () => {
  test("never gives more than it holds and what came back since", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 20 }),
        fc.integer({ min: 1, max: 50 }),
        fc.array(fc.integer({ min: -500, max: 2_000 }), { maxLength: 200 }),
        (tokens, refillPerSecond, steps) => {
          const buckets = new TokenBuckets({ tokens, refillPerSecond });
          let now = 0;
          let latest = 0;
          let taken = 0;
          for (const step of steps) {
            now += step;
            latest += Math.max(0, step);
            if (buckets.take("alice", now)) taken += 1;
            expect(taken).toBeLessThanOrEqual(tokens + (latest / 1_000) * refillPerSecond + 1e-9);
          }
        },
      ),
    );
  });

  test("is one of a bounded number", () => {
    const buckets = new TokenBuckets({ tokens: 1, refillPerSecond: 1 }, 10);
    for (let index = 0; index < 1_000; index++) buckets.take(String(index), 0);
    const remembered = Array.from({ length: 1_000 }, (_, index) => String(index)).filter(
      (name) => !buckets.has(name, 0),
    );
    expect(remembered).toHaveLength(10);
  });
});

describe("limits of requests", () => {
  test("are AWS's for each caller and operation by itself, and come back", () => {
    let now = 0;
    const limits = requestLimits("aws", () => now);
    const create = (caller: Caller) => limits?.take(caller, "CreateStateMachine");
    for (let call = 0; call < 100; call++) create(alice);
    expect(() => create(alice)).toThrow("Rate exceeded");
    expect(() => create(bob)).not.toThrow();
    expect(() => create({ ...alice, region: "eu-west-2" })).not.toThrow();
    expect(() => limits?.take(alice, "DeleteStateMachine")).not.toThrow();
    now = 1_000;
    expect(() => create(alice)).not.toThrow();
    expect(() => create(alice)).toThrow("Rate exceeded");
  });

  test("may be others, are none of the owner's, and can be off", () => {
    const limits = requestLimits({ StopExecution: { tokens: 1, refillPerSecond: 1 } }, () => 0);
    const owner: Caller = { ...scope, principal: { type: "owner" } };
    for (let call = 0; call < 5; call++) limits?.take(owner, "StopExecution");
    limits?.take(alice, "StopExecution");
    expect(() => limits?.take(alice, "StopExecution")).toThrow("Rate exceeded");
    expect(requestLimits("off", () => 0)).toBeUndefined();
  });
});

describe("failed attempts", () => {
  test("of an address make it wait, but for keys that were rightly used from there", () => {
    const attempts = new FailedAttempts();
    attempts.succeeded("192.0.2.1", "AKIA1");
    for (let attempt = 0; attempt < 100; attempt++) attempts.failed("192.0.2.1", 0);
    expect(attempts.mayTry("192.0.2.1", "AKIA2", 0)).toBe(false);
    expect(attempts.mayTry("192.0.2.1", "AKIA1", 0)).toBe(true);
    expect(attempts.mayTry("192.0.2.2", "AKIA2", 0)).toBe(true);
    expect(attempts.mayTry("192.0.2.1", "AKIA2", 100)).toBe(true);
  });

  test("are counted for a network of IPv6, in which one has as many addresses as one likes", () => {
    const attempts = new FailedAttempts();
    for (let attempt = 0; attempt < 100; attempt++) {
      attempts.failed(`2001:db8::${attempt.toString(16)}`, 0);
    }
    expect(attempts.mayTry("2001:db8:0:0:1:2:3:4", "AKIA2", 0)).toBe(false);
    expect(attempts.mayTry("2001:db8:0:1::1", "AKIA2", 0)).toBe(true);
  });
});
