import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse as parseYaml } from "yaml";

const folder = fileURLToPath(new URL("../../../shared/samples", import.meta.url));

/** Published with `"Messages": "Messages.$": …` in it, which no JSON parser takes. */
export const notJson = "sfn-iot-data-analytics-dataset__statemachine.asl.json";

/** Published definitions, without the one that is no JSON; none where they are not. */
export const sampleNames = (existsSync(folder) ? readdirSync(folder) : []).filter(
  (name) => name !== notJson,
);

export function sampleText(name: string): string {
  const text = readFileSync(join(folder, name), "utf8");
  return name.endsWith(".yaml") ? JSON.stringify(parseYaml(text)) : text;
}

/** The text with a plausible value for each of its placeholders. */
export function withoutPlaceholders(text: string): string {
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
