import { expect, test } from "vitest";
import { readDefinition } from "../document/read-definition.ts";
import { cursorPlace } from "./cursor-place.ts";

/** What is at the `|` of a text. */
function at(marked: string) {
  const offset = marked.indexOf("|");
  const text = marked.replace("|", "");
  const place = cursorPlace(readDefinition(text), offset);
  return place && { ...place, replaced: text.slice(place.from, place.to) };
}

test("a name that is begun in JSON is told with the object that it is in", () => {
  expect(at('{"States": {"A": {"Type": "Pass", "Ne|"}}}')).toMatchObject({
    part: "key",
    holder: ["States", "A"],
    written: "Ne",
    quote: '"',
    replaced: "Ne",
  });
  expect(at('{"States": {"A": {\n  "Ne|\n  "Type": "Pass"}}}')).toMatchObject({
    part: "key",
    holder: ["States", "A"],
    written: "Ne",
  });
});

test("a value in JSON is told with its name, also where the text ends behind it", () => {
  expect(at('{"States": {"A": {"Next": "B|')).toMatchObject({
    part: "value",
    holder: ["States", "A"],
    name: "Next",
    written: "B",
  });
  expect(at('{"States": {"A": {"End": |}}}')).toMatchObject({
    part: "value",
    name: "End",
    written: "",
    quote: "",
  });
});

test("an item of a list in JSON is told with its index", () => {
  expect(
    at('{"States": {"A": {"Retry": [{"ErrorEquals": ["States.Timeout", "|"]}]}}}'),
  ).toMatchObject({
    part: "value",
    holder: ["States", "A", "Retry", 0, "ErrorEquals"],
    name: 1,
  });
});

const yaml = `StartAt: A
States:
  A:
    Type: Choice
    Choices:
      - Condition: "{% true %}"
        Next: B
      - Condition: "{% false %}"
        Next: Here
    Default: C
  B:
    Type: Parallel
    Branches:
    - StartAt: X
      States:
        X:
          Type: Pass
          There
`;

test("a value in YAML is told by its indentation, with the indexes of lists", () => {
  expect(at(yaml.replace("Here", "Her|e"))).toMatchObject({
    part: "value",
    holder: ["States", "A", "Choices", 1],
    name: "Next",
    written: "Her",
    replaced: "Here",
  });
});

test("a name that is begun in YAML is told, also in a list whose dashes are not indented", () => {
  expect(at(yaml.replace("There", "The|re"))).toMatchObject({
    part: "key",
    holder: ["States", "B", "Branches", 0, "States", "X"],
    written: "The",
  });
});

test("a comment of YAML is no place", () => {
  expect(at("StartAt: A # the fir|st")).toBeUndefined();
});

test("every member of a YAML block is found where the tree has it", () => {
  const document = readDefinition(yaml);
  for (const path of [["StartAt"], ["States", "A", "Default"], ["States", "B", "Type"]]) {
    const span = document.spanOf(path);
    const place = cursorPlace(document, span?.from ?? -1);
    expect([...(place?.holder ?? []), place?.name]).toEqual(path);
  }
});
