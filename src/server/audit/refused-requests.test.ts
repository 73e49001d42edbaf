import type { IncomingMessage } from "node:http";
import { expect, test } from "vitest";
import type { AuditedCall } from "../../ports/audit-trail.ts";
import { refusedRequests } from "./refused-requests.ts";

const scope = { partition: "aws", region: "us-east-1", accountId: "123456789012" };
const error = { code: "MissingAuthenticationTokenException", message: "Nobody is signed in." };
const polled = { eventSource: "console.stepwell", eventName: "GET session", error };

function from(remoteAddress: string): IncomingMessage {
  return { headers: {}, socket: { remoteAddress } } as unknown as IncomingMessage;
}

function started() {
  const calls: AuditedCall[] = [];
  const time = { now: Date.UTC(2027, 10, 29) };
  const trail = {
    ensureWritable() {},
    record(call: AuditedCall) {
      calls.push(call);
      return undefined;
    },
  };
  return { calls, time, refused: refusedRequests(trail, { now: () => time.now }, scope) };
}

test("a page that asks again and again before a sign-in is written down once a minute, the rest counted", () => {
  const { calls, time, refused } = started();
  for (let second = 0; second < 120; second++) {
    refused?.note(from("192.0.2.1"), { ...polled, isReadOnly: true, isPolling: true });
    time.now += 1_000;
  }
  expect(calls).toMatchObject([
    { eventName: "GET session", isReadOnly: true, caller: { from: { sourceIp: "192.0.2.1" } } },
    { additional: { refusedRequestsLeftOut: 59 } },
  ]);
});

test("each address has a first one, and what is no polling is written down each time", () => {
  const { calls, refused } = started();
  for (const address of ["192.0.2.1", "192.0.2.2", "::ffff:192.0.2.1"]) {
    refused?.note(from(address), { ...polled, isPolling: true });
  }
  expect(calls.map(({ caller }) => caller?.from?.sourceIp)).toEqual(["192.0.2.1", "192.0.2.2"]);
  refused?.note(from("192.0.2.1"), { ...polled, eventName: "POST sign-in" });
  refused?.note(from("192.0.2.1"), { ...polled, eventName: "POST sign-in" });
  expect(calls).toHaveLength(4);
});
