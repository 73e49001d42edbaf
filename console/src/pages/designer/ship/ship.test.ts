import { beforeEach, describe, expect, test } from "vitest";
import { readDefinition } from "../../../designer/document/read-definition.ts";
import { jsonTextOf } from "./json-text.ts";
import { dropDraft, keepDraft, keptDraft, keptDrafts, type KeptDraft } from "./kept-drafts.ts";
import { movedRoutes } from "./moved-routes.ts";
import { changedSettings, tagChanges } from "./settings-changes.ts";

/** What a page has of the browser's storage. */
class Storage {
  readonly entries = new Map<string, string>();
  room = Infinity;

  getItem(name: string): string | null {
    return this.entries.get(name) ?? null;
  }

  setItem(name: string, value: string): void {
    if (value.length > this.room) throw new Error("QuotaExceededError");
    this.entries.set(name, value);
  }
}

let storage = new Storage();
beforeEach(() => {
  storage = new Storage();
  Object.defineProperty(globalThis, "localStorage", { value: storage, configurable: true });
});

const draft = (text: string, at = 1): KeptDraft => ({
  text,
  saved: { text: "{}", definition: "{}", revisionId: "INITIAL" },
  mode: "split",
  cases: [{ name: "Pays", input: {}, mocks: {} }],
  at,
});

describe("drafts", () => {
  test("come back as they were kept, each under its own name", () => {
    expect(keepDraft("a", draft("mine"))).toBe(true);
    expect(keepDraft("b", draft("other", 2))).toBe(true);
    expect(keptDraft("a")).toEqual(draft("mine"));
    expect(keptDrafts()).toEqual([
      { key: "b", at: 2 },
      { key: "a", at: 1 },
    ]);
    dropDraft("a");
    expect(keptDraft("a")).toBeUndefined();
    expect(keptDrafts()).toEqual([{ key: "b", at: 2 }]);
  });

  test("that are too large, or that the browser has no room for, are not said to be kept", () => {
    expect(keepDraft("a", draft("small"))).toBe(true);
    expect(keepDraft("a", draft("x".repeat(700_000)))).toBe(false);
    // Nor does an older text come back in its place.
    expect(keptDraft("a")).toBeUndefined();
    storage.room = 100;
    expect(keepDraft("b", draft("y".repeat(200)))).toBe(false);
  });

  test("of more workflows than are kept take the place of the oldest", () => {
    for (let at = 1; at <= 15; at++) keepDraft(`w${at}`, draft("text", at));
    expect(keptDrafts().map(({ key }) => key)).toHaveLength(12);
    expect([keptDraft("w1"), keptDraft("w15")?.at]).toEqual([undefined, 15]);
  });

  test.each(["{", "null", '{"text":1}', '{"text":"a","at":1}', '{"text":"a","at":1,"saved":{}}'])(
    "that somebody has written %s in place of are none",
    (value) => {
      storage.setItem("stepwell.design.a", value);
      storage.setItem("stepwell.designs", value);
      expect(keptDraft("a")).toBeUndefined();
      expect(keptDrafts()).toEqual([]);
    },
  );
});

describe("what is saved of a text", () => {
  test("is JSON as it is written, and YAML as JSON with the numbers as they are written", () => {
    const json = '{"a" :1.0 ,\n "States":{}}';
    expect(jsonTextOf(readDefinition(json))).toBe(json);
    const yaml = jsonTextOf(readDefinition("# why\nComment: Hi\nn: 9007199254740993\nl: [1.50]\n"));
    expect(yaml).toBe(
      '{\n  "Comment": "Hi",\n  "n": 9007199254740993,\n  "l": [\n    1.50\n  ]\n}\n',
    );
    expect(jsonTextOf(readDefinition('{"a"'))).toBeUndefined();
  });
});

describe("an alias that is moved to a new version", () => {
  const before = [
    { version: "2", weight: 10 },
    { version: "1", weight: 90 },
  ];

  test("gives it a share, and leaves the rest to the one that had the most", () => {
    expect(movedRoutes(before, "3", 25)).toEqual([
      { version: "1", weight: 75 },
      { version: "3", weight: 25 },
    ]);
  });

  test("leads to it alone if it gets all, or if there was no other", () => {
    expect(movedRoutes(before, "3", 100)).toEqual([{ version: "3", weight: 100 }]);
    expect(movedRoutes([{ version: "3", weight: 100 }], "3", 10)).toEqual([
      { version: "3", weight: 100 },
    ]);
  });
});

describe("what belongs to a workflow beside its definition", () => {
  const settings = {
    name: "orders",
    type: "STANDARD",
    roleArn: "r",
    logging: { level: "OFF", includeExecutionData: false, logGroupArn: "" },
    tracing: false,
    tags: [{ key: "team", value: "shop" }],
  } as const;

  test("is told by what has changed; tags that were never read have not", () => {
    expect(changedSettings(settings, settings)).toEqual([]);
    const logging = { ...settings.logging, level: "ALL" } as const;
    expect(changedSettings(settings, { ...settings, roleArn: "s", logging, tags: [] })).toEqual([
      "role",
      "logging",
      "tags",
    ]);
    const { tags: _tags, ...unread } = settings;
    expect(changedSettings(unread, { ...unread, tracing: true })).toEqual(["tracing"]);
  });

  test("comes from the tags that were to those that are to be", () => {
    const after = [
      { key: "team", value: "web" },
      { key: "b", value: "2" },
    ];
    expect(tagChanges([...settings.tags, { key: "a", value: "1" }], after)).toEqual({
      put: after,
      removed: ["a"],
    });
  });
});
