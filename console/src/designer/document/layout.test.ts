import { describe, expect, test } from "vitest";
import type { DefinitionDocument, TextEdit } from "./definition-document.ts";
import {
  addMember,
  insertItem,
  moveItem,
  removeValue,
  renameKey,
  replaceValue,
} from "./edit-document.ts";
import { EditRefusal } from "./edit-refusal.ts";
import type { NewValue } from "./new-value.ts";
import { readDefinition } from "./read-definition.ts";
import { setValue } from "./set-value.ts";
import { snippetOf } from "./snippet.ts";
import { applyEdits } from "./text-edits.ts";

type Edit = (document: DefinitionDocument) => readonly TextEdit[];

/** The text after an edit; it is readable again, too. */
function after(text: string, edit: Edit): string {
  const document = readDefinition(text);
  expect(document.faults).toEqual([]);
  const made = applyEdits(text, edit(document));
  expect(readDefinition(made, document.format).faults).toEqual([]);
  return made;
}

const lines = (...all: readonly string[]): string => all.map((line) => `${line}\n`).join("");
const pass: NewValue = { Type: "Pass", End: true };

/** The code that an edit is refused with. */
function refusal(text: string, edit: Edit): unknown {
  try {
    return edit(readDefinition(text));
  } catch (error) {
    return error instanceof EditRefusal ? error.code : error;
  }
}

describe("JSON", () => {
  const two = lines("{", '  "A": 1,', '  "B": { "c": [1, 2] }', "}");

  test("a member gets the line, the indent and the inline objects of its neighbours", () => {
    expect(after(two, (each) => addMember(each, [], "N", { x: 1 }, "A"))).toBe(
      lines("{", '  "A": 1,', '  "N": { "x": 1 },', '  "B": { "c": [1, 2] }', "}"),
    );
    expect(after(two, (each) => addMember(each, [], "N", { x: 1 }))).toBe(
      lines("{", '  "A": 1,', '  "B": { "c": [1, 2] },', '  "N": { "x": 1 }', "}"),
    );
    expect(after(two, (each) => insertItem(each, ["B", "c"], 0, 0))).toBe(
      lines("{", '  "A": 1,', '  "B": { "c": [0, 1, 2] }', "}"),
    );
  });

  test("a member goes with its comma and its line, wherever it stands", () => {
    expect(after(two, (each) => removeValue(each, ["A"]))).toBe(
      lines("{", '  "B": { "c": [1, 2] }', "}"),
    );
    expect(after(two, (each) => removeValue(each, ["B"]))).toBe(lines("{", '  "A": 1', "}"));
    expect(after('{"a":{"b":1}}', (each) => removeValue(each, ["a", "b"]))).toBe('{"a":{}}');
  });

  test("one line stays one line, without blanks where there are none", () => {
    const text = '{"A":{"Type":"Pass"},"B":[1,2]}';
    expect(after(text, (each) => addMember(each, [], "N", pass))).toBe(
      '{"A":{"Type":"Pass"},"B":[1,2],"N":{"Type":"Pass","End":true}}',
    );
    expect(after(text, (each) => addMember(each, ["A"], "End", true, null))).toBe(
      '{"A":{"End":true,"Type":"Pass"},"B":[1,2]}',
    );
  });

  test("tabs and CRLF are kept", () => {
    expect(
      after('{\r\n\t"A": {\r\n\t\t"b": 1\r\n\t}\r\n}\r\n', (each) =>
        addMember(each, [], "N", pass),
      ),
    ).toBe(
      '{\r\n\t"A": {\r\n\t\t"b": 1\r\n\t},\r\n\t"N": {\r\n\t\t"Type": "Pass",\r\n\t\t"End": true\r\n\t}\r\n}\r\n',
    );
  });

  test("numbers that a double cannot hold stay as they are, also in what is moved", () => {
    const text = lines("{", '  "A": { "n": 9007199254740993, "m": 1.10 },', '  "B": {}', "}");
    expect(
      after(text, (each) => setValue(each, ["A"], { n: Number("9007199254740993"), m: 1.1, o: 2 })),
    ).toBe(lines("{", '  "A": { "n": 9007199254740993, "m": 1.10, "o": 2 },', '  "B": {}', "}"));
    const moved = after(text, (each) =>
      addMember(each, ["B"], "C", snippetOf(each, ["A"]) ?? null),
    );
    expect(moved).toContain('"C": { "n": 9007199254740993, "m": 1.10 }');
  });

  test("a key that is written twice is edited where it counts, and the other stays", () => {
    expect(after('{"a":1,"a":2}', (each) => replaceValue(each, ["a"], 3))).toBe('{"a":1,"a":3}');
  });

  test("of an array only the items that differ are written", () => {
    const document = readDefinition('{"a":["x",  "y","z"]}');
    expect(setValue(document, ["a"], ["x", "w", "z"])).toEqual([
      { from: 12, to: 15, insert: '"w"' },
    ]);
    expect(setValue(document, ["a"], ["x", "z"])).toEqual([{ from: 12, to: 16, insert: "" }]);
    expect(setValue(document, ["a"], ["x", "y", "z"])).toEqual([]);
  });
});

describe("YAML", () => {
  const text = lines(
    "# The head of the file",
    "States:",
    "  # About A",
    "  A: # beside A",
    "    Type: Pass # a type",
    "    Catch:",
    "      - Next: B # first",
    "      # About the second",
    "      - Next: C",
    "",
    "  B:",
    "    Type: Wait",
    "    Comment: |",
    "      two",
    "      lines",
    "# The end",
  );

  test("an entry goes with the comments above and beside it, and all others stay", () => {
    expect(after(text, (each) => removeValue(each, ["States", "A"]))).toBe(
      lines(
        "# The head of the file",
        "States:",
        "  B:",
        "    Type: Wait",
        "    Comment: |",
        "      two",
        "      lines",
        "# The end",
      ),
    );
    expect(after(text, (each) => removeValue(each, ["States", "A", "Catch", 1]))).toBe(
      text.replace("      # About the second\n      - Next: C\n", ""),
    );
    expect(after(text, (each) => removeValue(each, ["States", "B", "Comment"]))).toBe(
      text.replace("    Comment: |\n      two\n      lines\n", ""),
    );
  });

  test("a value is changed in front of the comment beside it", () => {
    expect(after(text, (each) => replaceValue(each, ["States", "A", "Type"], "Task"))).toBe(
      text.replace("Type: Pass #", "Type: Task #"),
    );
    expect(after(text, (each) => replaceValue(each, ["States", "A", "Type"], "x\ny"))).toBe(
      text.replace("Type: Pass # a type", "Type: |- # a type\n      x\n      y"),
    );
  });

  test("entries that change places take their comments along", () => {
    expect(after(text, (each) => moveItem(each, ["States", "A", "Catch"], 0, 1))).toBe(
      text.replace(
        "      - Next: B # first\n      # About the second\n      - Next: C\n",
        "      # About the second\n      - Next: C\n      - Next: B # first\n",
      ),
    );
  });

  test("what is new has the blank lines between, the dashes and the literals of the text", () => {
    const added = { Comment: "x\ny\n", Retry: [{ ErrorEquals: ["States.ALL"] }] };
    expect(after(text, (each) => addMember(each, ["States"], "C d", added, "A"))).toBe(
      text.replace(
        "      - Next: C\n",
        lines(
          "      - Next: C",
          "",
          "  C d:",
          "    Comment: |",
          "      x",
          "      y",
          "    Retry:",
          "      - ErrorEquals:",
          "          - States.ALL",
        ),
      ),
    );
  });

  test("a state that is moved keeps its text with its comments", () => {
    const into = lines("A:", "    x: 1 # one", "    # two", "    y: 2", "B:", "    C: {}");
    expect(
      after(into, (each) => replaceValue(each, ["B", "C"], { D: snippetOf(each, ["A"]) ?? null })),
    ).toBe(
      lines(
        "A:",
        "    x: 1 # one",
        "    # two",
        "    y: 2",
        "B:",
        "    C:",
        "        D:",
        "            x: 1 # one",
        "            # two",
        "            y: 2",
      ),
    );
  });

  test("flow style stays flow style", () => {
    const flow = lines("States: {A: {Type: Pass, End: true}, B: {Type: Succeed}}", "StartAt: A");
    expect(after(flow, (each) => addMember(each, ["States"], "C, d", pass, "A"))).toBe(
      lines(
        "States: {A: {Type: Pass, End: true}, 'C, d': {Type: Pass, End: true}, B: {Type: Succeed}}",
        "StartAt: A",
      ),
    );
    expect(after(flow, (each) => removeValue(each, ["States", "A", "Type"]))).toBe(
      lines("States: {A: {End: true}, B: {Type: Succeed}}", "StartAt: A"),
    );
  });

  test("a text that YAML would read as something else is quoted, as the others are", () => {
    const single = lines("A: 'x'", "B: 'y'");
    expect(after(single, (each) => replaceValue(each, ["A"], "{% $a %}"))).toBe(
      lines("A: '{% $a %}'", "B: 'y'"),
    );
    expect(after(single, (each) => replaceValue(each, ["A"], "yes"))).toBe(
      lines("A: 'yes'", "B: 'y'"),
    );
    const double = lines('A: "x"', 'B: "y"');
    expect(after(double, (each) => replaceValue(each, ["A"], "yes"))).toBe(
      lines('A: "yes"', 'B: "y"'),
    );
  });

  test("a key keeps its quotes", () => {
    expect(after(lines("'A b': 1"), (each) => renameKey(each, ["A b"], "C"))).toBe(lines("'C': 1"));
  });

  test("what stands for two places is not edited, and what an alias points to is not taken away", () => {
    const shared = lines("A: &retry", "  - x: 1", "B: *retry", "C: 1");
    expect(refusal(shared, (each) => replaceValue(each, ["A", 0, "x"], 2))).toBe("sharedByAlias");
    expect(refusal(shared, (each) => replaceValue(each, ["B", 0, "x"], 2))).toBe("sharedByAlias");
    expect(refusal(shared, (each) => removeValue(each, ["A"]))).toBe("sharedByAlias");
    expect(after(shared, (each) => removeValue(each, ["B"]))).toBe(
      lines("A: &retry", "  - x: 1", "C: 1"),
    );
    expect(after(shared, (each) => replaceValue(each, ["C"], 2))).toBe(
      shared.replace("C: 1", "C: 2"),
    );
  });

  test("a copy of what has an anchor has none", () => {
    const shared = lines("A:", "  x: &a 1", "  z: *a");
    const copied = after(shared, (each) =>
      addMember(each, [], "B", snippetOf(each, ["A"]) ?? null),
    );
    expect(copied).toBe(shared + lines("B:", "  x: 1", "  z: 1"));
  });

  test("a key with a question mark is left to its author", () => {
    expect(refusal(lines("? A", ": 1", "B: 2"), (each) => removeValue(each, ["A"]))).toBe(
      "notation",
    );
  });
});
