import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { DefinitionDocument } from "../document/definition-document.ts";
import { readDefinition } from "../document/read-definition.ts";
import { applyEdits } from "../document/text-edits.ts";
import { isRefused } from "../edits/edit-result.ts";
import { perform, randomEdit, type RandomEdit } from "../edits/random-edit.fixture.ts";
import { sampleDocuments } from "../edits/samples.fixture.ts";
import { compareThreeWays } from "./compare-three-ways.ts";
import { mergeInto } from "./merge-into.ts";
import type { MergeChoice } from "./merge.ts";

const json = (value: unknown): DefinitionDocument =>
  readDefinition(JSON.stringify(value, null, 2), "json");

/** The document that comes of it, with each conflict chosen alike. */
function merged(
  base: DefinitionDocument,
  theirs: DefinitionDocument,
  mine: DefinitionDocument,
  choice: MergeChoice = "mine",
) {
  const merge = compareThreeWays({ base, theirs, mine });
  const choices = new Map(merge.conflicts.map(({ id }) => [id, choice]));
  const result = mergeInto(mine, merge, choices);
  if (isRefused(result)) return { merge, refused: result.refused } as const;
  const document = readDefinition(applyEdits(mine.text, result.edits), mine.format);
  expect({ faults: document.faults, text: document.text }).toEqual({
    faults: [],
    text: document.text,
  });
  return { merge, document } as const;
}

const order = {
  Comment: "An order",
  StartAt: "Charge",
  States: {
    Charge: { Type: "Task", Resource: "charge", TimeoutSeconds: 5, Next: "Ship" },
    Ship: { Type: "Task", Resource: "ship", End: true },
  },
};

/** The order with other fields in a state; `undefined` takes one away. */
function changed(state: "Charge" | "Ship", fields: object): unknown {
  const next = { ...order.States[state], ...fields };
  return { ...order, States: { ...order.States, [state]: next } };
}

describe("what somebody else has saved", () => {
  test("comes into my text where I changed something else, and my text stays as I wrote it", () => {
    const base = json(order);
    const mine = readDefinition(
      `{ "Comment" : "Mine",\n   "StartAt":"Charge",\n   "States": {\n     "Charge": { "Type": "Task", "Resource": "charge", "TimeoutSeconds": 5, "Next": "Ship" },\n     "Ship": { "Type": "Task", "Resource": "ship", "End": true }\n   }\n}\n`,
      "json",
    );
    const { document, merge } = merged(base, json(changed("Ship", { Resource: "fly" })), mine);
    expect(merge.conflicts).toEqual([]);
    expect(document?.text).toBe(mine.text.replace('"ship"', '"fly"'));
  });

  test("keeps the comments of my YAML", () => {
    const mine = readDefinition(
      "# mine\nComment: An order\nStartAt: Charge # first\nStates:\n  Charge:\n    Type: Task\n    Resource: charge\n    TimeoutSeconds: 7\n    Next: Ship\n  # last\n  Ship:\n    Type: Task\n    Resource: ship\n    End: true\n",
      "yaml",
    );
    const { document } = merged(json(order), json(changed("Ship", { Resource: "fly" })), mine);
    expect(document?.text).toBe(mine.text.replace("Resource: ship", "Resource: fly"));
  });

  test("is a choice where both changed the same field, with what each has", () => {
    const theirs = json(changed("Charge", { TimeoutSeconds: 9 }));
    const mine = json(changed("Charge", { TimeoutSeconds: 7 }));
    const { merge, document } = merged(json(order), theirs, mine, "theirs");
    expect(merge.conflicts).toEqual([
      {
        id: '["States","Charge",["TimeoutSeconds"]]',
        place: { holder: ["States", "Charge"], names: ["TimeoutSeconds"], after: "Resource" },
        base: new Map([["TimeoutSeconds", 5]]),
        theirs: new Map([["TimeoutSeconds", 9]]),
        mine: new Map([["TimeoutSeconds", 7]]),
      },
    ]);
    expect(document?.value).toEqual(theirs.value);
    expect(merged(json(order), theirs, mine, "mine").document?.text).toBe(mine.text);
  });

  test("takes Next and End for one place: a state never gets both", () => {
    const theirs = json({
      ...order,
      States: { ...order.States, Charge: { ...order.States.Charge, Next: "Charge" } },
    });
    const { Next: _next, ...charge } = order.States.Charge;
    const mine = json({
      ...order,
      States: { ...order.States, Charge: { ...charge, End: true } },
    });
    const { merge, document } = merged(json(order), theirs, mine, "theirs");
    expect(merge.conflicts.map(({ place }) => place.names)).toEqual([["Next", "End"]]);
    expect(document?.value).toEqual(theirs.value);
  });

  test("is a choice of the whole state where one removed it and the other changed it", () => {
    const { Ship: _ship, ...rest } = order.States;
    const removed = json({ ...order, States: rest });
    const edited = json(changed("Ship", { Resource: "fly" }));
    const conflicts = (theirs: DefinitionDocument, mine: DefinitionDocument) =>
      compareThreeWays({ base: json(order), theirs, mine }).conflicts;
    for (const [theirs, mine] of [
      [removed, edited],
      [edited, removed],
    ] as const) {
      expect(conflicts(theirs, mine).map(({ place }) => [...place.holder, ...place.names])).toEqual(
        [["States", "Ship"]],
      );
      expect(merged(json(order), theirs, mine, "theirs").document?.value).toEqual(theirs.value);
    }
  });

  test("is a choice of the whole state where one made another type of it", () => {
    const theirs = json(changed("Ship", { Type: "Pass" }));
    const mine = json(changed("Ship", { Resource: "fly" }));
    const { conflicts } = compareThreeWays({ base: json(order), theirs, mine });
    expect(conflicts.map(({ place }) => place.names)).toEqual([["Ship"]]);
  });

  test("is told rule by rule as long as nobody has moved one", () => {
    const choice = (...rules: readonly object[]) =>
      json({
        StartAt: "C",
        States: { C: { Type: "Choice", Choices: rules }, D: { Type: "Pass" } },
      });
    const rule = (Condition: string) => ({ Condition, Next: "D" });
    const base = choice(rule("a"), rule("b"));
    const { document, merge } = merged(
      base,
      choice(rule("x"), rule("b")),
      choice(rule("a"), rule("y")),
    );
    expect(merge.conflicts).toEqual([]);
    expect(document?.value).toEqual(choice(rule("x"), rule("y")).value);
    const moved = compareThreeWays({
      base,
      theirs: choice(rule("x"), rule("b")),
      mine: choice(rule("b"), rule("a")),
    });
    expect(moved.conflicts.map(({ place }) => place.names)).toEqual([["Choices"]]);
  });

  test("keeps numbers that no double holds", () => {
    const text = (seconds: string, comment: string) =>
      readDefinition(`{"Comment": "${comment}", "States": {"W": {"Seconds": ${seconds}}}}`, "json");
    const { document } = merged(
      text("9007199254740993", "a"),
      text("9007199254740995", "a"),
      text("9007199254740993", "b"),
    );
    expect(document?.text).toBe('{"Comment": "b", "States": {"W": {"Seconds": 9007199254740995}}}');
  });
});

test("keys that are written in another way than those beside them are put in whole", () => {
  const yaml = (text: string) => readDefinition(text, "yaml");
  const base = yaml(
    "States:\n  M:\n    Iterator:\n      States:\n        a:\n          Next: b\n        b: {}\n",
  );
  const theirs = yaml(
    "States:\n  M:\n    Iterator:\n      States:\n        \"a 'x'\":\n          Next: b\n        b:\n          Next: c\n        c: {}\n",
  );
  expect(merged(base, theirs, base).document?.value).toEqual(theirs.value);
});

const samples = sampleDocuments();

/** The document after some edits of the graph. */
function after(document: DefinitionDocument, edits: readonly RandomEdit[]): DefinitionDocument {
  return edits.reduce((at, edit) => {
    const result = perform(at, edit);
    if (result === undefined || isRefused(result)) return at;
    return readDefinition(applyEdits(at.text, result.edits), at.format);
  }, document);
}

const someEdits = fc.array(randomEdit, { minLength: 1, maxLength: 4 });

describe.skipIf(samples.length === 0)("of published definitions (need ../shared/samples)", () => {
  // Every fourth, in JSON or in YAML: all of them take minutes.
  const some = samples.flatMap(({ name }, index) =>
    index % 4 < 1 ? [[name, index] as const] : [],
  );
  test.each(some)("%s: nothing is lost whoever changed what", (_, index) => {
    const base = samples[index]?.document;
    if (base === undefined) return;
    fc.assert(
      fc.property(someEdits, someEdits, (one, other) => {
        const [theirs, mine] = [after(base, one), after(base, other)];
        // What only one has changed is theirs or mine alone.
        const onlyTheirs = merged(base, theirs, base);
        expect(onlyTheirs.merge.conflicts).toEqual([]);
        if (onlyTheirs.document) expect(onlyTheirs.document.value).toEqual(theirs.value);
        expect(merged(base, base, mine).document?.text).toBe(mine.text);
        expect(merged(base, mine, mine).document?.text).toBe(mine.text);
        // Whoever is called mine: with the same choices it is the same definition.
        const here = merged(base, theirs, mine, "theirs");
        const there = merged(base, mine, theirs, "mine");
        expect(here.merge.conflicts.map(({ id }) => id).toSorted()).toEqual(
          there.merge.conflicts.map(({ id }) => id).toSorted(),
        );
        if (here.document && there.document) {
          expect(here.document.value).toEqual(there.document.value);
        }
      }),
      { numRuns: 8 },
    );
  });
});
