import { expect, test } from "vitest";
import { yamlPosition } from "./yaml-position.ts";

const source = `# A comment
StartAt: A
States:
  A: &a
    Type: Choice
    Choices:
      - { Variable: $.x, IsNull: true, Next: B }
      - Variable: $.y
        Next: B
  B: *a
`;

function at(...segments: (string | number)[]): string {
  return source.slice(yamlPosition(source, segments)).split("\n")[0] ?? "";
}

test("fields are found in block and in flow style", () => {
  expect(at("States", "A", "Choices", 1, "Next")).toBe("Next: B");
  expect(at("States", "A", "Choices", 0, "Next")).toBe("Next: B }");
});

test("an alias is followed to what it stands for", () => {
  expect(at("States", "B", "Type")).toBe("Type: Choice");
});

test("what is not there is at its nearest parent that is; the root is the first field", () => {
  expect(at("States", "A", "Default")).toBe("A: &a");
  expect(at()).toBe("StartAt: A");
});
