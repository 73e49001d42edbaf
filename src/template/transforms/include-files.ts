import {
  isJsonArray,
  isJsonObject,
  ownMember,
  setMember,
  type JsonObject,
  type JsonValue,
} from "../../expression/json.ts";
import { maximumIncludeDepth } from "../limits.ts";
import { at } from "../reading/check-structure.ts";
import { readValue } from "../reading/read-value.ts";
import type { ReadLocalFile, Template, TemplatePath } from "../template.ts";

/** The template with every `Fn::Transform` of `AWS::Include` replaced by what its file says. */
export function includeFiles(template: Template, readFile: ReadLocalFile | undefined): Template {
  const sections = new Inclusion(template, readFile).value(template.sections, [], 0) as JsonObject;
  return { ...template, sections: topIncluded(template, sections, readFile) };
}

/** Documented: an include at the top is a `Transform` section with a name and parameters. */
function topIncluded(
  template: Template,
  sections: JsonObject,
  readFile: ReadLocalFile | undefined,
): JsonObject {
  const written = ownMember(sections, "Transform");
  if (written === undefined || !isJsonObject(written) || ownMember(written, "Name") !== include) {
    return sections;
  }
  const { Transform: call, ...others } = sections;
  const content = new Inclusion(template, readFile).content(call as JsonValue, ["Transform"], 0);
  return isJsonObject(content) ? { ...content, ...others } : others;
}

const include = "AWS::Include";

class Inclusion {
  readonly #template: Template;
  readonly #readFile: ReadLocalFile | undefined;

  constructor(template: Template, readFile: ReadLocalFile | undefined) {
    this.#template = template;
    this.#readFile = readFile;
  }

  value(value: JsonValue, path: TemplatePath, depth: number): JsonValue {
    if (isJsonArray(value)) {
      return value.map((item, index) => this.value(item, [...path, index], depth));
    }
    if (!isJsonObject(value)) return value;
    const call = ownMember(value, "Fn::Transform");
    if (call === undefined || !isInclude(call)) return this.#object(value, path, depth);
    // Documented: what is beside the function stays, beside what the file says.
    const content = this.content(call, [...path, "Fn::Transform"], depth);
    const { "Fn::Transform": _call, ...others } = value;
    const rest = this.#object(others, path, depth);
    return isJsonObject(content) ? { ...content, ...(rest as JsonObject) } : content;
  }

  content(call: JsonValue, path: TemplatePath, depth: number): JsonValue {
    const location = locationOf(call);
    if (location === undefined) {
      throw at(
        this.#template,
        path,
        "The value of parameter Location under transform Include must resolve to a string",
      );
    }
    const text = this.#readFile?.(location);
    if (text === undefined) {
      throw at(
        this.#template,
        path,
        `Transform AWS::Include failed with: The file ${location} cannot be read.`,
      );
    }
    if (depth >= maximumIncludeDepth) {
      throw at(
        this.#template,
        path,
        `Transform AWS::Include failed with: more than ${String(maximumIncludeDepth)} files in each other.`,
      );
    }
    return this.value(readValue(text).value, path, depth + 1);
  }

  #object(object: JsonObject, path: TemplatePath, depth: number): JsonValue {
    const result: Record<string, JsonValue> = {};
    for (const [name, member] of Object.entries(object)) {
      setMember(result, name, this.value(member, [...path, name], depth));
    }
    return result;
  }
}

function isInclude(call: JsonValue): boolean {
  return isJsonObject(call) && ownMember(call, "Name") === include;
}

function locationOf(call: JsonValue): string | undefined {
  const parameters = isJsonObject(call) ? ownMember(call, "Parameters") : undefined;
  const location =
    parameters !== undefined && isJsonObject(parameters)
      ? ownMember(parameters, "Location")
      : undefined;
  return typeof location === "string" ? location : undefined;
}
