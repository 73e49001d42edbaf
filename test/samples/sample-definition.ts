import { readFileSync } from "node:fs";
import { parse as parseYaml } from "yaml";
import { isJsonArray, isJsonObject, type JsonValue } from "../../src/expression/json.ts";

/** A sample as CloudFormation or Terraform would deploy it: everything that they fill in is a name. */
export function sampleDefinition(path: string): JsonValue {
  const text = readFileSync(path, "utf8");
  const value = path.endsWith(".yaml")
    ? (parseYaml(text) as JsonValue)
    : // Outside of a text it stands for a number.
      (JSON.parse(text.replaceAll(/([:,[]\s*)\$\{[^}]+\}/g, "$11")) as JsonValue);
  return filledIn(value, "");
}

function filledIn(value: JsonValue, key: string): JsonValue {
  if (isJsonArray(value)) return value.map((item) => filledIn(item, key));
  if (isJsonObject(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [
        name.replaceAll(placeholder, "$1"),
        filledIn(member, name),
      ]),
    );
  }
  if (typeof value !== "string") return value;
  if (key === "Resource" && /^\$\{\w+\}$/.test(value)) {
    return value.includes("Activity")
      ? "arn:aws:states:us-east-1:123456789012:activity:a"
      : "arn:aws:lambda:us-east-1:123456789012:function:f";
  }
  return value.replaceAll(/\$\{(?:AWS::P|p)artition\}/g, "aws").replaceAll(placeholder, "$1");
}

const placeholder = /\$\{(?:\w+::)?(\w+)\}/g;
