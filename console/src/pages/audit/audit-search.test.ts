import { expect, test } from "vitest";
import { auditFilterOf, auditSearch } from "./audit-search.ts";

test("an address says which calls are asked for, and what it says wrongly is as if it said nothing", () => {
  const search = auditSearch({
    who: "alice",
    outcome: "denied",
    time: "hour",
    reads: true,
    resource: "",
  });
  expect(search).toEqual({ who: "alice", outcome: "denied", time: "hour", reads: true });
  expect(auditSearch({ outcome: "perhaps", time: "ever", reads: "yes" })).toEqual({});
  expect(auditFilterOf(search, 7_200_000)).toEqual({
    who: "alice",
    outcome: "denied",
    since: 3_600_000,
  });
});

test("without an address the changes of the last day are shown", () => {
  expect(auditFilterOf({}, 86_400_000)).toEqual({ changesOnly: true, since: 0 });
  expect(auditFilterOf({ time: "all" }, 1)).toEqual({ changesOnly: true });
});
