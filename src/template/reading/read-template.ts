import { isJsonObject, type JsonObject } from "../../expression/json.ts";
import { utf8Length } from "../../expression/payload.ts";
import { maximumTemplateBytes } from "../limits.ts";
import { TemplateError, type Template } from "../template.ts";
import { checkStructure } from "./check-structure.ts";
import { placesOf } from "./places.ts";
import { readValue } from "./read-value.ts";

/**
 * Reads a CloudFormation or SAM template, JSON or YAML; `name` is what it is called in messages.
 *
 * Throws a {@link TemplateError} with the place. Transforms are not applied yet: `expandTemplate` does that.
 */
export function readTemplate(text: string, { name }: { readonly name: string }): Template {
  const sections = readSections(text);
  const place = placesOf(text);
  const template = { name, sections, place };
  checkStructure(template);
  return template;
}

function readSections(text: string): JsonObject {
  if (utf8Length(text) > maximumTemplateBytes) {
    throw new TemplateError(
      `Template may not exceed ${String(maximumTemplateBytes)} bytes in size.`,
    );
  }
  const { value } = readValue(text);
  if (!isJsonObject(value)) {
    throw new TemplateError("Template format error: unsupported structure.");
  }
  return value;
}
