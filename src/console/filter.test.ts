import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  compileFilter,
  filterFields,
  filterText,
  parseFilter,
  type Filtered,
  type FilterTerm,
} from "./filter.ts";

const hour = 3_600_000;
const now = Date.UTC(2026, 1, 1, 12);

const row: Filtered = {
  name: "Order 4711",
  stateMachineName: "orders",
  type: "STANDARD",
  status: "FAILED",
  startDate: now - hour,
  stopDate: now - hour + 5_000,
  version: "3",
  alias: "LIVE",
  error: "CardDeclined",
  failedState: "Charge card",
  redriveCount: 1,
  parentArn: "arn:aws:states:us-east-1:000000000000:execution:parent:p",
  members: new Map([["input.order.id", "A-4711"]]),
};

function picks(text: string, of: Partial<Filtered> = {}): boolean {
  const { terms, problems } = parseFilter(text);
  expect(problems, text).toEqual([]);
  return compileFilter(terms, now)({ ...row, ...of });
}

describe("a filter's text", () => {
  const free = fc.oneof(
    fc.string(),
    fc.string({ unit: "binary" }),
    fc.constantFrom('a "b" \\', "x:y", "", " ", "\\\n"),
  );
  const valueOf = (field: FilterTerm["field"]): fc.Arbitrary<string> => {
    switch (field) {
      case "status":
        return fc.constantFrom("running", "FAILED", "Timed_Out", "pending_redrive");
      case "started":
        return fc.constantFrom(">-2h", "<2026-01-31", ">=2026-01-31T12:00:00Z", "-3d..-1.5h");
      case "duration":
        return fc.constantFrom(">5s", "<=200ms", "1m..1.5h", "<2d");
      case "waiting":
        return fc.constantFrom("yes", "NO");
      case "redrives":
        return fc.constantFrom(">0", "2", "1..3");
      case "parent":
        return fc.constantFrom("none", "arn:aws:states:us-east-1:000000000000:execution:M:x");
      default:
        return free;
    }
  };
  const term = fc
    .constantFrom(...filterFields, "text" as const, "input.order.id" as const)
    .chain((field) => valueOf(field).map((value): FilterTerm => ({ field, value })));

  test("is understood as the terms that it was made of", () => {
    fc.assert(
      fc.property(fc.array(term, { maxLength: 6 }), (terms) => {
        expect(parseFilter(filterText(terms))).toEqual({ terms, problems: [] });
      }),
      { numRuns: 1_000 },
    );
  });

  test("never throws, whatever it is, and finds the same again in what it has understood", () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string({ unit: fc.constantFrom(...Array.from('ab:"\\ \n><.-1sh')) }),
        ),
        (text) => {
          const { terms } = parseFilter(text);
          expect(parseFilter(filterText(terms))).toEqual({ terms, problems: [] });
          compileFilter(terms, now)(row);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  test("has words, quoted values, and fields in any case", () => {
    expect(parseFilter('lost "grey parcel" STATE:"Charge card" name:a:b "status:failed"')).toEqual({
      problems: [],
      terms: [
        { field: "text", value: "lost" },
        { field: "text", value: "grey parcel" },
        { field: "state", value: "Charge card" },
        { field: "name", value: "a:b" },
        { field: "text", value: "status:failed" },
      ],
    });
    expect(parseFilter("  ")).toEqual({ terms: [], problems: [] });
  });
});

describe("a field", () => {
  test.each([
    ["status:failed", { status: "SUCCEEDED" }],
    ["workflow:Orders", { stateMachineName: "orders2" }],
    ["name:471", { name: "472" }],
    ["error:declined", { error: "Other" }],
    ['state:"charge CARD"', { failedState: "Charge card twice" }],
    ["started:>-2h", { startDate: now - 3 * hour }],
    ["started:<2026-02-01T11:30:00Z", { startDate: now }],
    ["started:-90m..-30m", { startDate: now - 10 * 60_000 }],
    ["duration:>4s", { stopDate: row.startDate + 4_000 }],
    ["duration:<=5s", { stopDate: row.startDate + 5_001 }],
    ["duration:4999ms..0.1m", { stopDate: row.startDate + 6_001 }],
    ["version:3", { version: "33" }],
    ["alias:LIVE", { alias: "live" }],
    ["type:standard", { type: "EXPRESS" }],
    ["waiting:no", { status: "RUNNING", asked: 1 }],
    ["redrives:>0", { redriveCount: 0 }],
    ["redrives:1", { redriveCount: 2 }],
    ["redrives:1..2", { redriveCount: 3 }],
    [`parent:${row.parentArn}`, { parentArn: "arn:other" }],
    ["input.order.id:a-4711", { members: new Map([["input.order.id", "A-47"]]) }],
    ["order", { name: "x", stateMachineName: "y" }],
    ["DECLINED", { error: "Other" }],
    ["charge", { failedState: "Ship" }],
  ] as const)("%s picks what it says, and not what differs", (text, other) => {
    expect(picks(text)).toBe(true);
    expect(picks(text, other)).toBe(false);
  });

  test("that an execution does not have is not picked", () => {
    const { error: _error, failedState: _state, version: _version, alias: _alias, ...bare } = row;
    for (const text of ["error:a", "state:a", "version:3", "alias:LIVE"]) {
      expect(compileFilter(parseFilter(text).terms, now)(bare), text).toBe(false);
    }
  });

  test("state finds where a running execution is, too", () => {
    const lines = { states: () => ["Ship", "Pack items"] };
    expect(picks('state:"pack items"', { status: "RUNNING", lines })).toBe(true);
    expect(picks('state:"pack items"', { status: "SUCCEEDED", lines })).toBe(false);
  });

  test("an execution that no other one started has no parent", () => {
    const { parentArn: _parent, ...alone } = row;
    const none = compileFilter(parseFilter("parent:none").terms, now);
    expect([none(alone), none(row)]).toEqual([true, false]);
  });

  test("a long member is compared as far as it is indexed", () => {
    const long = "x".repeat(300);
    const members = new Map([["output.note", long.slice(0, 200)]]);
    expect(picks(`output.note:${long}`, { members })).toBe(true);
  });

  test("the duration of what runs is counted up to now", () => {
    const { stopDate: _, ...running } = row;
    const longer = (text: string) => compileFilter(parseFilter(text).terms, now)(running);
    expect([longer("duration:>59m"), longer("duration:>61m")]).toEqual([true, false]);
  });
});

test("all terms have to hold; of one field either, of words each", () => {
  expect(picks("status:failed workflow:orders")).toBe(true);
  expect(picks("status:failed workflow:other")).toBe(false);
  expect(picks("status:running status:failed")).toBe(true);
  expect(picks("order declined")).toBe(true);
  expect(picks("order approved")).toBe(false);
  expect(picks("")).toBe(true);
});

describe("what cannot be understood is told in words, and the rest holds", () => {
  test.each([
    ["colour:red", "There is no field 'colour'"],
    ["status:broken", "'broken' is no status"],
    ["started:yesterday", "'yesterday' is no time"],
    ["started:-2h", "'-2h' is no time"],
    ["started:>2026-13-45", "'>2026-13-45' is no time"],
    ["started:>-2x", "'>-2x' is no time"],
    ["started:>=", "'>=' is no time"],
    ["duration:5s", "'5s' is no duration"],
    ["duration:>5", "'>5' is no duration"],
    ["duration:>s", "'>s' is no duration"],
    ["duration:1s..2", "'1s..2' is no duration"],
    ['status:""', "'' is no status"],
    ["status:", "'status:' has no value"],
    ["waiting:maybe", "'maybe' is neither yes nor no"],
    ["redrives:many", "'many' is no number of redrives"],
    ["parent:orders", "'orders' is no parent"],
    ["input.a: name:x", "'input.a:' has no value"],
    ["status: name:x", "'status:' has no value"],
  ])("%s", (text, problem) => {
    const { problems, terms } = parseFilter(`${text} alias:LIVE`);
    expect(problems).toEqual([expect.stringContaining(problem)]);
    expect(terms.at(-1)).toEqual({ field: "alias", value: "LIVE" });
  });
});
