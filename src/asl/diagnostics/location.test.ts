import { expect, test } from "vitest";
import { atLocation, locationPointer, locationSegments } from "./location.ts";

const document = {
  States: {
    "a/b": { Choices: [{}, { Next: "x" }] },
    a: { b: 1 },
    "t~[0]": { "x[1]": 2 },
  },
};

test.each([
  ["", "", []],
  ["/", "", []],
  ["/States", "/States", ["States"]],
  ["/States/a", "/States/a", ["States", "a"]],
  ["/States/a/b", "/States/a~1b", ["States", "a/b"]],
  [
    "/States/a/b/Choices[1]/Next",
    "/States/a~1b/Choices/1/Next",
    ["States", "a/b", "Choices", 1, "Next"],
  ],
  ["/States/t~[0]/x[1]", "/States/t~0[0]/x[1]", ["States", "t~[0]", "x[1]"]],
])("%s is %s in the document", (location, pointer, segments) => {
  expect(locationPointer(location, document)).toBe(pointer);
  expect(locationSegments(location, document)).toEqual(segments);
});

test("what the document does not have is left out", () => {
  expect(locationSegments("/States/a/Next", document)).toEqual(["States", "a"]);
  expect(locationSegments("/States/a/b/Choices[x]", document)).toEqual([
    "States",
    "a/b",
    "Choices",
  ]);
  expect(locationSegments("/States/a/b/Choices[7]/Next", document)).toEqual([
    "States",
    "a/b",
    "Choices",
    7,
  ]);
  expect(locationSegments("/States/__proto__", document)).toEqual(["States"]);
});

test("the root is shown as a slash", () => {
  expect(atLocation("")).toBe("/");
  expect(atLocation("/a")).toBe("/a");
});
