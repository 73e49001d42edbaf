import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { parse as parseYaml } from "yaml";
import { parseDefinition } from "./parse-definition.ts";

const folder = fileURLToPath(new URL("../../../shared/samples", import.meta.url));
const names = existsSync(folder) ? readdirSync(folder) : [];

/** Published with `"Messages": "Messages.$": …` in it, which no JSON parser takes. */
const notJson = "sfn-iot-data-analytics-dataset__statemachine.asl.json";

function textOf(name: string): string {
  const text = readFileSync(join(folder, name), "utf8");
  return name.endsWith(".yaml") ? JSON.stringify(parseYaml(text)) : text;
}

/** The text with a plausible value for each of its placeholders. */
function filled(text: string): string {
  return text
    .replaceAll(
      /"Resource"\s*:\s*"\$\{\w*Activity\w*\}"/g,
      '"Resource":"arn:aws:states:us-east-1:123456789012:activity:a"',
    )
    .replaceAll(
      /("Resource"\s*:\s*)"\$\{[^}]*\}"/g,
      '$1"arn:aws:lambda:us-east-1:123456789012:function:f"',
    )
    .replaceAll(/\$\{(?:AWS::P|p)artition\}/g, "aws")
    .replaceAll(
      /("(?:\w*Seconds|MaxConcurrency|MaxAttempts|Numeric\w+|MaxItems)"\s*:\s*)"\$\{[^}]*\}"/g,
      "$19",
    )
    .replaceAll(/("Timestamp\w*"\s*:\s*)"\$\{[^}]*\}"/g, '$1"2030-01-01T00:00:00Z"')
    .replaceAll(/\$\{[^}]*\}/g, "value");
}

describe.skipIf(names.length === 0)("published definitions (need ../shared/samples)", () => {
  test.each(names.filter((name) => name !== notJson))("%s has no error", (name) => {
    const open = parseDefinition(textOf(name), { placeholders: true });
    expect(open.diagnostics).toEqual([]);
    const { definition, diagnostics } = parseDefinition(filled(textOf(name)));
    expect(diagnostics).toEqual([]);
    expect(definition?.States.size).toBeGreaterThan(0);
  });

  test("one of them is not JSON, and is told so", () => {
    expect(parseDefinition(textOf(notJson)).diagnostics).toMatchObject([
      {
        code: "INVALID_JSON_DESCRIPTION",
        message:
          "Unexpected character (':' (code 58)): was expecting comma to separate Object entries",
      },
    ]);
  });
});
