import { isJsonObject, ownMember, type JsonObject, type JsonValue } from "../../expression/json.ts";
import { sectionOf } from "../functions/evaluate.ts";
import { scalarText } from "../functions/scalar-text.ts";
import { at } from "../reading/check-structure.ts";
import type { Template } from "../template.ts";
import { parameterType, type ParameterType } from "./parameter-type.ts";

/** A parameter as the template declares it. */
export interface DeclaredParameter {
  readonly name: string;
  readonly typeName: string;
  readonly type: ParameterType;
  readonly declaration: JsonObject;
  /** Its default; `undefined` if it has none. */
  readonly fallback: string | undefined;
}

/** All parameters of a template, checked as far as no value is needed. */
export function declaredParameters(template: Template): readonly DeclaredParameter[] {
  return Object.entries(sectionOf(template, "Parameters"))
    .filter(([name]) => name !== "Fn::Transform")
    .map(([name, declaration]) => {
      const path = ["Parameters", name];
      if (!isJsonObject(declaration)) {
        throw at(template, path, "Template format error: Any Parameters member must be an object.");
      }
      const typeName = ownMember(declaration, "Type");
      if (typeof typeName !== "string") {
        throw at(
          template,
          path,
          "Template format error: Every Parameters object must contain a Type member.",
        );
      }
      const type = parameterType(typeName);
      if (type === undefined) {
        throw at(template, path, `Template format error: Unrecognized parameter type: ${typeName}`);
      }
      const written = ownMember(declaration, "Default");
      const fallback = written === undefined ? undefined : defaultText(written);
      if (written !== undefined && fallback === undefined) {
        throw at(
          template,
          [...path, "Default"],
          "Template format error: Every Default member must be a string.",
        );
      }
      return { name, typeName, type, declaration, fallback };
    });
}

/** A list that was written as one is taken too, as the tools of SAM do. */
function defaultText(written: JsonValue): string | undefined {
  if (!Array.isArray(written)) return written === null ? "" : scalarText(written);
  const texts = (written as JsonValue[]).map(scalarText);
  return texts.every((text) => text !== undefined) ? texts.join(",") : undefined;
}
