import { describe, expect, test } from "vitest";
import { parseDefinition } from "./parse-definition.ts";
import { notJson, sampleNames, sampleText, withoutPlaceholders } from "./samples.fixture.ts";

describe.skipIf(sampleNames.length === 0)("published definitions (need ../shared/samples)", () => {
  test.each(sampleNames)("%s has no error", (name) => {
    const open = parseDefinition(sampleText(name), { placeholders: true });
    expect(open.diagnostics).toEqual([]);
    const { definition, diagnostics } = parseDefinition(withoutPlaceholders(sampleText(name)));
    expect(diagnostics).toEqual([]);
    expect(definition?.States.size).toBeGreaterThan(0);
  });

  test("one of them is not JSON, and is told so", () => {
    expect(parseDefinition(sampleText(notJson)).diagnostics).toMatchObject([
      {
        code: "INVALID_JSON_DESCRIPTION",
        message:
          "Unexpected character (':' (code 58)): was expecting comma to separate Object entries",
      },
    ]);
  });
});
