import { beforeAll, expect, test } from "vitest";
import type { Caller } from "../../ports/caller.ts";
import type { AuditFilter } from "./audit-filter.ts";
import { call, logIn, newFolder } from "./audit-log.fixture.ts";
import { usualAuditSettings } from "./audit-trail.ts";
import { readTrail } from "./read-trail.ts";

const folder = newFolder();
const machine = "arn:aws:states:us-east-1:123456789012:stateMachine:Orders";
const alice: Caller = {
  partition: "aws",
  region: "us-east-1",
  accountId: "123456789012",
  principal: {
    type: "user",
    userArn: "arn:aws:iam::123456789012:user/alice",
    userId: "AIDA1",
    accessKeyId: "AKIAALICE",
  },
  from: { sourceIp: "192.0.2.7", isSecure: true },
};

let now = Date.UTC(2027, 10, 29);

beforeAll(async () => {
  const settings = { ...usualAuditSettings, maxFileBytes: 3_000 };
  const log = logIn(folder, { settings, clock: { now: () => now } });
  for (let index = 0; index < 30; index++) {
    const error = { code: "AccessDeniedException", message: "no" };
    void log.trail?.record(
      index % 3 === 0
        ? call("StartExecution", { caller: alice, requestParameters: { stateMachineArn: machine } })
        : call("ListExecutions", index % 3 === 1 ? { error } : {}),
    );
    now += 60_000;
    await log.flushed();
  }
  await log.close();
});

/** Asks page by page, to the end. */
async function all(filter: AuditFilter, limit = 4): Promise<readonly number[]> {
  const found: number[] = [];
  let before: number | undefined;
  do {
    const page = await readTrail(folder, { ...filter, limit, before });
    found.push(...page.records.map(({ sequence }) => sequence));
    before = page.next;
  } while (before !== undefined);
  return found;
}

test("pages lead over all files, the newest first, each record once", async () => {
  const every = Array.from({ length: 30 }, (_, index) => 30 - index);
  expect(await all({})).toEqual(every);
  expect(await all({}, 1)).toEqual(every);
  expect(await all({}, 30)).toEqual(every);
});

const first = Array.from({ length: 10 }, (_, index) => 28 - 3 * index);

test.each<[AuditFilter, number, readonly number[]]>([
  [{ who: "user/Alice" }, 10, first],
  [{ who: "AKIAALICE" }, 10, first],
  [{ who: "192.0.2.7" }, 10, first],
  [{ action: "startexecution" }, 10, first],
  [{ resource: "stateMachine:Orders" }, 10, first],
  [{ outcome: "denied" }, 10, first.map((sequence) => sequence + 1)],
  [{ outcome: "failed" }, 0, []],
  [{ who: "alice", outcome: "denied" }, 0, []],
  [{ since: Date.UTC(2027, 10, 29, 0, 28) }, 2, [30, 29]],
  [{ until: Date.UTC(2027, 10, 29, 0, 1) }, 2, [2, 1]],
])("%j finds %i records", async (filter, count, expected) => {
  const found = await all(filter);
  expect(found).toHaveLength(count);
  expect(found).toEqual(expected);
});

test("a record is CloudTrail's", async () => {
  const { records } = await readTrail(folder, { who: "alice", limit: 1 });
  expect(records[0]).toMatchObject({
    eventVersion: "1.11",
    userIdentity: {
      type: "IAMUser",
      principalId: "AIDA1",
      arn: "arn:aws:iam::123456789012:user/alice",
      accountId: "123456789012",
      accessKeyId: "AKIAALICE",
      userName: "alice",
    },
    eventSource: "states.amazonaws.com",
    eventName: "StartExecution",
    awsRegion: "us-east-1",
    sourceIPAddress: "192.0.2.7",
    requestParameters: { stateMachineArn: machine },
    responseElements: null,
    readOnly: false,
    resources: [{ ARN: machine, accountId: "123456789012" }],
    eventType: "AwsApiCall",
    managementEvent: true,
    recipientAccountId: "123456789012",
    eventCategory: "Management",
  });
});
